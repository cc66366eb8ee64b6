import Foundation
import TestSupport
import Testing

/// Plays the commands of a transcript in a scratch repository, on a clock of its own.
struct TranscriptStage {
  private let repository: ScratchRepository
  private var names = StableNames()
  private var now: Int64 = 1_767_600_000  // 2026-01-05T08:00:00Z

  init() throws {
    repository = try ScratchRepository()
  }

  /// The transcript with what its commands print now.
  mutating func play(_ script: String) throws -> String {
    var text = ""
    var lines = script.split(separator: "\n", omittingEmptySubsequences: false)[...]
    if lines.last == "" { lines.removeLast() }
    while let line = lines.popFirst() {
      // What was printed when this was recorded.
      if ["|", "!", "="].contains(line.first) { continue }
      text += line + "\n"
      if line.hasPrefix("@ ") {
        now = try Int64(
          Date("\(line.dropFirst(2))T08:00:00Z", strategy: .iso8601).timeIntervalSince1970)
      }
      guard line.hasPrefix("$ ") else { continue }
      var command = String(line.dropFirst(2))
      while let more = lines.first, more.hasPrefix(">") {
        command += "\n" + more.dropFirst(2)
        text += more + "\n"
        lines.removeFirst()
      }
      text += try run(command)
    }
    return text
  }

  private mutating func run(_ command: String) throws -> String {
    now += 60
    let date = "\(now) +0000"
    let run = try repository.run(
      "sh", ["-c", names.real(command)],
      environment: [
        "GIT_AUTHOR_NAME": "Mira Okonedo", "GIT_AUTHOR_EMAIL": "mira@kestrel.example",
        "GIT_COMMITTER_NAME": "Mira Okonedo", "GIT_COMMITTER_EMAIL": "mira@kestrel.example",
        "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "SOURCE_DATE_EPOCH": "\(now)",
        "GIT_CEILING_DIRECTORIES": repository.base,
      ])
    names.learn(records: run.output + run.errors)
    names.learn(
      commits: try repository.tryGit(
        ["rev-list", "--all", "--reflog", "--topo-order", "--reverse"]
      ).lines)
    names.learn(
      items: try repository.tryGit(["grep", "-ohE", #""id": "[0-9a-z]{5}""#, "--", "docket"]).lines)
    var text = ""
    for (mark, stream) in [("|", run.output), ("!", run.errors)] {
      let shown = names.stable(stream.replacingOccurrences(of: repository.base, with: "/scratch"))
      var lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.last == "" { lines.removeLast() }
      for line in lines {
        #expect(line.last != " ", "\(command): a line ends in a space: \(line)")
        text += mark + (line.isEmpty ? "" : " " + line) + "\n"
      }
    }
    return text + (run.status == 0 ? "" : "= \(run.status)\n")
  }
}

/// Random ids and commit ids, and what stands for them: the first record is `PP-AAAAAAAAAA`, the
/// next one `…-BBBBBBBBBB`, the first commit `a1a1a1a1…`, the first item of a list `aaaaa`.
struct StableNames {
  private static let letters = Array("ABCDEFGHJKMNPQRSTVWXYZ0123456789")
  /// Real and stable, whole.
  private var records: [(real: String, stable: String)] = []
  private var commits: [(real: String, stable: String)] = []
  private var items: [(real: String, stable: String)] = []

  mutating func learn(records text: String) {
    for match in text.matches(
      // In a path the id may end before a dot, which is no boundary for Unicode.
      of: /\b([A-Z]{2,5})-[0-9A-HJKMNP-TV-Z]{10}\b/.wordBoundaryKind(.simple))
    {
      let real = String(match.output.0)
      guard !records.contains(where: { $0.real == real || $0.stable == real }) else { continue }
      let letter = String(Self.letters[records.count])
      records.append((real, match.output.1 + "-" + String(repeating: letter, count: 10)))
    }
  }

  mutating func learn(commits ids: [String]) {
    for id in ids where !commits.contains(where: { $0.real == id }) {
      let pair = String(0xa1 + commits.count, radix: 16)
      commits.append((id, String(repeating: pair, count: 20)))
    }
  }

  mutating func learn(items lines: [String]) {
    for line in lines {
      let id = String(line.dropLast().suffix(5))
      guard !items.contains(where: { $0.real == id }) else { continue }
      items.append(
        (id, String(repeating: Self.letters[items.count].lowercased(), count: 5)))
    }
  }

  func stable(_ text: String) -> String {
    // Markdown escapes the bracket after an id that happens to end in a digit.
    var text = text.replacing(/([A-Z]{2,5}-[0-9A-Z]{10})\\\)/) { "\($0.output.1))" }
    text = replace(in: text, records, of: /\b[A-Z]{2,5}-[0-9A-Z]{4,10}\b/.wordBoundaryKind(.simple))
    { $0 }
    text = replace(in: text, commits, of: /\b[0-9a-f]{7,40}\b/) { $0 }
    for (real, stable) in items {
      text = text.replacingOccurrences(
        of: "\\b\(real)\\b", with: stable, options: .regularExpression)
    }
    return text
  }

  /// A command as it is typed here.
  func real(_ command: String) -> String {
    let turned = (
      records: records.map { (real: $0.stable, stable: $0.real) },
      commits: commits.map { (real: $0.stable, stable: $0.real) }
    )
    var text = replace(in: command, turned.records, of: /\b[A-Za-z]{2,5}-[0-9A-Za-z]{4,10}\b/) {
      $0.uppercased()
    }
    text = replace(in: text, turned.commits, of: /\b[0-9a-f]{7,40}\b/) { $0 }
    for (real, stable) in items {
      text = text.replacingOccurrences(
        of: "\\b\(stable)\\b", with: real, options: .regularExpression)
    }
    return text
  }

  /// Each word of the pattern's that is the beginning of a name, replaced by as much of the other.
  private func replace(
    in text: String, _ table: [(real: String, stable: String)], of pattern: Regex<Substring>,
    spelling: (String) -> String
  ) -> String {
    text.replacing(pattern) { match in
      let word = spelling(String(match.output))
      guard let entry = table.first(where: { $0.real.hasPrefix(word) }) else {
        return String(match.output)
      }
      return String(entry.stable.prefix(word.count))
    }
  }
}

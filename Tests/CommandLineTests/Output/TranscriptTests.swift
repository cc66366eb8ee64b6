import Foundation
import TestSupport
import Testing

/// What users type and what they read, from top to bottom: `Transcripts/<job>.txt`.
///
/// A file is its own script. `$` is a command for the shell (`>` its further lines), `|` a line of
/// standard output, `!` one of standard error, `=` an exit status that isn't 0, `#` a remark, `@` a
/// date to go on to. `RECORD_SNAPSHOTS=1` writes anew what the commands print, and fails: read it
/// aloud, then commit it.
@Suite("transcripts") struct TranscriptTests {
  static let folder = PackageFolder.url
    .appending(path: "Tests/CommandLineTests/Transcripts")
  static let jobs = Shapes.files(below: "Tests/CommandLineTests/Transcripts", suffix: ".txt").map {
    URL(filePath: $0).lastPathComponent
  }

  @Test("reads as it did", arguments: jobs)
  func reads(_ job: String) throws {
    let file = Self.folder.appending(path: job)
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    var stage = try TranscriptStage()
    let actual = try stage.play(expected)
    guard !actual.utf8.elementsEqual(expected.utf8) else { return }
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try Data(actual.utf8).write(to: file)
      Issue.record("wrote \(job)")
    } else {
      Issue.record("\(job) differs:\n\(Self.difference(expected, actual))")
    }
  }

  @Test("every verb has its everyday use and its help among them, and every job its refusals")
  func areComplete() throws {
    let help = try ScratchRepository().docket("help").output
    let verbs = help.matches(of: /\n  ([a-z]+) +\S/).map { String($0.output.1) }.filter {
      $0 != "docket"
    }
    #expect(verbs.count >= 20)
    let texts = try Self.jobs.map { try Shapes.text("Tests/CommandLineTests/Transcripts/" + $0) }
    let commands = texts.flatMap { $0.split(separator: "\n").filter { $0.hasPrefix("$ ") } }
    for verb in verbs {
      #expect(commands.contains { $0.hasPrefix("$ docket \(verb)") }, "\(verb) is in no transcript")
      #expect(
        commands.contains { $0.hasPrefix("$ docket help \(verb)") }, "no help of \(verb)")
    }
    for (job, text) in zip(Self.jobs, texts) where job != "help.txt" {
      let refuses = text.contains("\n= 1\n") || text.contains("\n= 2\n")
      #expect(refuses, "\(job) refuses nothing")
    }
  }

  /// The first lines in which two texts differ.
  private static func difference(_ expected: String, _ text: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let changes = new.difference(from: old).map { change in
      switch change {
      case .remove(let offset, let line, _): (offset, "- \(offset + 1): \(line)")
      case .insert(let offset, let line, _): (offset, "+ \(offset + 1): \(line)")
      }
    }
    return changes.sorted { $0.0 < $1.0 }.prefix(30).map(\.1).joined(separator: "\n")
  }
}

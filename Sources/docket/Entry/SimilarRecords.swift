import JSONText
import Records
import Store

/// Open records that share words with a text, as possible duplicates of what is about to be written.
struct SimilarRecords {
  private let tracker: Tracker

  init(_ tracker: Tracker) { self.tracker = tracker }

  /// A record that something may repeat, or be about.
  struct Found {
    let id: RecordID
    let kind: Kind
    let heading: String

    var line: String { "\(id)  \(Terminal.safe(heading))" }
  }

  /// Returns the open records of a kind whose headings share the most words with `text`, best first;
  /// five at most.
  func similar(to text: String, in kind: Kind) throws -> [Found] {
    let words = Similarity.words(text)
    guard !words.isEmpty else { return [] }
    let filter = Similarity.Filter(words)
    return try tracker.openHeadings(of: kind).compactMap { record -> (count: Int, found: Found)? in
      guard filter.mayShare(record.heading) else { return nil }
      let own = Similarity.words(record.heading)
      let common = words.intersection(own).count
      guard common >= max(1, min(2, words.count, own.count)) else { return nil }
      return (common, Found(id: record.id, kind: kind, heading: record.heading))
    }.sorted { ($0.count, $1.found.id) > ($1.count, $0.found.id) }.prefix(5).map(\.found)
  }

  /// Returns what a new record of a ranked kind may repeat: where duplicates are merged they are worth
  /// finding.
  func duplicates(of draft: Draft) throws -> [Found] {
    guard draft.kind.rankBinding?.duplicates != nil else { return [] }
    return try similar(to: draft.kind.heading(of: draft.value), in: draft.kind)
  }

  /// Returns what a note may be about: records of the ranked kinds that its relation leads to.
  func subjects(of text: String, _ binding: NoteBinding, of kind: Kind) throws -> [Found] {
    try Self.subjectKinds(binding, of: kind, tracker.catalog)
      .flatMap { try similar(to: text, in: $0) }
  }

  /// The ranked kinds that notes are about.
  static func subjectKinds(_ binding: NoteBinding, of kind: Kind, _ catalog: KindCatalog) -> [Kind]
  {
    (kind.relation(binding.about)?.kinds ?? []).compactMap { catalog.kind(named: $0) }
      .filter { $0.rankBinding != nil }
  }

  /// Returns the command that adds to a record of a kind instead.
  static func adding(to kind: Kind, _ catalog: KindCatalog) -> String? {
    guard let collection = kind.rankBinding?.evidence.collection ?? kind.collections.first else {
      let list = kind.rankBinding?.evidence.items?.tokens.first
      return list.map { "docket add ID \($0) said=\"…\"" }
    }
    return "docket add ID \(collection.name) said=\"…\""
  }

  /// Shows the records that a new one may repeat; on a terminal, asks whether to go on.
  ///
  /// - Throws: `StoreError.refused` if the user chooses one of them.
  func show(_ similar: [Found], for draft: Draft, _ common: CommonOptions) throws {
    guard !similar.isEmpty else { return }
    let add = Self.adding(to: draft.kind, tracker.catalog)
    guard Terminal.isInteractive, !common.noInput, !Terminal.isCaptured else {
      let ids = similar.map(\.id.text).joined(separator: ", ")
      Terminal.note("similar and open: \(ids)\(add.map { "; more of the same: \($0)" } ?? "")")
      return
    }
    Terminal.complain("Is it one of these?", .yellow)
    guard let chosen = choose(similar, otherwise: "writes a new one") else { return }
    throw StoreError.refused(
      "nothing was written",
      hint: add?.replacing(" ID ", with: " \(chosen.id) ") ?? "docket show \(chosen.id)")
  }

  /// Asks which of some records is meant; `nil` for none.
  func choose(_ records: [Found], otherwise: String) -> Found? {
    for (index, record) in records.enumerated() {
      Terminal.complain("  \(index + 1)  \(record.line)")
    }
    while true {
      Terminal.ask("a number; Enter \(otherwise) > ")
      guard let answer = readLine()?.trimmed, !answer.isEmpty else { return nil }
      if let number = Int(answer), records.indices.contains(number - 1) {
        return records[number - 1]
      }
      Terminal.complain("  there is no \(Terminal.safe(answer))")
    }
  }
}

/// The words of a heading that carry its meaning.
enum Similarity {
  private static let small: Set<String> = [
    "the", "a", "an", "of", "to", "in", "on", "for", "and", "or", "is", "are", "be", "we", "our",
    "it", "its", "with", "without", "when", "that", "this", "no", "not", "too", "from", "at", "by",
  ]

  static func words(_ text: String) -> Set<String> {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    return Set(words.map { stem(String($0)) }).subtracting(small)
  }

  /// Removes plural and tense endings, roughly: deploys and deploy are the same word.
  private static func stem(_ word: String) -> String {
    for ending in ["ing", "ed", "es", "s"]
    where word.count > ending.count + 3 && word.hasSuffix(ending) {
      return String(word.dropLast(ending.count))
    }
    return word
  }

  /// Passes over most headings without breaking them into words, for there may be many.
  struct Filter {
    private let words: [[UInt8]]
    /// Lower-case letters of other alphabets aren't told by bytes: then nothing is passed over.
    private let isPlain: Bool

    init(_ words: Set<String>) {
      self.words = words.map { Array($0.utf8) }
      isPlain = self.words.allSatisfy { $0.allSatisfy { $0 < 0x80 } }
    }

    /// Whether a heading may have one of the words: its letters stand in it, wherever.
    func mayShare(_ heading: String) -> Bool {
      guard isPlain else { return true }
      let bytes = heading.utf8.map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 }
      return words.contains { word in
        bytes.count >= word.count
          && (0...(bytes.count - word.count)).contains { start in
            bytes[start] == word[0] && bytes[start..<(start + word.count)].elementsEqual(word)
          }
      }
    }
  }
}

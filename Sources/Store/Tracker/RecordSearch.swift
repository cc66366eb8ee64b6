import Cache
package import Git
import JSONText
package import Records

/// The records of a state among which those that a query means are; the query itself decides.
package struct Candidates: Sendable {
  /// In the order of paths.
  package var records: [RecordFile] = []
  package var unreadable: [UnreadableRecord] = []
  /// Who links to a record, where the query asks for that.
  package var linkedBy: [RecordID: [RecordID]] = [:]
}

extension Tracker {
  /// Finds what a query can mean at a commit: all records there, or fewer where the index knows.
  package func candidates(for query: RecordQuery, at commit: ObjectID) throws(StoreError)
    -> Candidates
  {
    let asksLinks = (query.terms.map(\.key) + query.sort.map(\.key)).contains("linkedby")
    if try commit == headCommit() {
      let question = Self.question(query)
      let found = try answer(.records) { (cache) throws(SQLiteError) in
        var candidates = Candidates()
        for file in try cache.records(question) {
          candidates.add(file, folder: folder)
        }
        candidates.unreadable = try cache.unreadable().map {
          UnreadableRecord(
            path: $0.path, line: $0.line, column: $0.column, message: $0.problem)
        }
        for (path, id) in try cache.pathsWithoutKind() {
          candidates.unreadable.append(.withoutKind(path, prefix: String(id.prefix { $0 != "-" })))
        }
        if asksLinks {
          for record in candidates.records {
            candidates.linkedBy[record.id] = try cache.sources(of: record.id.text)
              .compactMap { RecordID($0) }
          }
        }
        return candidates
      }
      if let found { return found }
    }
    return try allRecords(at: commit, withLinks: asksLinks)
  }

  private func allRecords(at commit: ObjectID, withLinks: Bool) throws(StoreError) -> Candidates {
    let state = try records(at: commit)
    var candidates = Candidates()
    candidates.unreadable = state.unreadable
    var graph = LinkGraph()
    for record in state.records {
      guard let kind = catalog.kind(of: record.id) else {
        candidates.unreadable.append(.withoutKind(record.path, prefix: record.id.prefix))
        continue
      }
      candidates.records.append(record)
      if withLinks { graph.add(record, kind: kind) }
    }
    candidates.linkedBy = graph.to.mapValues { $0.map(\.source) }
    return candidates
  }

  /// What the index can settle of a query; the rest is for the query to decide.
  static func question(_ query: RecordQuery) -> RecordCache.RecordQuestion {
    var question = RecordCache.RecordQuestion()
    for term in query.terms where !term.isNegated {
      guard case .anyOf(let values) = term.match else { continue }
      if term.key == "kind" {
        question.kinds = values
        continue
      }
      // A month or a year means each of its days; long values aren't kept.
      guard !RecordQuery.reserved.contains(term.key),
        let key = (try? FieldKey.tokens(term.key))?.first,
        values.allSatisfy({ value in
          value.utf8.count <= RecordFacets.longest
            && (value.utf8.count >= 10 || Instant.days(of: value) == nil)
            // Not those that other characters of Unicode are equal to.
            && value.utf8.allSatisfy { $0 < 0x80 && $0 != 0x3B && $0 != 0x60 }
        })
      else { continue }
      question.facets.append(values.map { RecordFacets.hash(key: key, value: $0) })
    }
    for word in query.words where !word.isNegated && word.text.utf8.allSatisfy(isPlain) {
      question.words.append(word.text)
    }
    return question
  }

  /// Whether a byte stands for itself alone however Unicode's characters are compared.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "/"):
      true
    default: false
    }
  }

  /// What a page on a record names: the records that it links to, and that link to it, at HEAD.
  package func context(of record: RecordFile, at commit: ObjectID) throws(StoreError)
    -> RecordState
  {
    if try commit == headCommit() {
      let found = try answer(.records) { (cache) throws(SQLiteError) in
        var ids = Set(try cache.sources(of: record.id.text))
        ids.insert(record.id.text)
        Self.collectIDs(record.root, into: &ids)
        var candidates = Candidates()
        for file in try cache.files(of: ids) { candidates.add(file, folder: folder) }
        var state = RecordState()
        state.records = candidates.records
        return state
      }
      if let found { return found }
    }
    return try records(at: commit)
  }

  private static func collectIDs(_ node: JSONNode, into ids: inout Set<String>) {
    switch node.kind {
    case .object: for (_, value) in node.members { collectIDs(value, into: &ids) }
    case .array: for element in node.elements { collectIDs(element, into: &ids) }
    case .string: if let text = node.string, RecordID(text) != nil { ids.insert(text) }
    default: break
    }
  }
}

extension Candidates {
  fileprivate mutating func add(_ file: FoundFile, folder: String) {
    // What is in the index could be read when it went in.
    if case .success(let record) = RecordFile.read(file.json, path: file.path, folder: folder) {
      records.append(record)
    }
  }
}

extension UnreadableRecord {
  static func withoutKind(_ path: String, prefix: String) -> UnreadableRecord {
    UnreadableRecord(path: path, message: "no kind here has the prefix \(prefix)")
  }
}

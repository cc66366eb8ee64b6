import Cache
import Files
package import Git
import JSONText
package import Records

/// The records that may match a query; the query itself decides.
package struct Candidates: Sendable {
  /// Ordered by path.
  package var records: [RecordFile] = []
  package var unreadable: [UnreadableRecord] = []
  /// The records that link to a record, if the query needs them.
  package var linkedBy: [RecordID: [RecordID]] = [:]
}

extension Tracker {
  /// Returns the candidates for a query at a commit: all records, or fewer if the cache can narrow
  /// them.
  ///
  /// - Parameter collections: the names of collections that the query reads beside the records: what
  ///   the cache knows of such keys is only what lists hold.
  package func candidates(
    for query: RecordQuery, at commit: ObjectID, reading collections: Set<String> = []
  ) throws(StoreError) -> Candidates {
    let asksLinks = (query.terms.map(\.key) + query.sort.map(\.key)).contains("linkedby")
    if try commit == headCommit() {
      let question = Self.question(query, without: collections)
      let found = try answer(.records) { (cache) throws(SQLiteError) in
        var candidates = Candidates()
        for file in try cache.records(question) {
          candidates.add(file, folder: folder)
        }
        candidates.unreadable = try cache.unreadable().map {
          UnreadableRecord(
            path: RepositoryPath($0.path), line: $0.line, column: $0.column, message: $0.problem)
        }
        for (path, id) in try cache.pathsWithoutKind() {
          candidates.unreadable.append(
            .withoutKind(RepositoryPath(path), prefix: String(id.prefix { $0 != "-" })))
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

  /// Returns the part of a query that the cache can answer; the query decides the rest.
  static func question(_ query: RecordQuery, without keys: Set<String> = [])
    -> RecordCache.RecordQuestion
  {
    var question = RecordCache.RecordQuestion()
    for term in query.terms where !term.isNegated {
      guard case .anyOf(let values) = term.match else { continue }
      if term.key == "kind" {
        question.kinds = values
        continue
      }
      // A month or a year matches each of its days; long values aren't in the cache.
      guard !RecordQuery.reserved.contains(term.key),
        let key = (try? FieldKey.tokens(term.key))?.first, !keys.contains(key),
        values.allSatisfy({ value in
          value.utf8.count <= RecordFacets.longest
            && (value.utf8.count >= 10 || DatePeriod.days(of: value) == nil)
            // Not characters that other Unicode characters are equal to.
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

  /// Whether a byte equals only itself in any comparison of Unicode characters.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "/"):
      true
    default: false
    }
  }

  /// Returns the records that a record's page names: those that it links to, and that link to it,
  /// at HEAD.
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
  fileprivate mutating func add(_ file: FoundFile, folder: RepositoryPath) {
    // What is in the cache could be read when it was inserted.
    if case .success(let record) = RecordFile.read(
      file.json, path: RepositoryPath(file.path), folder: folder)
    {
      records.append(record)
    }
  }
}

extension UnreadableRecord {
  static func withoutKind(_ path: RepositoryPath, prefix: String) -> UnreadableRecord {
    UnreadableRecord(path: path, message: "no kind here has the prefix \(prefix)")
  }
}

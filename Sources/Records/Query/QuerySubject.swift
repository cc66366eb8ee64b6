package import JSONText

/// A record with everything that a query can match.
package struct QuerySubject: Sendable {
  package let id: RecordID
  package let kind: Kind
  package let record: JSONValue
  /// The record as queries read it: with the records of its collections among its lists' items; the
  /// record itself unless a query asks for them.
  package var reading: JSONValue
  /// Seconds since the epoch, from history; set if a query asks for them.
  package var created: Int64?
  package var changed: Int64?
  package var authors: [String] = []
  package var linkedBy: [RecordID] = []
  /// The points of its evidence, if its kind is ranked and the query asks for scores.
  package var points: String?

  package static let scoreKey = "score"

  package init(id: RecordID, kind: Kind, record: JSONValue) {
    self.id = id
    self.kind = kind
    self.record = record
    reading = record
  }

  /// Returns the values under a key, as text; a list has several.
  package func values(of key: String) -> [String] {
    switch key {
    case "id": return [id.text]
    case "kind": return [kind.name, kind.prefix, kind.directory]
    case "created": return created.map { [Instant.text($0)] } ?? []
    case "changed": return changed.map { [Instant.text($0)] } ?? []
    case "author": return authors
    case "linkedby": return linkedBy.map(\.text)
    case "links":
      guard let document = try? JSONDocument(parsing: JSONPrinter.compact(record)) else {
        return []
      }
      return kind.links.flatMap { $0.links(in: document.root) }.map(\.target.text)
    case "text": return [Self.text(of: record)]
    case Self.scoreKey where kind.view.property(key) == nil:
      return kind.scores(of: record).compactMap(\.value?.printed) + [points].compactMap { $0 }
    default:
      let tokens = (try? FieldKey.tokens(key)) ?? [key]
      return Self.collect(reading, tokens[...])
    }
  }

  private static func collect(_ value: JSONValue, _ tokens: ArraySlice<String>) -> [String] {
    if let list = value.array {
      if let token = tokens.first, let index = ItemID.indices(of: token, in: list).first {
        return collect(list[index], tokens.dropFirst())
      }
      return list.flatMap { collect($0, tokens) }
    }
    guard let token = tokens.first else {
      return value.object?.members.flatMap { collect($0.value, []) } ?? [value.plainText]
    }
    return value[token].map { collect($0, tokens.dropFirst()) } ?? []
  }

  /// Returns all text of a record in lower case, one value per line.
  package static func text(of value: JSONValue) -> String {
    switch value {
    case .string(let text): return text.lowercased()
    case .array(let items): return items.map { Self.text(of: $0) }.joined(separator: "\n")
    case .object(let object):
      return object.members.filter { $0.key != "$schema" }.map { Self.text(of: $0.value) }
        .joined(separator: "\n")
    default: return value.plainText
    }
  }
}

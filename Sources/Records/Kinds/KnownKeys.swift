import JSONText

/// The keys of `x-docket` that this program knows.
///
/// A key that it doesn't know comes from a later docket, which may judge by it: what isn't understood
/// is refused, not passed over. `docket.metaschema.json` lists the same keys; a test holds them equal.
enum KnownKeys {
  /// Returns the first unknown key of a model, with the path to it.
  ///
  /// - Parameter isDeep: whether to look into its objects too, which costs more.
  static func firstUnknown(in model: JSONNode, isDeep: Bool) -> (key: JSONNode, path: String)? {
    let known = self.model(of: "x-docket")
    guard isDeep else {
      for (key, _) in model.members where known[key.string ?? ""] == nil {
        return (key, "x-docket.\(key.string ?? "")")
      }
      return nil
    }
    return unknown(in: model, known: known, path: "x-docket")
  }

  /// The keys of an object, each with the name of the object below it if there is one.
  ///
  /// `[]` after a name: the object is an item of a list; `{}`: a value of a map.
  private static func model(of name: String) -> [String: String] { objects[name] ?? [:] }

  static let objects: [String: [String: String]] = [
    "x-docket": [
      "prefix": "", "directory": "", "plural": "", "title": "", "date": "", "filed": "",
      "collections": "collection{}", "note": "note", "tell": "tell", "bears": "bearing[]",
      "workflow": "workflow", "links": "relation{}", "frozen": "frozenPart[]", "rules": "rule[]",
      "score": "score", "rank": "rank", "columns": "", "form": "", "carries": "carries",
      "waits": "waiting[]", "lists": "list{}",
    ],
    "collection": ["kind": "", "by": ""],
    "note": ["text": "", "about": ""],
    "tell": ["text": "", "about": "", "answers": "", "to": "", "by": "", "on": ""],
    "bearing": [
      "at": "", "about": "", "who": "", "team": "", "date": "", "observed": "", "where": "",
    ],
    "workflow": [
      "property": "", "initial": "", "transitions": "", "closed": "", "asks": "", "enters": "",
    ],
    "relation": [
      "at": "", "kinds": "", "acyclic": "", "moves": "", "label": "", "inverse": "",
    ],
    "frozenPart": ["when": "", "only": "", "except": "", "append": "", "instead": ""],
    "rule": [
      "id": "", "severity": "", "when": "", "each": "", "then": "", "check": "", "with": "",
      "at": "", "message": "", "hint": "",
    ],
    "score": ["formula": "", "inputs": ""],
    "rank": [
      "formula": "", "evidence": "evidence", "severity": "", "frequency": "", "reach": "",
      "duplicates": "", "positions": "positions", "answers": "",
    ],
    "evidence": [
      "at": "", "collection": "", "who": "", "team": "", "said": "", "observed": "", "date": "",
      "from": "",
    ],
    "positions": ["relation": "", "value": "", "who": "", "team": "", "for": "", "against": ""],
    "carries": ["relation": "", "origin": "", "same": "", "copies": ""],
    "waiting": [
      "what": "", "for": "", "forArea": "", "forTeam": "", "when": "", "unanswered": "unanswered",
      "due": "", "notBefore": "", "next": "", "list": "",
    ],
    "unanswered": ["collection": "", "in": ""],
    "list": ["item": ""],
  ]

  private static func unknown(in node: JSONNode, known: [String: String], path: String) -> (
    key: JSONNode, path: String
  )? {
    for (key, value) in node.members {
      let name = key.string ?? ""
      guard let below = known[name] else { return (key, "\(path).\(name)") }
      if below.isEmpty { continue }
      let place = "\(path).\(name)"
      if let found = unknown(in: value, below: below, path: place) { return found }
    }
    return nil
  }

  private static func unknown(in value: JSONNode, below: String, path: String) -> (
    key: JSONNode, path: String
  )? {
    switch below.utf8.last {
    case UInt8(ascii: "]"):
      let known = model(of: String(below.dropLast(2)))
      return value.elements.lazy.compactMap { unknown(in: $0, known: known, path: path) }.first
    case UInt8(ascii: "}"):
      let known = model(of: String(below.dropLast(2)))
      return value.members.lazy.compactMap { unknown(in: $0.value, known: known, path: path) }.first
    default:
      // A score may be one or several.
      let nodes = value.isArray ? Array(value.elements) : [value]
      return nodes.lazy.compactMap { unknown(in: $0, known: model(of: below), path: path) }.first
    }
  }
}

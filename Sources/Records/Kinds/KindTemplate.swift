import JSONText

/// The schema that a team's new kind starts from: a small but complete example.
package struct KindTemplate {
  package var name: String
  package var prefix: String
  package var directory: String
  /// Singular and plural: "Incident", "incidents".
  package var title: String
  package var plural: String
  /// The states; the first is the initial state, the last is closed.
  package var states: [String]
  /// The owner in `$id`.
  package var owner: String

  /// Makes a template with defaults derived from the kind's name.
  package init(name: String, owner: String) {
    self.name = name
    self.owner = owner
    let words = name.split(separator: "-").map(String.init)
    let plain = words.joined(separator: " ")
    title = plain.capitalizedFirst
    plural = Self.plural(plain)
    directory = Self.plural(name)
    prefix = Self.prefixes(for: name).first ?? "KIND"
    states = ["open", "closed"]
  }

  private static func plural(_ word: String) -> String {
    if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) {
      return word.dropLast() + "ies"
    }
    return ["s", "x", "ch", "sh"].contains { word.hasSuffix($0) } ? word + "es" : word + "s"
  }

  /// Returns prefixes derived from a name, in order of preference.
  package static func prefixes(for name: String) -> [String] {
    let words = name.uppercased().split(separator: "-").map {
      $0.filter { $0.isLetter && $0.isASCII }
    }
    let letters = words.joined()
    let initials = words.compactMap(\.first).map(String.init).joined()
    var found = words.count > 1 ? [initials] : []
    found += [3, 4, 5, 2].map { String(letters.prefix($0)) }
    found.append(
      String(letters.prefix(1) + letters.dropFirst().filter { !"AEIOU".contains($0) }.prefix(3)))
    var seen: Set<String> = []
    return found.filter { (2...5).contains($0.count) && seen.insert($0).inserted }
  }

  /// Whether a text is a valid kind name: lower-case ASCII letters, digits and dashes.
  package static func isName(_ text: String) -> Bool {
    text.first.map { $0.isLowercase && $0.isASCII } == true && !text.hasSuffix("-")
      && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
  }

  /// The canonical text of the schema.
  package var text: [UInt8] {
    guard let document = try? JSONDocument(parsing: template) else { return [] }
    return JSONPrinter.canonical(document.root.value)
  }

  /// Returns the canonical schema of another kind, copied under this name.
  package func text(from kind: Kind) -> [UInt8] {
    var root = kind.document.root.value
    root["$id"] = .string("urn:\(owner):\(name):1")
    root["title"] = .string(title)
    var model = root["x-docket"] ?? .object(JSONObject())
    model["prefix"] = .string(prefix)
    model["directory"] = .string(directory)
    model["plural"] = .string(plural)
    if var rules = model["rules"]?.array {
      for index in rules.indices {
        guard let id = rules[index]["id"]?.string, let dot = id.firstIndex(of: ".") else {
          continue
        }
        rules[index]["id"] = .string(name + id[dot...])
      }
      model["rules"] = .array(rules)
    }
    Self.ownLists(&root, &model, of: kind)
    root["x-docket"] = model
    let pattern = JSONPointer(tokens: ["properties", "id", "pattern"])
    if let text = root[pattern]?.string {
      root[pattern] = .string(text.replacing(kind.prefix + "-", with: prefix + "-"))
    } else if root[JSONPointer(tokens: ["properties", "id"])] != nil {
      root[JSONPointer(tokens: ["properties", "id"])] = idProperty
    }
    return JSONPrinter.canonical(root)
  }

  /// Turns collections into lists: the records of a collection link to the kind that was copied.
  private static func ownLists(_ root: inout JSONValue, _ model: inout JSONValue, of kind: Kind) {
    for key in ["collections", "note", "tell"] { model[key] = nil }
    for list in kind.retiredLists {
      for key in ["retired", "x-docket-hidden"] {
        root[JSONPointer(tokens: ["properties", list.name, key])] = nil
      }
    }
    let evidence = JSONPointer(tokens: ["rank", "evidence"])
    if let name = model[evidence]?["collection"]?.string {
      if kind.retired(name) == nil {
        model["rank"] = nil
      } else {
        model[evidence.appending("collection")] = nil
        model[evidence.appending("at")] = .string("/\(name)/*")
      }
    }
    let waits = model["waits"]?.array?.filter { $0["unanswered"] == nil } ?? []
    model["waits"] = waits.isEmpty ? nil : .array(waits)
  }

  private var idProperty: JSONValue {
    [
      "title": "Id", "description": .string("The \(title.lowercased())'s id."), "type": "string",
      "pattern": .string("^\(prefix)-[0-9A-HJKMNP-TV-Z]{10}$"),
    ]
  }

  private func quoted(_ text: String) -> String { JSONPrinter.quoted(text) }

  private var transitions: String {
    let steps = zip(states, states.dropFirst()).map { "\(quoted($0)): [\(quoted($1))]" }
    return "{ \(steps.joined(separator: ", ")) }"
  }

  private var template: String {
    let record = title.lowercased()
    let last = quoted(states.last ?? "closed")
    return """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": \(quoted("urn:\(owner):\(name):1")),
        "title": \(quoted(title)),
        "description": \(quoted("What \(plural) we had, and what came of each.")),
        "x-docket": {
          "prefix": \(quoted(prefix)),
          "directory": \(quoted(directory)),
          "plural": \(quoted(plural)),
          "title": "title",
          "date": "startedOn",
          "workflow": {
            "property": "status",
            "initial": \(quoted(states.first ?? "open")),
            "transitions": \(transitions),
            "closed": [\(last)]
          },
          "links": {
            "concerns": {
              "kinds": [], "label": "concerns", "inverse": "concerned by"
            }
          },
          "frozen": [
            {
              "when": {
                "properties": { "status": { "const": \(last) } }, "required": ["status"]
              },
              "except": ["/tags"],
              "append": ["/amendments"]
            }
          ],
          "rules": [
            {
              "id": \(quoted("\(name).no-owner")),
              "severity": "warning",
              "when": {
                "not": { "properties": { "status": { "const": \(last) } }, "required": ["status"] }
              },
              "then": { "required": ["owner"] },
              "message": "has no owner, so nobody looks after it",
              "hint": "docket edit {id} owner=…"
            }
          ],
          "columns": ["startedOn", "title", "status", "owner"],
          "form": ["title", "startedOn", "owner", "summary"],
          "lists": {
            "notes": { "item": "a note" }, "amendments": { "item": "an amendment" }
          }
        },
        "type": "object",
        "required": ["$schema", "id", "title", "status"],
        "properties": {
          "$schema": { "$ref": "common.schema.json#/$defs/schemaPath" },
          "id": {
            "title": "Id",
            "description": \(quoted("The \(record)'s id: \(prefix)- and ten letters or digits.")),
            "type": "string",
            "pattern": \(quoted("^\(prefix)-[0-9A-HJKMNP-TV-Z]{10}$")),
            "x-docket-hidden": true
          },
          "title": {
            "title": "Title",
            "description": "What it is, in one line.",
            "$ref": "common.schema.json#/$defs/label"
          },
          "status": {
            "title": "Status",
            "description": "How far it has come; docket move takes it further.",
            "enum": [\(states.map(quoted).joined(separator: ", "))]
          },
          "startedOn": {
            "title": "Started on",
            "description": "The day it began.",
            "$ref": "common.schema.json#/$defs/date"
          },
          "owner": {
            "title": "Owner",
            "description": "Who looks after it: a handle from the roster.",
            "$ref": "common.schema.json#/$defs/person",
            "x-docket-person": true
          },
          "summary": {
            "title": "Summary",
            "description": "What there is to know about it.",
            "$ref": "common.schema.json#/$defs/textLines",
            "x-docket-text": "markdown"
          },
          "notes": {
            "title": "Notes",
            "description": "What happened, one note after the other; two people may add side by side.",
            "type": "array",
            "x-docket-merge": { "by": "id" },
            "items": {
              "type": "object",
              "required": ["id", "text"],
              "properties": {
                "id": {
                  "title": "Item",
                  "description": "Names this note for good.",
                  "$ref": "common.schema.json#/$defs/itemId",
                  "x-docket-hidden": true
                },
                "on": {
                  "title": "On",
                  "description": "The day it happened.",
                  "$ref": "common.schema.json#/$defs/date"
                },
                "text": {
                  "title": "Text",
                  "description": "What happened.",
                  "$ref": "common.schema.json#/$defs/line"
                }
              }
            }
          },
          "concerns": {
            "title": "Concerns",
            "description": "Other records that it is about, by id.",
            "type": "array",
            "items": { "$ref": "common.schema.json#/$defs/recordId" },
            "uniqueItems": true
          },
          "amendments": {
            "title": "Amendments",
            "description": \(quoted("Corrections added after the \(record) was \(states.last ?? "closed").")),
            "type": "array",
            "x-docket-merge": { "by": "id" },
            "items": { "$ref": "common.schema.json#/$defs/amendment" }
          },
          "tags": { "$ref": "common.schema.json#/$defs/tags" }
        }
      }
      """
  }
}

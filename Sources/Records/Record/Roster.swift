package import Files
package import JSONText

/// The people in `.docket/people.json`, by handle.
package struct Roster: Sendable {
  package struct Person: Sendable, Equatable {
    package let handle: String
    package let name: String
    package let team: String?
    package let role: String?
    /// `platform` or `developer`.
    package let group: String?
    /// The areas that the person is responsible for.
    package let areas: [String]
    /// The first and the last day on which the person was there; unbounded if `nil`.
    package let from: CivilDate?
    package let to: CivilDate?

    package func isThere(on day: CivilDate) -> Bool {
      (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true)
    }

    /// `from` and `to` in words: "from 2026-02-01", "until 2026-02-01" or both.
    package var span: String {
      [from.map { "from \($0)" }, to.map { "until \($0)" }].compactMap { $0 }
        .joined(separator: " ")
    }
  }

  package static let path: RepositoryPath = ".docket/people.json"
  package let people: [String: Person]
  /// The handles, sorted.
  package let handles: [String]

  package init(_ value: JSONValue = .object(JSONObject())) {
    var people: [String: Person] = [:]
    for entry in value["people"]?.array ?? [] {
      guard let handle = entry["handle"]?.string else { continue }
      people[handle] = Person(
        handle: handle, name: entry["name"]?.string ?? handle, team: entry["team"]?.string,
        role: entry["role"]?.string, group: entry["group"]?.string,
        areas: entry["areas"]?.array?.compactMap(\.string) ?? [],
        from: entry["from"]?.string.flatMap { CivilDate($0) },
        to: entry["to"]?.string.flatMap { CivilDate($0) })
    }
    self.people = people
    handles = people.keys.sorted()
  }

  package subscript(handle: String) -> Person? { people[handle] }
}

package import JSONText

/// "me", typed for a person: the handle of the current user (`git config docket.handle`).
package enum PersonMention {
  package static let me = "me"

  /// Replaces "me" by the handle wherever the kind has a person.
  ///
  /// - Throws: if "me" is used and no handle is set.
  package static func resolve(
    in value: inout JSONValue, view: SchemaView, handle: String?
  ) throws(KeyProblem) {
    switch value {
    case .object(var object):
      for index in object.members.indices {
        guard let inner = view.property(object.members[index].key) else { continue }
        try resolve(in: &object.members[index].value, view: inner, handle: handle)
      }
      value = .object(object)
    case .array(var list):
      guard let items = view.items else { return }
      for index in list.indices { try resolve(in: &list[index], view: items, handle: handle) }
      value = .array(list)
    case .string(me) where view.isPerson: value = .string(try known(handle))
    default: return
    }
  }

  static func known(_ handle: String?) throws(KeyProblem) -> String {
    guard let handle else {
      throw KeyProblem("who is \"me\"? say it once: git config docket.handle YOUR-HANDLE")
    }
    return handle
  }
}

extension RecordQuery {
  /// Returns this query with "me" replaced by the handle under keys that hold persons.
  package func resolvingMe(handle: String?, kinds: [Kind]) throws(KeyProblem) -> RecordQuery {
    var query = self
    for (index, term) in terms.enumerated() {
      guard case .anyOf(let wanted) = term.match, wanted.contains(PersonMention.me) else {
        continue
      }
      let tokens = (try? FieldKey.tokens(term.key)) ?? []
      let namesPerson = kinds.contains { kind in
        var view: SchemaView? = kind.view
        for token in tokens { view = view?.property(token) ?? view?.items?.property(token) }
        return view?.isPerson == true || view?.items?.isPerson == true
      }
      guard namesPerson else { continue }
      let name = try PersonMention.known(handle).lowercased()
      query.terms[index] = Term(
        key: term.key, match: .anyOf(wanted.map { $0 == PersonMention.me ? name : $0 }),
        isNegated: term.isNegated)
    }
    return query
  }
}

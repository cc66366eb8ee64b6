/// Facts that records don't store because they can be derived from records or history: authors,
/// times of changes, scores.
package enum DerivedFact {
  private static let names: Set<String> = {
    let verbs = ["created", "updated", "modified", "changed", "edited"]
    let byVerb = verbs.flatMap { verb in
      ["", "at", "on", "by", "date", "time"].map { verb + $0 } + ["last" + verb, "last\(verb)by"]
    }
    return Set(byVerb).union([
      "author", "authors", "committer", "score", "ranking", "priorityscore", "revision",
      "lastupdate",
    ])
  }()

  /// Whether a key is named like a derived fact, in any spelling: `updatedAt`, `updated_at`.
  package static func isNamed(by key: String) -> Bool {
    names.contains(key.lowercased().filter { $0 != "_" && $0 != "-" })
  }
}

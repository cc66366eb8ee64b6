/// What records don't store because it follows from them, or from their history: who wrote, when
/// something changed, what a formula gives.
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

  /// Whether a key's name says that it holds such a fact, however it is spelt: `updatedAt`,
  /// `updated_at`.
  package static func isNamed(by key: String) -> Bool {
    names.contains(key.lowercased().filter { $0 != "_" && $0 != "-" })
  }
}

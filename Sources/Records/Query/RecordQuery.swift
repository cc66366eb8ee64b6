/// A query as typed: `kind:pain-point status:triaged,validated severity:4.. not:area:docs flaky`.
///
/// Terms are joined by "and", the values of a term, separated by commas, by "or". Words are
/// searched in all of a record's text.
package struct RecordQuery: Sendable {
  package enum Match: Sendable, Equatable {
    /// Any of these values, ignoring case.
    case anyOf([String])
    /// Between bounds, either of them optional; numbers compare as numbers, dates as dates,
    /// everything else as text.
    case range(from: String?, to: String?)
    case above(String, orEqual: Bool)
    case below(String, orEqual: Bool)
  }

  package struct Term: Sendable, Equatable {
    package let key: String
    package let match: Match
    package let isNegated: Bool

    package init(key: String, match: Match, isNegated: Bool) {
      self.key = key
      self.match = match
      self.isNegated = isNegated
    }
  }

  package var terms: [Term] = []
  package var words: [(text: String, isNegated: Bool)] = []
  package var sort: [(key: String, descending: Bool)] = []
  package var limit: Int?

  /// The keys that aren't properties of a record, but come from its path, history, links or scores.
  package static let reserved = [
    "id", "kind", "created", "changed", "author", "text", "links", "linkedby", "score",
  ]

  package init(_ arguments: [String]) throws(KeyProblem) {
    for argument in arguments {
      for word in Self.split(argument) { try read(word) }
    }
  }

  /// Splits a quoted query at spaces outside double quotes; a plain word stays whole.
  private static func split(_ argument: String) -> [String] {
    guard argument.contains(" ") else { return [argument] }
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in argument {
      if character == "\"" { isQuoted.toggle() }
      if character == " ", !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private mutating func read(_ word: String) throws(KeyProblem) {
    var rest = word[...]
    var isNegated = false
    if rest.hasPrefix("not:") {
      rest = rest.dropFirst(4)
      isNegated = true
    } else if rest.hasPrefix("-"), rest.count > 1 {
      rest = rest.dropFirst()
      isNegated = true
    }
    if rest.hasPrefix("\"") || !rest.contains(where: { ":<>=".contains($0) }) {
      words.append((rest.filter { $0 != "\"" }.lowercased(), isNegated))
      return
    }
    guard let mark = rest.firstIndex(where: { ":<>=".contains($0) }) else { return }
    let key = String(rest[..<mark])
    var value = String(rest[rest.index(after: mark)...])
    guard !key.isEmpty, !value.isEmpty else {
      throw KeyProblem("\"\(word)\" asks nothing: write key:value")
    }
    if key.last == "!", rest[mark] == "=" {
      throw KeyProblem("\"\(word)\" isn't understood; write not:\(key.dropLast()):\(value)")
    }
    let match: Match
    var sign = rest[mark]
    // Accept `severity:>4`, the syntax of other trackers.
    if sign == ":", let first = value.first, first == ">" || first == "<" {
      sign = first
      value.removeFirst()
    }
    switch sign {
    case ">", "<":
      let orEqual = value.hasPrefix("=")
      if orEqual { value.removeFirst() }
      guard !value.isEmpty else {
        throw KeyProblem("\"\(word)\" asks nothing: write key>=value")
      }
      match =
        sign == ">" ? .above(value, orEqual: orEqual) : .below(value, orEqual: orEqual)
    default:
      value = value.filter { $0 != "\"" }
      if key == "sort" {
        sort += value.split(separator: ",").map { Self.sorting(String($0)) }
        return
      }
      if key == "limit" {
        guard let number = Int(value), number >= 0 else {
          throw KeyProblem("limit takes a number, 0 or more, not \(value)")
        }
        limit = number
        return
      }
      if let dots = value.firstRange(of: "..") {
        let from = String(value[..<dots.lowerBound])
        let to = String(value[dots.upperBound...])
        let isReversed =
          Double(from).flatMap { from in Double(to).map { from > $0 } }
          ?? DatePeriod.isReversed(from.uppercased(), to.uppercased())
        guard !isReversed else {
          throw KeyProblem("\(key):\(value) ends before it begins")
        }
        match = .range(from: from.isEmpty ? nil : from, to: to.isEmpty ? nil : to)
      } else {
        match = .anyOf(value.split(separator: ",").map { $0.lowercased() })
      }
    }
    if ["created", "changed"].contains(key) { try Self.checkDates(match) }
    terms.append(Term(key: key, match: match, isNegated: isNegated))
  }

  /// Rejects values that aren't dates, which would silently match nothing.
  private static func checkDates(_ match: Match) throws(KeyProblem) {
    let values: [String]
    switch match {
    case .anyOf(let all): values = all
    case .range(let from, let to): values = [from, to].compactMap { $0 }
    case .above(let value, _), .below(let value, _): values = [value]
    }
    if values.isEmpty { throw KeyProblem("created: and changed: ask for a date") }
    for value in values where DatePeriod.lastSecond(of: value.uppercased()) == nil {
      throw KeyProblem(DatePeriod.complaint(of: value))
    }
  }

  private static func sorting(_ text: String) -> (key: String, descending: Bool) {
    if text.hasSuffix(".desc") { return (String(text.dropLast(5)), true) }
    if text.hasSuffix(".asc") { return (String(text.dropLast(4)), false) }
    return (text, false)
  }
}

extension RecordQuery {
  package func matches(_ subject: QuerySubject) -> Bool {
    for term in terms where Self.matches(term, subject) == term.isNegated { return false }
    if words.isEmpty { return true }
    let text = QuerySubject.text(of: subject.record)
    return words.allSatisfy { text.contains($0.text) != $0.isNegated }
  }

  /// Whether the query filters or sorts by a key.
  package func asks(for key: String) -> Bool {
    terms.contains { $0.key == key } || sort.contains { $0.key == key }
  }

  /// Returns the first key that none of `kinds` has; a query for it would silently match nothing.
  ///
  /// - Parameter isKnown: whether a key is known though no schema of `kinds` has it.
  package func unknownKey(
    among kinds: [Kind], unless isKnown: (String) -> Bool = { _ in false }
  ) -> String? {
    let keys = terms.map(\.key) + sort.map(\.key)
    return keys.first { key in
      guard !isKnown(key), !Self.reserved.contains(key), let tokens = try? FieldKey.tokens(key),
        let first = tokens.first
      else { return false }
      guard kinds.contains(where: { $0.view.hasProperty(first) }) else { return true }
      return tokens.count > 1 && (try? FieldPattern(key))?.problem(among: kinds) != nil
    }
  }

  /// Returns the first term that can't match because its key allows only other values in `kinds`.
  package func impossibleTerm(among kinds: [Kind]) -> (
    key: String, value: String, choices: [String]
  )? {
    let named = terms.first { $0.key == "kind" && !$0.isNegated }
    var kinds = kinds
    if case .anyOf(let names) = named?.match { kinds = kinds.filter { names.contains($0.name) } }
    for term in terms where !term.isNegated && !Self.reserved.contains(term.key) {
      guard case .anyOf(let values) = term.match else { continue }
      let views = kinds.compactMap { $0.view.property(term.key) }
      let choices = views.map(\.choices)
      guard !choices.isEmpty, choices.allSatisfy({ !$0.isEmpty }) else { continue }
      var seen: Set<String> = []
      let all = choices.joined().filter { seen.insert($0).inserted }
      if !all.contains(where: { values.contains($0.lowercased()) }) {
        return (term.key, values.first ?? "", all)
      }
    }
    return nil
  }

  private static func matches(_ term: Term, _ subject: QuerySubject) -> Bool {
    let values = subject.values(of: term.key)
    switch term.match {
    case .anyOf(let wanted):
      if term.key == "text" {
        return wanted.contains { word in values.contains { $0.contains(word) } }
      }
      if term.key == "created" || term.key == "changed" {
        return values.contains { value in wanted.contains { value.lowercased().hasPrefix($0) } }
      }
      if term.key == "author" {
        return values.contains { value in wanted.contains { value.lowercased().contains($0) } }
      }
      if ["id", "links", "linkedby"].contains(term.key) {
        // Any beginning of an id matches.
        let beginnings = wanted.compactMap { IDAbbreviation($0) }
        return values.contains { value in
          wanted.contains(value.lowercased())
            || RecordID(value).map { id in beginnings.contains { $0.matches(id) } } ?? false
        }
      }
      return values.contains { value in
        wanted.contains(value.lowercased())
          // A month or a year matches each of its days.
          || CivilDate(value).map { day in
            wanted.contains { $0.utf8.count < 10 && DatePeriod.days(of: $0)?.contains(day) == true }
          } ?? false
      }
    case .range(let from, let to):
      return values.contains { value in
        (from.map { compare(value, $0, atStart: true) >= 0 } ?? true)
          && (to.map { compare(value, $0, atStart: false) <= 0 } ?? true)
      }
    case .above(let bound, let orEqual):
      return values.contains { compare($0, bound, atStart: orEqual) >= (orEqual ? 0 : 1) }
    case .below(let bound, let orEqual):
      return values.contains { compare($0, bound, atStart: !orEqual) <= (orEqual ? 0 : -1) }
    }
  }

  /// Compares a value with a bound as numbers, as dates (a month covers its days), or as text.
  static func compare(_ value: String, _ bound: String, atStart: Bool) -> Int {
    if let left = Double(value), let right = Double(bound) {
      return left < right ? -1 : left > right ? 1 : 0
    }
    if let left = DatePeriod.firstSecond(of: value),
      let right = atStart ? DatePeriod.firstSecond(of: bound) : DatePeriod.lastSecond(of: bound)
    {
      return left < right ? -1 : left > right ? 1 : 0
    }
    let (left, right) = (value.lowercased(), bound.lowercased())
    return left < right ? -1 : left > right ? 1 : 0
  }

  /// Sorts the matches and applies the limit; records without the sort key come last.
  package func arranged(_ subjects: [QuerySubject]) -> [QuerySubject] {
    var arranged = subjects
    if !sort.isEmpty {
      let keyed = subjects.map { subject in
        (subject, sort.map { subject.values(of: $0.key).first })
      }
      arranged = keyed.sorted { left, right in
        for (index, order) in sort.enumerated() {
          switch (left.1[index], right.1[index]) {
          case (nil, nil): continue
          case (nil, _): return false
          case (_, nil): return true
          case (let a?, let b?):
            let result = Self.compare(a, b, atStart: true)
            if result != 0 { return (result < 0) != order.descending }
          }
        }
        return left.0.id.text < right.0.id.text
      }.map(\.0)
    }
    return limit.map { Array(arranged.prefix($0)) } ?? arranged
  }
}

import JSONText

extension Violation {
  private var it: String { isAboutKey ? Wording.key(pointer) : Wording.subject(pointer) }

  /// One sentence without full stop: `severity is 7; at most 5 is expected`.
  package var message: String {
    let it = it
    switch failure {
    case .wrongType(let expected, let found):
      return "\(it) is \(Wording.kind(found)); \(Wording.types(expected)) is expected"
    case .notConstant(let expected, let found):
      return "\(it) is \(Wording.value(found)); \(Wording.value(expected)) is expected"
    case .notInEnum(let allowed, _, _) where allowed.isEmpty: return "\(it) is not allowed here"
    case .notInEnum(let allowed, _, let nearest) where isAboutKey:
      let hint = nearest.map { "; did you mean \(Wording.value($0))?" } ?? ""
      return "\(it) is not one of \(Wording.list(allowed))\(hint)"
    case .notInEnum(let allowed, let found, let nearest):
      let hint = nearest.map { "; did you mean \(Wording.value($0))?" } ?? ""
      return "\(it) is \(Wording.value(found)), not one of \(Wording.list(allowed))\(hint)"
    case .aboveMaximum(let limit, let found):
      return "\(number(it, found)); at most \(Wording.number(limit)) is expected"
    case .belowMinimum(let limit, let found):
      return "\(number(it, found)); at least \(Wording.number(limit)) is expected"
    case .notBelow(let limit, let found):
      return "\(number(it, found)); less than \(Wording.number(limit)) is expected"
    case .notAbove(let limit, let found):
      return "\(number(it, found)); more than \(Wording.number(limit)) is expected"
    case .notMultiple(let unit, let found):
      return "\(number(it, found)); a multiple of \(Wording.number(unit)) is expected"
    case .tooLong(let limit, let found): return tooMany(it, "character", limit, found)
    case .tooShort(let limit, let found): return tooFew(it, "character", limit, found)
    case .patternMismatch(let pattern, _) where isAboutKey:
      return "\(it) does not match \(Wording.pattern(pattern))"
    case .patternMismatch(let pattern, let found):
      return
        "\(it) is \(Wording.value(.string(found))); it does not match \(Wording.pattern(pattern))"
    case .matchLimit(let pattern):
      return
        "\(it) cannot be matched against \(Wording.pattern(pattern)) within the limit of steps"
    case .wrongFormat(let format, let found, let reason):
      return "\(it) is \(Wording.value(.string(found))); \(Wording.format(format)) is expected"
        + (reason.map { ": \($0)" } ?? "")
    case .tooManyItems(let limit, let found): return tooMany(it, "item", limit, found)
    case .tooFewItems(let limit, let found): return tooFew(it, "item", limit, found)
    case .unexpectedItem(let place):
      return place == 0
        ? "\(Wording.subject(pointer.parent ?? .root)) has to be empty"
        : "\(it) is one too many"
    case .notUnique(let first, let second):
      let places = [first, second].map { Wording.subject(pointer.appending("\($0)")) }
      return "\(it) has the same item twice: \(places[0]) and \(places[1])"
    case .tooFewContained(1, 0, let sort):
      return "no item \(pointer.tokens.isEmpty ? "" : "of \(it) ")"
        + (sort.map { "is \($0)" } ?? "fits the schema at \(fragment)")
    case .tooFewContained(let minimum, let found, let sort):
      return tooFew(it, "item", minimum, found, which: contained(sort, found))
    case .tooManyContained(let maximum, let found, let sort):
      return tooMany(it, "item", maximum, found, which: contained(sort, found))
    case .tooManyMembers(let limit, let found): return tooMany(it, "key", limit, found)
    case .tooFewMembers(let limit, let found): return tooFew(it, "key", limit, found)
    case .missing(let keys): return missing(keys)
    case .missingBeside(let key, let keys):
      return "\(missing(keys)); \(key) asks for \(keys.count == 1 ? "it" : "them")"
    case .unknownKey(_, let nearest):
      let hint = nearest.map { "; did you mean \(Wording.value(.string($0)))?" } ?? ""
      return "\(it) is not a known key\(hint)"
    case .noBranch(let count): return closest(it, near: count)
    case .severalBranches(let matching):
      let numbers = matching.map { String($0 + 1) }
      let places =
        numbers.dropLast().joined(separator: ", ") + " and " + (numbers.last ?? "")
      return
        "\(it) fits more than one of the forms allowed here (\(places)); exactly one is asked for"
    case .forbidden(let schema, let found): return forbidden(it, schema, found)
    case .notAllowed: return "\(it) is not allowed here"
    case .unexpectedKey(let key):
      return "\(Wording.subject(pointer.appending(key))) is not allowed here"
    case .notAllowedIf(let fits, let location):
      return "\(it) is not allowed here, because it \(fits ? "fits" : "does not fit") \(location)"
    case .endlessReference(let location):
      return "\(it) cannot be checked: \(location) refers to itself without end"
    case .tooDeep: return "\(it) cannot be checked: schemas are nested too deeply"
    case .tooMuchWork: return "\(it) cannot be checked: it would take too much work"
    case .tooManyAnnotations(let count):
      return "\(it) has more than \(count) annotations; --output flag leaves them out"
    case .more(let count): return "at least \(Wording.count(count, "more violation"))"
    }
  }

  private func number(_ it: String, _ found: JSONNumber) -> String {
    "\(it) is \(Wording.number(found))"
  }

  private func tooMany(
    _ it: String, _ noun: String, _ limit: Int, _ found: Int, which: String = ""
  ) -> String {
    limit == 0
      ? "\(it) has \(Wording.count(found, noun))\(which); none is allowed"
      : "\(it) has \(Wording.count(found, noun))\(which); at most \(limit) "
        + (limit == 1 ? "is allowed" : "are allowed")
  }

  private func tooFew(
    _ it: String, _ noun: String, _ limit: Int, _ found: Int, which: String = ""
  ) -> String {
    found == 0 && limit == 1 && which.isEmpty && noun != "key"
      ? "\(it) is empty"
      : "\(it) has \(Wording.count(found, noun))\(which); at least \(limit) "
        + (limit == 1 ? "is expected" : "are expected")
  }

  private func contained(_ sort: String?, _ count: Int) -> String {
    sort.map { count == 1 ? " that is \($0)" : " that are \($0)" }
      ?? (count == 1 ? " that fits" : " that fit") + " the schema at \(fragment)"
  }

  /// The keyword's location within its resource.
  private var fragment: String {
    absoluteKeywordLocation.utf8.firstIndex(of: UInt8(ascii: "#")).map {
      String(absoluteKeywordLocation[$0...])
    } ?? absoluteKeywordLocation
  }

  /// Returns what is wrong in the closest branch of `anyOf` or `oneOf`, and which branch that is.
  private func closest(_ it: String, near: Int, isInner: Bool = false) -> String {
    guard !causes.isEmpty else { return "\(it) fits none of the forms allowed here" }
    let shown = causes.prefix(5).map { cause in
      if case .noBranch(let count) = cause.failure, !cause.causes.isEmpty {
        return cause.closest(cause.it, near: count, isInner: near > 1 || isInner)
      }
      return cause.message
    }
    let more = causes.count > 5 ? "; and \(causes.count - 5) more" : ""
    let text = shown.joined(separator: "; ") + more
    guard near > 1, let branch else { return text }
    if let title = branch.title { return "as \(Wording.value(.string(title))): \(text)" }
    return isInner
      ? text : "\(text) (in form \(branch.place + 1) of \(branch.count), which comes closest)"
  }

  /// Returns a message for `not`; a schema with a single keyword is described by it.
  private func forbidden(_ it: String, _ schema: JSONValue, _ found: JSONValue) -> String {
    let fits = "\(it) fits the schema at \(fragment), which must not fit"
    if let title = schema.object?["title"]?.string {
      return "\(it) fits \(Wording.value(.string(title))), which must not fit"
    }
    let members = (schema.object?.members ?? []).filter {
      !["description", "$comment"].contains($0.key)
    }
    if members.isEmpty { return "\(it) is not allowed here" }
    guard members.count == 1, let only = members.first else { return fits }
    switch only.key {
    case "required":
      let names = (only.value.array ?? []).compactMap(\.string)
      return names.isEmpty
        ? fits
        : keys(names) + (names.count == 1 ? " is" : " are") + " not allowed "
          + (names.count == 1 ? "here" : "together here")
    case "type", "const", "enum", "pattern":
      if isAboutKey {
        return "\(it) is not allowed here"
          + (only.value.string.map { only.key == "pattern" ? ": it matches \($0)" : "" } ?? "")
      }
      if only.key == "type" { return "\(it) is \(Wording.kind(found)), which is not allowed here" }
      if only.key == "pattern", let pattern = only.value.string {
        return
          "\(it) is \(Wording.value(found)); what matches \(Wording.pattern(pattern)) is not allowed here"
      }
      return "\(it) is \(Wording.value(found)), which is not allowed here"
    case "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf":
      guard case .number = found, let limit = only.value.number else { return fits }
      let words = [
        "minimum": "less than", "exclusiveMinimum": "at most", "maximum": "more than",
        "exclusiveMaximum": "at least", "multipleOf": "no multiple of",
      ]
      return
        "\(it) is \(Wording.value(found)); \(words[only.key] ?? "") \(Wording.number(limit)) is expected"
    default: return fits
    }
  }

  private func missing(_ keys: [String]) -> String {
    keys.count == 1 ? "\(self.keys(keys)) is missing" : "\(self.keys(keys)) are missing"
  }

  /// Returns a list of key names: "title, status and on".
  private func keys(_ keys: [String]) -> String {
    var names = keys.prefix(12).map { Wording.subject(pointer.appending($0)) }
    if keys.count > 12 { names.append("\(keys.count - 12) more keys") }
    guard let last = names.last, names.count > 1 else { return names.first ?? "a key" }
    return "\(names.dropLast().joined(separator: ", ")) and \(last)"
  }
}

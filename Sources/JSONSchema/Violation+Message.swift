import JSONText

extension Violation {
  /// One sentence in words, without full stop: `severity is 7; at most 5`.
  package var message: String {
    let it = isAboutKey ? Wording.key(pointer) : Wording.subject(pointer)
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
    case .aboveMaximum(let limit, let found): return "\(it) is \(found); at most \(limit)"
    case .belowMinimum(let limit, let found): return "\(it) is \(found); at least \(limit)"
    case .notBelow(let limit, let found): return "\(it) is \(found); less than \(limit)"
    case .notAbove(let limit, let found): return "\(it) is \(found); more than \(limit)"
    case .notMultiple(let unit, let found):
      return "\(it) is \(found); a multiple of \(unit) is expected"
    case .tooLong(let limit, let found):
      return "\(it) has \(Wording.count(found, "character")); at most \(limit)"
    case .tooShort(let limit, let found):
      return found == 0 && limit == 1
        ? "\(it) is empty"
        : "\(it) has \(Wording.count(found, "character")); at least \(limit)"
    case .patternMismatch(let pattern, _) where isAboutKey:
      return "\(it) does not match \(pattern)"
    case .patternMismatch(let pattern, let found):
      return "\(it) is \(Wording.value(.string(found))); it does not match \(pattern)"
    case .matchLimit(let pattern):
      return "\(it) cannot be matched against \(pattern) within the limit of steps"
    case .wrongFormat(let format, let found):
      return "\(it) is \(Wording.value(.string(found))); \(Wording.format(format)) is expected"
    case .tooManyItems(let limit, let found):
      return "\(it) has \(Wording.count(found, "item")); at most \(limit)"
    case .tooFewItems(let limit, let found):
      return found == 0 && limit == 1
        ? "\(it) is empty" : "\(it) has \(Wording.count(found, "item")); at least \(limit)"
    case .unexpectedItem(let place):
      return place == 0
        ? "\(Wording.subject(pointer.parent ?? .root)) has to be empty"
        : "\(it) is one too many"
    case .notUnique(let first, let second):
      let places = [first, second].map { Wording.subject(pointer.appending("\($0)")) }
      return "\(it) has the same item twice: \(places[0]) and \(places[1])"
    case .tooFewContained(let minimum, let found):
      return found == 0 && minimum == 1
        ? "\(it) lacks an item of the kind that is asked for"
        : "\(it) has \(Wording.count(found, "item")) of the kind that is asked for; "
          + "at least \(minimum)"
    case .tooManyContained(let maximum, let found):
      return
        "\(it) has \(Wording.count(found, "item")) of the kind that is asked for; at most \(maximum)"
    case .tooManyMembers(let limit, let found):
      return "\(it) has \(Wording.count(found, "key")); at most \(limit)"
    case .tooFewMembers(let limit, let found):
      return "\(it) has \(Wording.count(found, "key")); at least \(limit)"
    case .missing(let keys): return missing(keys)
    case .missingBeside(let key, let keys):
      return "\(missing(keys)); \(key) asks for \(keys.count == 1 ? "it" : "them")"
    case .unknownKey(_, let nearest):
      let hint = nearest.map { "; did you mean \(Wording.value(.string($0)))?" } ?? ""
      return "\(it) is not a known key\(hint)"
    case .noBranch(let count):
      if !causes.isEmpty {
        return causes.map(\.message).joined(separator: "; ")
          + (count > 1 ? " (in the closest of \(count) forms that are allowed here)" : "")
      }
      return "\(it) fits none of the forms allowed here"
    case .severalBranches(let matching):
      let numbers = matching.map { String($0 + 1) }
      let places =
        numbers.dropLast().joined(separator: ", ") + " and " + (numbers.last ?? "")
      return
        "\(it) fits more than one of the forms allowed here (\(places)); exactly one is asked for"
    case .forbidden(let schema, let found): return forbidden(it, schema, found)
    case .notAllowed: return "\(it) is not allowed here"
    case .endlessReference(let location):
      return "\(it) cannot be checked: \(location) refers to itself without end"
    case .tooDeep: return "\(it) cannot be checked: schemas are nested too deeply"
    case .tooMuchWork: return "\(it) cannot be checked: it would take too much work"
    }
  }

  /// Whether it is a key that doesn't fit, and not its value.
  private var isAboutKey: Bool {
    let tokens = keywordLocation.tokens
    return tokens.indices.contains { index in
      tokens[index] == "propertyNames"
        && (index == 0
          || !["properties", "patternProperties", "dependentSchemas", "$defs"].contains(
            tokens[index - 1]))
    }
  }

  /// Schemas under `not` that ask for one thing can be told by it.
  private func forbidden(_ it: String, _ schema: JSONValue, _ found: JSONValue) -> String {
    let members = (schema.object?.members ?? []).filter {
      !["title", "description", "$comment"].contains($0.key)
    }
    guard members.count == 1, let only = members.first else {
      return "\(it) is of a form that is not allowed here"
    }
    switch only.key {
    case "required":
      let names = (only.value.array ?? []).compactMap(\.string).map {
        Wording.subject(pointer.appending($0))
      }
      guard let last = names.last else { return "\(it) is of a form that is not allowed here" }
      return names.count == 1
        ? "\(last) is not allowed here"
        : "\(names.dropLast().joined(separator: ", ")) and \(last) are not allowed together here"
    case "type": return "\(it) is \(Wording.kind(found)), which is not allowed here"
    case "const", "enum":
      return "\(it) is \(Wording.value(found)), which is not allowed here"
    case "pattern":
      return
        "\(it) is \(Wording.value(found)); what matches \(only.value.string ?? "") is not allowed here"
    default: return "\(it) is of a form that is not allowed here"
    }
  }

  private func missing(_ keys: [String]) -> String {
    let names = keys.map { Wording.subject(pointer.appending($0)) }
    guard let last = names.last, names.count > 1 else {
      return "\(names.first ?? "a key") is missing"
    }
    return "\(names.dropLast().joined(separator: ", ")) and \(last) are missing"
  }
}

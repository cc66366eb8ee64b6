/// An abbreviated id as a user types it: any unique beginning, in any case, O for 0 and I or L for
/// 1.
///
/// As with git's object names, an abbreviation names a record only if exactly one matches. The
/// prefix may be left out (`8kx3`), the digits may not: `pp` reads as digits.
package struct IDAbbreviation: Sendable, Hashable {
  /// The upper-case prefix, or `nil` if only digits were typed.
  package let prefix: String?
  /// The Crockford digits typed so far, in canonical letters.
  package let digits: String

  /// Parses an abbreviation; `nil` if `text` can't be the beginning of an id.
  package init?(_ text: String) {
    let upper = text.uppercased()
    let digitsText: Substring
    if let dash = upper.firstIndex(of: "-") {
      let prefix = upper[..<dash]
      guard (2...5).contains(prefix.utf8.count), prefix.utf8.allSatisfy({ (65...90).contains($0) })
      else { return nil }
      self.prefix = String(prefix)
      digitsText = upper[upper.index(after: dash)...]
    } else {
      prefix = nil
      digitsText = upper[...]
    }
    var digits = ""
    for character in digitsText {
      switch character {
      case "O": digits.append("0")
      case "I", "L": digits.append("1")
      case "U": return nil
      case "0"..."9", "A"..."Z": digits.append(character)
      default: return nil
      }
    }
    guard !digits.isEmpty, digits.utf8.count <= RecordID.digitCount else { return nil }
    self.digits = digits
  }

  /// The whole id, if nothing is left out.
  package var complete: RecordID? {
    guard let prefix else { return nil }
    return RecordID(prefix + "-" + digits)
  }

  package func matches(_ id: RecordID) -> Bool {
    id.begins(withPrefix: prefix, digits: digits)
  }
}

/// The shortest unique beginnings of ids, for people to read and type.
package struct ShortIDs: Sendable {
  private var texts: [RecordID: String] = [:]
  private static let fewest = 4

  package init(_ ids: some Sequence<RecordID>) {
    let sorted = Set(ids).sorted()
    for (index, id) in sorted.enumerated() {
      let text = id.text
      var length = id.prefix.utf8.count + 1 + Self.fewest
      for other in [index - 1, index + 1] where sorted.indices.contains(other) {
        let common = zip(text.utf8, sorted[other].text.utf8).prefix { $0 == $1 }.count
        length = max(length, common + 1)
      }
      texts[id] = String(text.prefix(length))
    }
  }

  package subscript(id: RecordID) -> String { texts[id] ?? id.text }
}

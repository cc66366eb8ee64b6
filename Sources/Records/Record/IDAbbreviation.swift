/// What a person types for an id: any unique beginning, in any case, O for 0 and I or L for 1.
///
/// As with git's object names, an abbreviation names a record only if one record fits. The prefix may
/// be left out (`8kx3`), so may the dash's digits (`pp` alone names nothing: it fits too much).
package struct IDAbbreviation: Sendable, Hashable {
  /// Upper-case prefix, or `nil` where only digits were typed.
  package let prefix: String?
  /// Crockford digits typed so far, canonical letters.
  package let digits: String

  /// `nil` where `text` can't be the beginning of an id.
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

  /// The whole id, where nothing is left out.
  package var complete: RecordID? {
    guard let prefix else { return nil }
    return RecordID(prefix + "-" + digits)
  }

  package func matches(_ id: RecordID) -> Bool {
    id.begins(withPrefix: prefix, digits: digits)
  }
}

/// The shortest beginnings by which ids can be told apart, for people to read and type.
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

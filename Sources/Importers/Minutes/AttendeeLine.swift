/// Parses and prints one person of an attendance list.
enum AttendeeLine {
  /// Parses `Ana Ruiz (@ana) - voting`, `AR: Ana Ruiz @ana`, `**Ana Ruiz**`, `@ana`; no bullet.
  ///
  /// - Returns: nil if it contains neither a letter nor a handle.
  static func parse(_ content: String) -> AttendeeDraft? {
    var rest = InlineText(content).plain
    var person = AttendeeDraft(name: "")
    if let colon = rest.firstIndex(of: ":") {
      let letters = rest[..<colon]
      if (2...4).contains(letters.count), letters.allSatisfy({ $0.isLetter && $0.isUppercase }) {
        person.initials = String(letters)
        rest = rest[rest.index(after: colon)...].trimmed
      }
    }
    if let handle = handleRange(in: rest) {
      person.handle = String(rest[rest.index(after: handle.lowerBound)..<handle.upperBound])
      person.name = clean(rest[..<handle.lowerBound])
      person.note = note(rest[handle.upperBound...])
      // `Name (Company @handle)`: the text before the handle in the parentheses is a note.
      if let bracket = person.name.firstIndex(of: "(") {
        let before = clean(person.name[bracket...].dropFirst())
        person.name = clean(person.name[..<bracket])
        person.note = [before, person.note ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
      }
    } else if let cut = noteStart(in: rest) {
      person.name = clean(rest[..<cut])
      person.note = note(rest[cut...])
    } else {
      person.name = clean(rest[...])
    }
    if person.note?.isEmpty == true { person.note = nil }
    guard person.name.contains(where: \.isLetter) || person.handle != nil else { return nil }
    return person
  }

  /// Returns the line that `parse` reads back: `AR: Ana Ruiz (@ana) - voting`.
  static func print(_ person: AttendeeDraft) -> String {
    var line = person.initials.map { "\($0): " } ?? ""
    line += MarkdownLine.escape(person.name)
    if let handle = person.handle {
      line += person.name.isEmpty ? "@\(handle)" : " (@\(handle))"
    }
    if let note = person.note {
      line += " - " + MarkdownLine.escape(note)
    }
    return line
  }

  /// Returns the range of the handle with its `@`; an e-mail address is not a handle.
  static func handleRange(in text: String) -> Range<String.Index>? {
    var search = text.startIndex
    while let at = text[search...].firstIndex(of: "@") {
      var end = text.index(after: at)
      while end < text.endIndex, text[end].isASCIIWord || text[end] == "-" {
        end = text.index(after: end)
      }
      let follows = at > text.startIndex ? text[text.index(before: at)] : " "
      if text.distance(from: at, to: end) > 1, !(follows.isASCIIWord || follows == ".") {
        while text[text.index(before: end)] == "-" { end = text.index(before: end) }
        if text.distance(from: at, to: end) > 1 { return at..<end }
      }
      search = text.index(after: at)
    }
    return nil
  }

  /// Returns the end of the name if there is no handle: a parenthesis, a dash between spaces or a
  /// comma.
  private static func noteStart(in text: String) -> String.Index? {
    var previous: Character = " "
    for index in text.indices {
      let character = text[index]
      let next = text.index(after: index)
      let isDash =
        "-–—".contains(character) && previous == " " && next < text.endIndex && text[next] == " "
      if (character == "(" || character == "," || isDash) && index > text.startIndex {
        return index
      }
      previous = character
    }
    return nil
  }

  private static func clean(_ text: some StringProtocol) -> String {
    var rest = text.trimmed[...]
    while let last = rest.last, "(-–—,:;[|".contains(last) || last.isWhitespace {
      rest = rest.dropLast()
    }
    while let first = rest.first, "*|-".contains(first) || first.isWhitespace {
      rest = rest.dropFirst()
    }
    return String(rest)
  }

  private static func note(_ text: some StringProtocol) -> String {
    var rest = text.trimmed[...]
    let opens = rest.count(where: { $0 == "(" })
    if rest.count(where: { $0 == ")" }) > opens, let close = rest.firstIndex(of: ")") {
      rest.remove(at: close)
    }
    while let first = rest.first, "(-–—,:;]|)".contains(first) || first.isWhitespace {
      let isWrapped = first == "(" && rest.last == ")" && !rest.dropFirst().contains("(")
      rest = rest.dropFirst()
      if isWrapped { rest = rest.dropLast() }
    }
    return rest.trimmed
  }
}

/// A date mentioned in a text, and its range.
struct DateMention: Sendable, Equatable {
  enum Reading: Sendable, Equatable {
    /// `YYYY-MM-DD`, a valid calendar day.
    case day(String)
    /// Digits in the shape of a date that are not a date.
    case notADay
    /// Day and month cannot be told apart without knowing the writer.
    case ambiguous
  }

  var reading: Reading
  /// The range of characters in the text, from 0.
  var range: Range<Int>

  var day: String? {
    if case .day(let day) = reading { day } else { nil }
  }

  /// Returns all mentions in `text`: `2026-03-04`, `2026/3/4`, `20260304`, `March 4th, 2026`,
  /// `4 Mar 2026`, `4th of March 2026`, `31/12/2026`.
  static func find(in text: String) -> [DateMention] {
    let tokens = Token.split(text)
    var found: [DateMention] = []
    var index = 0
    while index < tokens.count {
      if let (mention, used) = numeric(tokens, at: index) ?? worded(tokens, at: index) {
        found.append(mention)
        index += used
      } else {
        index += 1
      }
    }
    return found
  }

  /// Returns `text` without the mentions, adjacent weekdays and leftover punctuation.
  static func remove(from text: String) -> String {
    var characters = Array(text)
    for mention in find(in: text).reversed() {
      characters.replaceSubrange(mention.range, with: [" "])
    }
    let words = String(characters).split(whereSeparator: \.isWhitespace).filter { word in
      let bare = word.filter(\.isLetter).lowercased()
      return !(weekdays.contains(bare) && word.allSatisfy { $0.isLetter || ",.()".contains($0) })
    }
    let punctuation: Set<Character> = [
      "-", "–", "—", ":", ",", "|", "/", "(", ")", "[", "]", "@", "*", "_", ".", "·",
    ]
    var rest = words[...]
    while let last = rest.last, last.allSatisfy(punctuation.contains) { rest = rest.dropLast() }
    while let first = rest.first, first.allSatisfy(punctuation.contains) { rest = rest.dropFirst() }
    var joined = rest.joined(separator: " ")
    while let last = joined.last, ":,-–—|(".contains(last) { joined.removeLast() }
    return joined.trimmed
  }

  static func isLeapYear(_ year: Int) -> Bool {
    (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400)
  }

  /// Returns `YYYY-MM-DD`, or nil if the calendar has no such day.
  static func day(year: Int, month: Int, day: Int) -> String? {
    guard (1900...2999).contains(year), (1...12).contains(month) else { return nil }
    let lengths = [31, isLeapYear(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...lengths[month - 1]).contains(day) else { return nil }
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  private static func reading(year: Int, month: Int, day: Int) -> Reading {
    Self.day(year: year, month: month, day: day).map(Reading.day) ?? .notADay
  }

  private static func numeric(_ tokens: [Token], at index: Int) -> (DateMention, Int)? {
    guard case .number(let first, let digits) = tokens[index].kind else { return nil }
    let start = tokens[index].range.lowerBound
    if digits == 8, (19_000_000...29_991_231).contains(first) {
      let reading = reading(year: first / 10000, month: first / 100 % 100, day: first % 100)
      guard reading != .notADay else { return nil }
      return (DateMention(reading: reading, range: tokens[index].range), 1)
    }
    guard index + 4 < tokens.count,
      case .mark(let separator) = tokens[index + 1].kind, "-/._".contains(separator),
      case .number(let second, let secondDigits) = tokens[index + 2].kind, secondDigits <= 2,
      tokens[index + 3].kind == .mark(separator),
      case .number(let third, let thirdDigits) = tokens[index + 4].kind
    else { return nil }
    let range = start..<tokens[index + 4].range.upperBound
    if digits == 4, (1900...2999).contains(first) {
      let reading: Reading =
        thirdDigits <= 2 ? reading(year: first, month: second, day: third) : .notADay
      return (DateMention(reading: reading, range: range), 5)
    }
    guard digits <= 2, thirdDigits == 4, (1900...2999).contains(third) else { return nil }
    let dayFirst = day(year: third, month: second, day: first)
    let monthFirst = day(year: third, month: first, day: second)
    let reading: Reading
    switch (dayFirst, monthFirst) {
    case (let day?, nil), (nil, let day?): reading = .day(day)
    case (let one?, let other?) where one == other: reading = .day(one)
    case (nil, nil): reading = .notADay
    default: reading = separator == "." ? dayFirst.map(Reading.day) ?? .notADay : .ambiguous
    }
    return (DateMention(reading: reading, range: range), 5)
  }

  private static func worded(_ tokens: [Token], at index: Int) -> (DateMention, Int)? {
    // The words and numbers from here on, skipping the marks between them.
    var parts: [(token: Token, next: Int)] = []
    var next = index
    while next < tokens.count, parts.count < 5 {
      if case .mark(let mark) = tokens[next].kind {
        guard !parts.isEmpty, " ,.-/".contains(mark) else { break }
      } else {
        parts.append((tokens[next], next + 1))
      }
      next += 1
    }
    if parts.count > 1, ["st", "nd", "rd", "th", "of"].contains(parts[1].token.word) {
      parts.remove(at: 1)
    }
    if parts.count > 2, ["st", "nd", "rd", "th"].contains(parts[2].token.word) {
      parts.remove(at: 2)
    }
    if parts.count > 1, parts[1].token.word == "of" {
      parts.remove(at: 1)
    }
    guard parts.count >= 3, case .number(let year, 4) = parts[2].token.kind,
      (1900...2999).contains(year)
    else { return nil }
    let month: Int
    let day: Int
    if let named = Self.month(parts[0].token), case .number(let number, 1...2) = parts[1].token.kind
    {
      (month, day) = (named, number)
    } else if let named = Self.month(parts[1].token),
      case .number(let number, 1...2) = parts[0].token.kind
    {
      (month, day) = (named, number)
    } else {
      return nil
    }
    let range = parts[0].token.range.lowerBound..<parts[2].token.range.upperBound
    return (
      DateMention(reading: reading(year: year, month: month, day: day), range: range),
      parts[2].next - index
    )
  }

  private static func month(_ token: Token) -> Int? {
    guard let word = token.word, word.count >= 3 else { return nil }
    return months.firstIndex { $0.hasPrefix(word) || (word == "sept" && $0 == "september") }
      .map { $0 + 1 }
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  private static let weekdays: Set<String> = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
  ]
}

/// A run of digits or letters, or one other character.
private struct Token: Equatable {
  enum Kind: Equatable {
    case number(Int, digits: Int)
    case word(String)
    case mark(Character)
  }

  var kind: Kind
  var range: Range<Int>

  var word: String? {
    if case .word(let word) = kind { word } else { nil }
  }

  static func split(_ text: String) -> [Token] {
    let characters = Array(text)
    var tokens: [Token] = []
    var start = 0
    while start < characters.count {
      var end = start + 1
      let first = characters[start]
      if first.isASCIIDigit {
        while end < characters.count, characters[end].isASCIIDigit { end += 1 }
        let digits = end - start
        // Longer runs are never part of a date; the digit count alone excludes them.
        let value = digits <= 9 ? Int(String(characters[start..<end])) ?? 0 : 0
        tokens.append(Token(kind: .number(value, digits: digits), range: start..<end))
      } else if first.isLetter {
        while end < characters.count, characters[end].isLetter { end += 1 }
        let word = String(characters[start..<end]).lowercased()
        tokens.append(Token(kind: .word(word), range: start..<end))
      } else {
        tokens.append(Token(kind: .mark(first), range: start..<end))
      }
      start = end
    }
    return tokens
  }
}

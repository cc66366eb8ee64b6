import ArgumentParser

/// A verb used all day, mostly followed by nothing but words.
///
/// Such a line needs no grammar, which costs more to build than the answer. Every value has to be
/// set here, since property wrappers get theirs from the grammar; a test compares the two.
protocol PlainlyAsked: ParsableCommand {
  /// - Returns: whether the number of words is right; if not, the grammar reports what is wrong.
  mutating func take(_ words: [String]) -> Bool
}

extension PlainlyAsked {
  /// Returns `nil` if the line has options, or words that aren't plain.
  static func reading(_ words: [String]) -> Self? {
    guard words.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") }) else { return nil }
    var command = Self()
    return command.take(words) ? command : nil
  }
}

extension FormatOption {
  static var unsaid: FormatOption {
    var options = FormatOption()
    options.format = .text
    return options
  }
}

extension PagerOption {
  static var unsaid: PagerOption {
    var options = PagerOption()
    options.isOff = false
    return options
  }
}

extension CommonOptions {
  static var unsaid: CommonOptions {
    var options = CommonOptions()
    options.color = .auto
    options.noInput = false
    options.validate()
    return options
  }
}

extension ListCommand: PlainlyAsked {
  mutating func take(_ words: [String]) -> Bool {
    self.words = words
    return true
  }
}

extension RankCommand: PlainlyAsked {
  mutating func take(_ words: [String]) -> Bool {
    self.words = words
    return true
  }
}

extension LogCommand: PlainlyAsked {
  mutating func take(_ words: [String]) -> Bool {
    self.words = words
    (own, field, author, since, until, count) = (false, nil, nil, nil, nil, nil)
    (output, pager, common) = (.unsaid, .unsaid, .unsaid)
    return true
  }
}

extension ShowCommand: PlainlyAsked {
  mutating func take(_ words: [String]) -> Bool {
    guard words.count == 1 else { return false }
    (id, at, identities) = (words[0], nil, false)
    (output, pager, common) = (.unsaid, .unsaid, .unsaid)
    return true
  }
}

extension BlameCommand: PlainlyAsked {
  mutating func take(_ words: [String]) -> Bool {
    guard let first = words.first else { return false }
    (id, keys, at) = (first, Array(words.dropFirst()), nil)
    (output, pager, common) = (.unsaid, .unsaid, .unsaid)
    return true
  }
}

extension StatusCommand: PlainlyAsked {
  mutating func take(_ words: [String]) -> Bool {
    guard words.isEmpty else { return false }
    all = false
    (output, common) = (.unsaid, .unsaid)
    return true
  }
}

import ArgumentParser
import Records

/// The values at the end of a command line, and the options among them.
struct TrailingWords {
  var assignments: [Assignment] = []
  /// Words that assign nothing, if a list of plain texts takes them.
  var texts: [String] = []
  var input: DraftInput
  var write: WriteFlags
  var common: CommonOptions
  /// `nil` if the verb doesn't have the option.
  var noCarry: Bool?
  var format: Output.Format?

  /// - Parameters:
  ///   - takesTexts: whether words are taken literally.
  ///   - format: the format asked for before these words, if the verb has the option.
  ///   - keys: words that set none of these keys are text; without keys all words assign.
  init(
    _ words: [String], _ input: DraftInput, _ write: WriteFlags, _ common: CommonOptions,
    takesTexts: Bool = false, noCarry: Bool? = nil, format: Output.Format? = nil,
    keys: Set<String>? = nil
  ) throws {
    self.format = format
    func readFormat(_ word: String) throws {
      guard let format = Output.Format(rawValue: word) else {
        throw ValidationError("--format is text, json or jsonl")
      }
      self.format = format
    }
    self.input = input
    self.write = write
    self.common = common
    self.noCarry = noCarry
    var index = 0
    func value() throws -> String {
      index += 1
      guard index < words.count else { throw ValidationError("\(words[index - 1]) needs a value") }
      return words[index]
    }
    while index < words.count {
      let word = words[index]
      switch word {
      case "--from": self.input.from = try value()
      case "--edit": self.input.edit = true
      case "-m", "--message": self.write.message = try value()
      case "--on": self.write.on = try value()
      case "--no-commit": self.write.noCommit = true
      case "--no-verify": self.write.noVerify = true
      case "--no-input": self.common.noInput = true
      case "--format" where format != nil: try readFormat(try value())
      case "--no-carry" where noCarry != nil: self.noCarry = true
      case "--color":
        guard let choice = Terminal.ColorChoice(rawValue: try value()) else {
          throw ValidationError("--color is auto, always or never")
        }
        Terminal.setColor(choice)
      case "--help", "-h": throw CleanExit.helpRequest()
      case "--": break
      case _ where word.hasPrefix("--") && !word.contains(" "):
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw ValidationError("there is no option \(word)") }
        switch parts[0] {
        case "--from": self.input.from = parts[1]
        case "--message": self.write.message = parts[1]
        case "--on": self.write.on = parts[1]
        case "--format" where format != nil: try readFormat(parts[1])
        default: throw ValidationError("there is no option \(parts[0])")
        }
      case _ where takesTexts: texts.append(word)
      case _ where keys.map { !Self.assigns(word, $0) } ?? false: texts.append(word)
      default: assignments.append(try Assignment(word))
      }
      index += 1
    }
  }

  /// Whether a word sets one of the keys, or looks like setting a misspelt one.
  private static func assigns(_ word: String, _ keys: Set<String>) -> Bool {
    guard let assignment = try? Assignment(word),
      let first = try? FieldKey.tokens(assignment.key).first
    else { return false }
    // A text may have a sign of equality; a key has no blanks.
    return keys.contains(first) || !first.utf8.contains(UInt8(ascii: " "))
  }
}

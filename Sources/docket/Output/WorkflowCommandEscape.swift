import Store

/// Keeps text from being obeyed by the CI system that shows it.
///
/// GitHub's runner takes a line whose first characters, after blanks, are `::` for a command, and
/// `##[` anywhere in a line (actions/runner, ActionCommand.cs). Azure Pipelines and TeamCity have
/// `##vso[` and `##teamcity[`. All get an escape there, in the form of the document they are in.
enum WorkflowCommandEscape {
  /// How a character is escaped: as people see it, or as the format reads it.
  enum Form {
    case text, json, html

    fileprivate func escape(_ byte: UInt8) -> String {
      let digits = String(byte, radix: 16, uppercase: true)
      return switch self {
      case .text: "\\u{\(digits)}"
      case .json: "\\u00\(digits)"
      case .html: "&#x\(digits);"
      }
    }
  }

  /// Whether a runner that takes such commands reads what is printed here.
  static var isObeyed: Bool {
    let environment = Invocation.current.context.environment
    return ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"].contains {
      environment[$0]?.isEmpty == false
    }
  }

  /// Returns UTF-8 text in which no command is left. By bytes, as runners read it: what Swift calls
  /// a Character may begin with a colon or a bracket and go on.
  static func escaped(_ text: [UInt8], in form: Form) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var isStart = true
    var at = 0
    while at < text.count {
      let byte = text[at]
      let next = at + 1 < text.count ? text[at + 1] : 0
      if isStart, byte == UInt8(ascii: ":"), next == byte {
        result += form.escape(byte).utf8
      } else if byte == UInt8(ascii: "#"), next == byte, opensCommand(text, at + 2) {
        result.append(byte)
        result += form.escape(byte).utf8
        at += 1
      } else {
        result.append(byte)
      }
      // What isn't printable ASCII may be nothing to the runner; in front of a command it doesn't
      // count.
      if byte == 0x0A || byte == 0x0D {
        isStart = true
      } else if byte > 0x20, byte < 0x7F {
        isStart = false
      }
      at += 1
    }
    return result
  }

  /// Whether `[`, or a word and `[`, is at `at`.
  private static func opensCommand(_ text: [UInt8], _ at: Int) -> Bool {
    let rest = text[at...].prefix(32).drop { (0x61...0x7A).contains($0 | 0x20) }
    return rest.first == UInt8(ascii: "[")
  }
}

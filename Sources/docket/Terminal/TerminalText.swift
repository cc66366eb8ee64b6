/// A line to print: what is interpolated is a value, and can't forge a line or a control.
///
/// A literal is docket's own text. What was made ready by `Terminal.safe` or is several lines is said
/// to be so: `"\(prepared: line)"`.
struct TerminalText: ExpressibleByStringInterpolation {
  let text: String

  init(stringLiteral text: String) { self.text = text }

  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity * 2)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }

    mutating func appendInterpolation(_ value: some Any) { text += Terminal.safe("\(value)") }

    mutating func appendInterpolation(prepared text: String) { self.text += text }
  }
}

import JSONText

/// A piece of an HTML page: text and known elements, nothing else.
///
/// Text is escaped when it is written, and there is no way to add unescaped text. Tag names and
/// attributes are fixed, so that no record can add one. There is no case for a script, and links
/// lead only to elements of the same page.
///
/// A template library such as swift-mustache would need Foundation, which takes longer to load than
/// git takes to start; every docket command would pay for it.
indirect enum HTML: Sendable {
  case text(String)
  case element(Tag, [Attribute], [HTML])
  /// A style sheet from docket's code, not escaped.
  case style(String)

  enum Tag: String, Sendable {
    case html, head, title, meta, body
    case header, main, nav, section, footer, div
    case h1, h2, h3, h4, p, ol, ul, li, dl, dt, dd
    case table, caption, thead, tbody, tr, th, td
    case a, b, bdi, br, code, em, span, time

    var isVoid: Bool { self == .meta || self == .br }

    /// Whether line breaks around it have no meaning.
    var isBlock: Bool {
      switch self {
      case .a, .b, .bdi, .br, .code, .em, .span, .time: false
      default: true
      }
    }

    /// Whether it contains only blocks.
    var isContainer: Bool {
      switch self {
      case .html, .head, .body, .header, .main, .nav, .section, .footer, .div, .ol, .ul, .dl,
        .table, .thead, .tbody, .tr:
        true
      default: false
      }
    }
  }

  struct Attribute: Sendable {
    let name: String
    let value: String

    static func `class`(_ name: String) -> Attribute { .init(name: "class", value: name) }
    static func id(_ id: String) -> Attribute { .init(name: "id", value: id) }
    /// Links to the element with that id in this page.
    static func to(_ id: String) -> Attribute { .init(name: "href", value: "#" + id) }
    static func labelledBy(_ id: String) -> Attribute { .init(name: "aria-labelledby", value: id) }
    static func label(_ label: String) -> Attribute { .init(name: "aria-label", value: label) }
    static func role(_ role: String) -> Attribute { .init(name: "role", value: role) }
    static func lang(_ language: String) -> Attribute { .init(name: "lang", value: language) }
    static func datetime(_ time: String) -> Attribute { .init(name: "datetime", value: time) }
    static func column(_ title: String) -> Attribute { .init(name: "data-column", value: title) }
    /// The commit that a link leads to, for print.
    static func commit(_ id: String) -> Attribute { .init(name: "data-commit", value: id) }
    static func meta(_ name: String, _ value: String) -> Attribute {
      .init(name: name, value: value)
    }
    static let scopeColumn = Attribute(name: "scope", value: "col")
    static let scopeRow = Attribute(name: "scope", value: "row")
  }

  /// Returns the whole page.
  static func page(_ root: HTML) -> String {
    var text = "<!doctype html>\n"
    root.write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .text(let content): text += Self.escaped(content)
    case .style(let sheet): text += "<style>\n\(sheet)\n</style>\n"
    case .element(let tag, let attributes, let children):
      text += "<\(tag.rawValue)"
      for attribute in attributes {
        text += " \(attribute.name)=\"\(Self.escaped(attribute.value))\""
      }
      text += ">"
      guard !tag.isVoid else {
        if tag.isBlock { text += "\n" }
        return
      }
      if tag.isContainer { text += "\n" }
      for child in children { child.write(to: &text) }
      text += "</\(tag.rawValue)>"
      if tag.isBlock { text += "\n" }
    }
  }

  /// Escapes text for use between tags and in double-quoted attribute values.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in DeceptiveCharacters.shown(in: text).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

/// Builds lists of pieces from strings, elements, `if` and `for`.
@resultBuilder
enum HTMLBuilder {
  static func buildExpression(_ text: String) -> [HTML] { [.text(text)] }
  static func buildExpression(_ piece: HTML) -> [HTML] { [piece] }
  static func buildExpression(_ pieces: [HTML]) -> [HTML] { pieces }
  static func buildBlock(_ pieces: [HTML]...) -> [HTML] { pieces.flatMap(\.self) }
  static func buildOptional(_ pieces: [HTML]?) -> [HTML] { pieces ?? [] }
  static func buildEither(first pieces: [HTML]) -> [HTML] { pieces }
  static func buildEither(second pieces: [HTML]) -> [HTML] { pieces }
  static func buildArray(_ pieces: [[HTML]]) -> [HTML] { pieces.flatMap(\.self) }
}

extension HTML.Tag {
  /// Makes an element: `.p(.class("note")) { "Text" }`, or `HTML.Tag.br()`.
  func callAsFunction(
    _ attributes: HTML.Attribute..., @HTMLBuilder content: () -> [HTML] = { [] }
  ) -> HTML {
    .element(self, attributes, content())
  }
}

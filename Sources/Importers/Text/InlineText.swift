internal import CCmarkGFM

/// One line of Markdown without its marks, and its links.
struct InlineText: Sendable, Equatable {
  struct Segment: Sendable, Equatable {
    var text: String
    /// The link's address if the text is a link.
    var url: String?
  }

  var segments: [Segment]

  /// Parses `source`, the content of a line: no bullet, no heading marks.
  init(_ source: String) {
    // A heading's text cannot be a block of its own; the dot keeps a trailing `#` from closing it.
    var text = "# " + source.replacingLineBreaks() + " .\n"
    segments = []
    let root = text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) {
        cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT)
      }
    }
    guard let root else {
      segments = [Segment(text: source)]
      return
    }
    defer { cmark_node_free(root) }
    segments = Self.collect(root)
    segments.dropClosingDot()
  }

  var plain: String { segments.map(\.text).joined().trimmed }

  /// The links in order, then bare addresses and issue numbers in the text, each once.
  var links: [LinkDraft] {
    var found: [LinkDraft] = []
    for segment in segments {
      if let url = segment.url {
        found.append(LinkDraft(label: segment.text.trimmed, url: url))
      } else {
        found += BareReference.find(in: segment.text).map(\.link)
      }
    }
    // A link with the same label is preferred to an issue number in the text.
    let addressed = Set(found.filter { !$0.url.isEmpty }.map(\.label))
    return found.filter { !$0.url.isEmpty || !addressed.contains($0.label) }.uniqued()
  }

  private static func collect(_ root: OpaquePointer) -> [Segment] {
    guard let iterator = cmark_iter_new(root) else { return [] }
    defer { cmark_iter_free(iterator) }
    var segments: [Segment] = []
    var linkDepth = 0
    func append(_ text: String) {
      guard !text.isEmpty, let last = segments.indices.last else {
        if !text.isEmpty { segments.append(Segment(text: text)) }
        return
      }
      if linkDepth > 0 || segments[last].url == nil {
        segments[last].text += text
      } else {
        segments.append(Segment(text: text))
      }
    }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return segments }
      guard let node = cmark_iter_get_node(iterator) else { continue }
      switch cmark_node_get_type(node) {
      case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
        if event == CMARK_EVENT_ENTER {
          if linkDepth == 0 {
            let url = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
            segments.append(Segment(text: "", url: url))
          }
          linkDepth += 1
        } else {
          linkDepth -= 1
        }
      case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE:
        if event == CMARK_EVENT_ENTER {
          append(cmark_node_get_literal(node).map { String(cString: $0) } ?? "")
        }
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
        if event == CMARK_EVENT_ENTER { append(" ") }
      default:
        break
      }
    }
  }
}

extension [InlineText.Segment] {
  fileprivate mutating func dropClosingDot() {
    guard let last = indices.last, self[last].url == nil else { return }
    if self[last].text.hasSuffix(" .") {
      self[last].text.removeLast(2)
    } else if self[last].text == "." {
      self[last].text = ""
    }
    if self[last].text.isEmpty { removeLast() }
  }
}

extension String {
  fileprivate func replacingLineBreaks() -> String {
    String(map { $0.isNewline ? " " : $0 })
  }
}

extension Sequence where Element: Hashable {
  /// Returns each element once, at its first position.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

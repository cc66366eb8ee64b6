/// A link and its label. `url` is empty if the text only names an issue (`#12`).
package struct LinkDraft: Sendable, Hashable {
  package var label: String
  package var url: String

  package init(label: String, url: String) {
    self.label = label
    self.url = url
  }
}

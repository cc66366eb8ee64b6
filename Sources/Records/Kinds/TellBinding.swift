package import JSONText

/// The `x-docket.tell` of a kind: `docket tell` writes records of it.
package struct TellBinding: Sendable {
  /// The place of the text.
  package let text: JSONPointer
  /// The relation to what it is about.
  package let about: String
  /// The relation to what it answers.
  package let answers: String
  /// The places of those who were told, of who told them and of the day.
  package let to: JSONPointer?
  package let by: JSONPointer?
  package let on: JSONPointer?

  init?(_ node: JSONNode) {
    guard let text = JSONPointer(place: node["text"]), let about = node["about"]?.string,
      let answers = node["answers"]?.string
    else { return nil }
    (self.text, self.about, self.answers) = (text, about, answers)
    to = JSONPointer(place: node["to"])
    by = JSONPointer(place: node["by"])
    on = JSONPointer(place: node["on"])
  }
}

extension KindCatalog {
  /// The kind that `docket tell` writes, and how.
  package var tellKind: (kind: Kind, binding: TellBinding)? {
    kinds.lazy.compactMap { kind in kind.tell.map { (kind, $0) } }.first
  }
}

import JSONSchema
import JSONText
import Records
import Store

/// Asks for a new record field by field, as its schema describes it.
struct GuidedEntry {
  let tracker: Tracker
  /// What the new record takes over; `nil` if it takes over nothing.
  private let carryOver: CarryOverCollection?

  init(_ tracker: Tracker, carryOver: CarryOverCollection?) {
    self.tracker = tracker
    self.carryOver = carryOver
  }

  /// Fills the draft from what is typed; Enter alone skips optional fields.
  ///
  /// - Returns: the draft, and the drafts of records it takes over that change.
  func fill(_ draft: Draft) throws -> [Draft] {
    var draft = draft
    var changed: [Draft] = []
    let kind = draft.kind
    Terminal.complain(
      "A new \(kind.title.lowercased()). Enter skips; Ctrl-C leaves without a trace.", .dim)
    let required = Set(kind.document.root["required"]?.elements.compactMap(\.string) ?? [])
    var keys = kind.form.isEmpty ? kind.view.propertyNames : kind.form
    // Required fields are asked for even if the form lacks them.
    keys += kind.view.propertyNames.filter { required.contains($0) && !keys.contains($0) }
    keys.removeAll { Kind.identityKeys.contains($0) }
    // Records are taken over as soon as the values that select them are known.
    var unknown = kind.carries.map { Set($0.keys + [kind.dateKey].compactMap { $0 }) }
    for key in keys {
      if draft.value[key] == nil, let view = kind.view.property(key), !view.isHidden {
        try ask(key, view, isRequired: required.contains(key), in: &draft)
        if key == kind.titleKey { showSimilar(to: draft) }
      }
      unknown?.remove(key)
      if let carryOver, unknown?.isEmpty == true {
        unknown = nil
        changed = try review(carryOver.link(into: &draft), carryOver)
      }
    }
    return [draft] + changed
  }

  func ask(_ key: String, _ view: SchemaView, isRequired: Bool, in draft: inout Draft)
    throws
  {
    if !view.propertyNames.isEmpty, view.items == nil {
      for name in view.propertyNames {
        guard let inner = view.property(name), !inner.isHidden else { continue }
        try ask("\(key).\(name)", inner, isRequired: false, in: &draft)
      }
      return
    }
    // Lists of objects are better extended with `docket add`.
    if let items = view.items, !items.propertyNames.isEmpty { return }
    while true {
      guard let answer = prompt(view, key, isRequired: isRequired) else {
        throw StoreError.refused("nothing was written: the input ended")
      }
      if answer.isEmpty {
        if !isRequired { return }
        Terminal.complain("  this one is needed")
        continue
      }
      do {
        var value = draft.value
        try Assignment("\(key)=\(answer)").apply(
          to: &value, view: draft.kind.view, makeItemID: tracker.makeItemID)
        if let problem = try problem(with: value, under: key, draft) {
          Terminal.complain("  \(problem)")
          continue
        }
        draft.value = value
        return
      } catch let problem as KeyProblem {
        Terminal.complain("  \(problem)")
      }
    }
  }

  private func prompt(_ view: SchemaView, _ key: String, isRequired: Bool) -> String? {
    var text = Terminal.styled(Terminal.safe(view.title ?? key), .bold, on: 2)
    if let summary = view.summary {
      text += Terminal.styled("  \(Terminal.safe(summary))", .dim, on: 2)
    }
    Terminal.complain("\(prepared: text)")
    let choices = view.choices
    if !choices.isEmpty {
      Terminal.complain(
        "  \(choices.enumerated().map { "\($0.offset + 1) \($0.element)" }.joined(separator: " · "))"
      )
    }
    Terminal.ask(isRequired ? "* " : "> ")
    guard let line = readLine() else { return nil }
    let answer = line.trimmed
    if let number = Int(answer), choices.indices.contains(number - 1), !choices.contains(answer) {
      return choices[number - 1]
    }
    return answer
  }

  /// Returns the schema's error for the value just typed, while other fields are still missing.
  private func problem(with value: JSONValue, under key: String, _ draft: Draft) throws -> String? {
    let compiled = try tracker.catalog.compiledKind(for: draft.kind)
    let bytes = JSONPrinter.canonical(value, order: draft.kind.view)
    let document = try JSONDocument(parsing: bytes)
    let place = JSONPointer(tokens: try FieldKey.tokens(key))
    return compiled.schema.validate(document.root).first {
      $0.keyword != "required" && place.contains($0.pointer)
    }?.message
  }

  /// Shows open records of the kind that share words with the title, as possible duplicates.
  private func showSimilar(to draft: Draft) {
    let finder = SimilarRecords(tracker)
    // Nothing is lost without them.
    guard
      let similar = try? finder.similar(to: draft.kind.heading(of: draft.value), in: draft.kind),
      !similar.isEmpty
    else { return }
    let add = SimilarRecords.adding(to: draft.kind, tracker.catalog)
    Terminal.complain(
      "  Is it one of these?\(add.map { " Then Ctrl-C, and: \($0)" } ?? "")", .yellow)
    for record in similar { Terminal.complain("  \(record.line)") }
  }
}

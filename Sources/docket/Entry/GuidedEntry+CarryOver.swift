import JSONText
import Records
import Store

extension GuidedEntry {
  /// Asks about each record that earlier ones left open: it stays open, changes state, or gets
  /// another day or owner.
  ///
  /// - Returns: the drafts of those that change.
  func review(_ open: [RecordFile], _ carryOver: CarryOverCollection) throws -> [Draft] {
    guard !open.isEmpty else { return [] }
    Terminal.complain(
      "Still open: \(CarryOverCollection.count(open, open.count, tracker.catalog)). Enter leaves one open.",
      .bold)
    return try open.compactMap { record in
      Terminal.complain("  \(carryOver.line(record))")
      return try ask(about: record)
    }
  }

  private func ask(about record: RecordFile) throws -> Draft? {
    let base = try tracker.draft(changing: record.id.text)
    guard let workflow = base.kind.workflow else { return nil }
    let states = workflow.next(after: base.kind.state(of: base.value) ?? workflow.initial)
    var offers = states.enumerated().map { "\($0.offset + 1) \($0.element)" }
    if base.kind.dateKey != nil { offers.append("a new day, like \(tracker.today)") }
    let person = base.kind.view.propertyNames.first {
      base.kind.view.property($0)?.isPerson == true
    }
    if let person { offers.append("\(person)=… hands it on") }
    Terminal.complain("  \(offers.joined(separator: " · "))")
    while true {
      guard let answer = try line("> ") else { return nil }
      var draft = base
      do {
        if let state = state(meantBy: answer, among: states) {
          draft.value[workflow.property] = .string(state)
          for key in workflow.asks[state] ?? [] {
            guard let view = draft.kind.view.property(key) else { continue }
            try ask(key, view, isRequired: tracker.firstError(in: draft) != nil, in: &draft)
          }
          return draft
        }
        if let key = base.kind.dateKey, CivilDate(answer) != nil {
          draft.value[key] = .string(answer)
          return draft
        }
        guard answer.contains("=") else {
          Terminal.complain("  \"\(Terminal.safe(answer))\" is none of these")
          continue
        }
        try draft.apply([Assignment(answer)], makeItemID: tracker.makeItemID)
        if let error = tracker.firstError(in: draft) {
          Terminal.complain("  \(Terminal.safe(error.message))")
          continue
        }
        return draft
      } catch let problem as KeyProblem {
        Terminal.complain("  \(Terminal.safe(problem.description))")
      }
    }
  }

  private func state(meantBy answer: String, among states: [String]) -> String? {
    if let number = Int(answer), states.indices.contains(number - 1) { return states[number - 1] }
    return states.first { $0 == answer.lowercased() }
  }

  /// Returns the answer, or `nil` if it is empty.
  private func line(_ prompt: String) throws -> String? {
    Terminal.ask(prompt)
    guard let line = readLine() else {
      throw StoreError.refused("nothing was written: the input ended")
    }
    let answer = line.trimmed
    return answer.isEmpty ? nil : answer
  }
}

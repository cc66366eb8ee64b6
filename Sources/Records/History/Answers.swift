/// Which feedback was answered, by what and when.
///
/// Feedback is answered by the first answer, later in history, that names it, or that is about what it
/// is about and names none. That is derived from the records and their commits, and never stored.
package struct Answers: Sendable {
  package struct Answer: Sendable, Hashable {
    package let id: RecordID
    package let moment: RecordHistory.Moment
  }

  /// Feedback, and when it came.
  package struct Question: Sendable {
    package let id: RecordID
    package let about: Set<RecordID>
    package let moment: RecordHistory.Moment

    package init(id: RecordID, about: Set<RecordID>, moment: RecordHistory.Moment) {
      (self.id, self.about, self.moment) = (id, about, moment)
    }
  }

  /// An answer, and when it was given.
  package struct Reply: Sendable {
    package let id: RecordID
    package let about: Set<RecordID>
    /// The feedback that it names.
    package let names: Set<RecordID>
    package let moment: RecordHistory.Moment

    package init(
      id: RecordID, about: Set<RecordID>, names: Set<RecordID>, moment: RecordHistory.Moment
    ) {
      (self.id, self.about, self.names, self.moment) = (id, about, names, moment)
    }
  }

  /// The answer to each piece of feedback that has one.
  package private(set) var ofFeedback: [RecordID: Answer] = [:]
  /// The first answer about each record, whether it names feedback or not.
  package private(set) var aboutRecord: [RecordID: Answer] = [:]

  package init() {}

  /// - Parameter isAncestor: whether the first moment's commit is an ancestor of the second's, or the
  ///   same: an answer on a branch that didn't know the feedback is none to it.
  package init(
    to questions: [Question], among replies: [Reply],
    isAncestor: (RecordHistory.Moment, RecordHistory.Moment) -> Bool
  ) {
    var naming: [RecordID: [Reply]] = [:]
    var general: [RecordID: [Reply]] = [:]
    for reply in replies.sorted(by: { ($0.moment.order, $0.id) < ($1.moment.order, $1.id) }) {
      for id in reply.names { naming[id, default: []].append(reply) }
      for id in reply.about {
        if reply.names.isEmpty { general[id, default: []].append(reply) }
        if aboutRecord[id] == nil { aboutRecord[id] = Answer(id: reply.id, moment: reply.moment) }
      }
    }
    for question in questions {
      let candidates =
        (naming[question.id] ?? [])
        + question.about.flatMap { id in
          (general[id] ?? []).filter { isAncestor(question.moment, $0.moment) }
        }
      let first = candidates.min { ($0.moment.order, $0.id) < ($1.moment.order, $1.id) }
      ofFeedback[question.id] = first.map { Answer(id: $0.id, moment: $0.moment) }
    }
  }
}

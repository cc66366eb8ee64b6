import JSONSchema
package import JSONText

/// A waiting rule of a kind's schema: what open records wait for, and who has to act.
package struct WaitingRule: Sendable {
  /// What the record waits for: "to do", "to approve".
  package let what: String
  /// The places of the handles of the people who have to act.
  package let people: [PointerPattern]
  /// The places of areas and of teams; everyone responsible for the area or in the team has to act.
  package let areas: [PointerPattern]
  package let teams: [PointerPattern]
  /// The pointer of `when` in the schema's file; if `nil`, the rule applies to any open record.
  package let when: JSONPointer?
  /// The collection of what is to be answered, and that of the answers, where the rule is about
  /// answers.
  package let unanswered: (collection: String, answers: String)?
  /// Whether it names nobody who has to act: then everybody of the platform team has to.
  package var isForTeam: Bool { people.isEmpty && areas.isEmpty && teams.isEmpty }
  /// The place of the due date.
  package let due: JSONPointer?
  /// The place of the day before which the record doesn't wait yet.
  package let notBefore: JSONPointer?
  /// The next command, with `{id}` for the record's id.
  package let next: String?
  /// The query that lists all records that wait by this rule.
  package let list: String?

  init?(_ node: JSONNode, at pointer: JSONPointer) {
    guard let what = node["what"]?.string else { return nil }
    self.what = what
    func places(_ key: String) -> [PointerPattern] {
      node[key]?.elements.compactMap { $0.string.flatMap(PointerPattern.init) } ?? []
    }
    func place(_ key: String) -> JSONPointer? {
      node[key]?.string.flatMap { try? JSONPointer(parsing: $0) }
    }
    people = places("for")
    areas = places("forArea")
    teams = places("forTeam")
    when = node["when"].map { _ in pointer.appending("when") }
    unanswered = node["unanswered"].flatMap { node in
      node["collection"]?.string.flatMap { name in node["in"]?.string.map { (name, $0) } }
    }
    due = place("due")
    notBefore = place("notBefore")
    next = node["next"]?.string
    list = node["list"]?.string
  }
}

/// Everything that waits for someone in one state of the records.
package struct Inbox: Sendable {
  /// A record that waits by one rule.
  package struct Item: Sendable {
    package let record: RecordFile
    package let kind: Kind
    package let rule: WaitingRule
    package let due: CivilDate?
    /// Days since the due date; negative before it.
    package let daysLate: Int?
    /// The handles of the people who have to act, as written in the record.
    package let people: [String]
    let areas: Set<String>
    let teams: Set<String>

    package var isLate: Bool { (daysLate ?? 0) > 0 }

    /// Returns the next command for the record, with `id` as the user should type it.
    package func next(_ id: String) -> String? {
      rule.next?.replacing("{id}", with: id)
    }

    package func isFor(_ handle: String, _ person: Roster.Person?) -> Bool {
      if people.contains(handle) { return true }
      if rule.isForTeam { return person?.group != "developer" }
      if !areas.isDisjoint(with: person?.areas ?? []) { return true }
      return person?.team.map { teams.contains($0) } ?? false
    }
  }

  /// Sorted by due date, undated items last, then in the order of the kinds.
  package let items: [Item]

  /// - Parameter stillWaiting: of feedback that a general answer may have come too early for, returns
  ///   the ids of what nobody has answered, which history tells.
  package init(
    _ records: [RecordFile], catalog: KindCatalog, on today: CivilDate,
    stillWaiting: ([RecordFile]) -> Set<RecordID> = { Set($0.map(\.id)) }
  ) {
    let replies = Lazy { ReplyLinks(records, catalog) }
    var items: [(item: Item, order: Int, day: CivilDate?)] = []
    var order = 0
    for kind in catalog.kinds {
      let own = records.filter { $0.id.prefix == kind.prefix && !kind.isClosed($0.root) }
      for rule in kind.waits {
        order += 1
        // A condition that doesn't compile is an error in the definition; `docket check` reports
        // it.
        let condition = try? rule.when.map { try catalog.schema(inFile: kind.fileName, at: $0) }
        if rule.when != nil, condition == nil { continue }
        let waits: Set<RecordID>? = rule.unanswered.map {
          replies.value.waiting(own, kind, $0, catalog, stillWaiting)
        }
        for record in own
        where (condition?.isValid(record.root) ?? true) && (waits?.contains(record.id) ?? true) {
          func day(_ place: JSONPointer?) -> CivilDate? {
            place.flatMap { record.root.node(at: $0)?.string }.flatMap { CivilDate($0) }
          }
          if rule.notBefore != nil {
            guard let first = day(rule.notBefore), first <= today else { continue }
          }
          let due = day(rule.due)
          func texts(_ places: [PointerPattern]) -> [String] {
            places.flatMap { $0.places(in: record.root).compactMap(\.node.string) }
          }
          var seen: Set<String> = []
          let item = Item(
            record: record, kind: kind, rule: rule, due: due,
            daysLate: due.map { today.daysSinceEpoch - $0.daysSinceEpoch },
            people: texts(rule.people).filter { seen.insert($0).inserted },
            areas: Set(texts(rule.areas)), teams: Set(texts(rule.teams)))
          items.append((item, order, kind.day(of: record.root)))
        }
      }
    }
    self.items = items.sorted { left, right in
      if left.item.due != right.item.due {
        return CivilDate.isBefore(left.item.due, right.item.due)
      }
      if left.order != right.order { return left.order < right.order }
      if left.day != right.day { return CivilDate.isBefore(left.day, right.day) }
      return left.item.record.id < right.item.record.id
    }.map(\.item)
  }

  /// Returns the items for one person; a record that waits by two rules appears once, under the
  /// first.
  package func items(for handle: String, on roster: Roster) -> [Item] {
    var seen: Set<RecordID> = []
    return items.filter {
      $0.isFor(handle, roster[handle]) && seen.insert($0.record.id).inserted
    }
  }

  /// The number of items, and of late ones, by kind and by what they wait for.
  package var counts: [(kind: Kind, rule: WaitingRule, count: Int, late: Int)] {
    var counts: [(kind: Kind, rule: WaitingRule, count: Int, late: Int)] = []
    for item in items {
      let late = item.isLate ? 1 : 0
      if let index = counts.firstIndex(where: {
        $0.kind.name == item.kind.name && $0.rule.what == item.rule.what
      }) {
        counts[index].count += 1
        counts[index].late += late
      } else {
        counts.append((item.kind, item.rule, 1, late))
      }
    }
    return counts
  }
}

import JSONSchema
package import JSONText

/// What records of a kind wait for, and from whom, as the kind's schema says.
package struct WaitingRule: Sendable {
  /// "to do", "to approve".
  package let what: String
  /// Places of the handles whose turn it is.
  package let people: [PointerPattern]
  /// Places of areas and of teams: everybody who looks after one, or is in one.
  package let areas: [PointerPattern]
  package let teams: [PointerPattern]
  /// Where in the schema's file `when` stands; any open record where absent.
  package let when: JSONPointer?
  /// The day by which.
  package let due: JSONPointer?
  /// The day before which it does not wait yet.
  package let notBefore: JSONPointer?
  /// The next command; `{id}` stands for the record.
  package let next: String?
  /// The query that lists all that wait like this.
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
    due = place("due")
    notBefore = place("notBefore")
    next = node["next"]?.string
    list = node["list"]?.string
  }
}

/// All that waits for somebody in one state of the records.
package struct Inbox: Sendable {
  /// One record that waits for one thing.
  package struct Item: Sendable {
    package let record: RecordFile
    package let kind: Kind
    package let rule: WaitingRule
    package let due: CivilDate?
    /// Negative before the day.
    package let daysLate: Int?
    /// The handles whose turn it is, as the record names them.
    package let people: [String]
    let areas: Set<String>
    let teams: Set<String>

    package var isLate: Bool { (daysLate ?? 0) > 0 }

    /// The next command, with the id as it is to be typed.
    package func next(_ id: String) -> String? {
      rule.next?.replacing("{id}", with: id)
    }

    package func isFor(_ handle: String, _ person: Roster.Person?) -> Bool {
      if people.contains(handle) { return true }
      if !areas.isDisjoint(with: person?.areas ?? []) { return true }
      return person?.team.map { teams.contains($0) } ?? false
    }
  }

  /// What is due first in front, then what has no day, in the order of the kinds.
  package let items: [Item]

  package init(_ records: [RecordFile], catalog: KindCatalog, on today: CivilDate) {
    var items: [(item: Item, order: Int, day: CivilDate?)] = []
    var order = 0
    for kind in catalog.kinds {
      let own = records.filter { $0.id.prefix == kind.prefix && !kind.isClosed($0.root) }
      for rule in kind.waits {
        order += 1
        // A condition that doesn't compile is a fault of the ground's, told by check.
        let condition = try? rule.when.map { try catalog.schema(inFile: kind.fileName, at: $0) }
        if rule.when != nil, condition == nil { continue }
        for record in own where condition?.isValid(record.root) ?? true {
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

  /// What waits for one person; a record that waits for two things, for the first of them.
  package func items(for handle: String, on roster: Roster) -> [Item] {
    var seen: Set<RecordID> = []
    return items.filter {
      $0.isFor(handle, roster[handle]) && seen.insert($0.record.id).inserted
    }
  }

  /// Everything, counted by kind and by what it waits for.
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

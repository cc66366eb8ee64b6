/// The input of `evidence/1` for one record, gathered from it, its duplicates and the minutes.
package struct RankInput: Sendable {
  /// An item of evidence.
  package struct Item: Sendable, Equatable {
    /// The record that contains it: the ranked one or a duplicate.
    package var record: RecordID
    /// The item's own id.
    package var item: String?
    package var who: String?
    package var team: String?
    package var isObserved: Bool
    package var date: CivilDate?
    /// What it was before a migration; it keeps its place among the others.
    package var origin: MigrationOrigin?

    package init(
      record: RecordID, item: String?, who: String?, team: String?, isObserved: Bool,
      date: CivilDate?
    ) {
      self.record = record
      self.item = item
      self.who = who
      self.team = team
      self.isObserved = isObserved
      self.date = date
    }
  }

  /// A board member's position on working on it.
  package struct Position: Sendable, Equatable {
    package enum Stance: Sendable { case valuable, notValuable, neither }

    /// The record that contains it: minutes.
    package var record: RecordID
    package var item: String?
    package var who: String?
    package var team: String?
    package var stance: Stance
    /// The value as written: `not-valuable`.
    package var value: String
    package var date: CivilDate?

    package init(
      record: RecordID, item: String?, who: String?, team: String?, stance: Stance, value: String,
      date: CivilDate?
    ) {
      self.record = record
      self.item = item
      self.who = who
      self.team = team
      self.stance = stance
      self.value = value
      self.date = date
    }
  }

  package var items: [Item]
  package var severity: Int?
  package var frequency: String?
  package var reach: Int?
  package var positions: [Position]

  package init(
    items: [Item] = [], severity: Int? = nil, frequency: String? = nil, reach: Int? = nil,
    positions: [Position] = []
  ) {
    self.items = items
    self.severity = severity
    self.frequency = frequency
    self.reach = reach
    self.positions = positions
  }
}

/// Identifies people by handle if it is on the roster, else by name and team.
///
/// A pseudonym or a role means one person of its team. Without a team, it means the person of that
/// name in the alphabetically first team. Evidence that names nobody counts as one more person of
/// its team, however many items there are.
package struct PersonFinder {
  private let roster: Roster
  private var teams: [String: String] = [:]

  package init(_ mentions: [(who: String?, team: String?)], roster: Roster) {
    self.roster = roster
    for mention in mentions {
      let team = Person.key(mention.team)
      guard !team.isEmpty else { continue }
      let name = Person.key(mention.who)
      teams[name] = min(teams[name] ?? team, team)
    }
  }

  package func person(_ who: String?, _ team: String?) -> Person {
    if let handle = handle(who) { return Person(name: handle, team: "") }
    let name = Person.key(who)
    let team = Person.key(team)
    // An unnamed person without a team stays separate: nothing identifies them with one of a team.
    if team.isEmpty, !name.isEmpty { return Person(name: name, team: teams[name] ?? "") }
    return Person(name: name, team: team)
  }

  /// Returns the team of an item, from the roster if the item has none.
  package func team(_ who: String?, _ team: String?) -> String? {
    if let team, !Person.key(team).isEmpty { return team }
    return handle(who).flatMap { roster[$0]?.team }
  }

  private func handle(_ who: String?) -> String? {
    guard let who = who?.trimmed else { return nil }
    return roster[who] != nil ? who : roster[who.lowercased()] != nil ? who.lowercased() : nil
  }
}

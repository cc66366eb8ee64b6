/// A check that looks beyond one record's content, called by name from rules in schemas.
///
/// Pure: all its input is in a `StateView`.
package struct NamedCheck: Sendable {
  /// What the check needs to run. On a change, only neighbours are available.
  package enum Need: Sendable, Hashable {
    /// Other records, looked up one by one.
    case neighbours
    /// The records of a record's collections. A change's hook opens no other records, so it has none.
    case collections
    /// All records, and the links among them.
    case state
    case day
    /// How long docket has tracked this repository.
    case age
    /// When records were added, entered their states and got their first list items.
    case history
  }

  package enum Body: Sendable {
    /// Runs for each record that the rule applies to.
    case each(@Sendable (RecordFile, CheckArguments, StateView) -> [CheckNote])
    /// Runs once for all records that the rule applies to; its notes are about the config.
    case all(@Sendable ([RecordFile], CheckArguments, StateView) -> [CheckNote])
  }

  /// An argument in `with`, optional or required.
  package struct Parameter: Sendable {
    package enum ValueType: Sendable {
      /// A JSON Pointer, with `*` for any key or item.
      case place
      case word
      case words
      case number
      /// `true` or `false`.
      case flag
      /// A JSON Schema.
      case condition
    }

    package let name: String
    package let type: ValueType
    package let isRequired: Bool
    /// For `docs/schema-vocabulary.md`.
    package let meaning: String

    package static func required(_ name: String, _ type: ValueType, _ meaning: String) -> Parameter
    {
      Parameter(name: name, type: type, isRequired: true, meaning: meaning)
    }

    package static func optional(_ name: String, _ type: ValueType, _ meaning: String) -> Parameter
    {
      Parameter(name: name, type: type, isRequired: false, meaning: meaning)
    }
  }

  /// The name in kebab-case; stable, because schemas use it.
  package let name: String
  /// What it requires of a record, as the rest of a sentence that begins with "It asks that".
  package let asks: String
  package let needs: Set<Need>
  package let parameters: [Parameter]
  /// The facts that messages and hints may insert.
  package let facts: [(name: String, meaning: String)]
  /// Example facts for a rule's general description.
  package let examples: [String: String]
  /// Whether the config asks for it; otherwise it isn't run.
  package let isWanted: @Sendable (CheckArguments, TrackerConfig) -> Bool
  package let body: Body

  package init(
    name: String, asks: String, needs: Set<Need>, parameters: [Parameter],
    facts: [(name: String, meaning: String)],
    examples: [String: String] = [:],
    isWanted: @escaping @Sendable (CheckArguments, TrackerConfig) -> Bool = { _, _ in true },
    body: Body
  ) {
    self.name = name
    self.asks = asks
    self.needs = needs
    self.parameters = parameters
    self.facts = facts
    self.examples = examples
    self.isWanted = isWanted
    self.body = body
  }

  package static func named(_ name: String) -> NamedCheck? { byName[name] }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}

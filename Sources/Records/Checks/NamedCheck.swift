/// A predicate that looks beyond one record's content; schemas name it in their rules.
///
/// Pure: everything it may look at comes in a `StateView`.
package struct NamedCheck: Sendable {
  /// What must be known for the check to run. A change offers neighbours alone.
  package enum Need: Sendable, Hashable {
    /// Other records, looked up one by one.
    case neighbours
    /// All records, and the links among them.
    case state
    case day
    /// How long docket has tracked this repository.
    case age
    /// When things happened to records.
    case history
  }

  package enum Body: Sendable {
    /// Asked of each record that the rule is about.
    case each(@Sendable (RecordFile, CheckArguments, StateView) -> [CheckNote])
    /// Asked once of all records that the rule is about; its remarks are about the config.
    case all(@Sendable ([RecordFile], CheckArguments, StateView) -> [CheckNote])
  }

  /// What `with` may or must hold.
  package struct Parameter: Sendable {
    package enum ValueType: Sendable {
      /// A JSON Pointer, `*` standing for any key or item.
      case place
      case word
      case words
      case number
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

  /// In kebab-case; a promise, for schemas name it.
  package let name: String
  /// What it asks of a record, the rest of a sentence that begins with "It asks that".
  package let asks: String
  package let needs: Set<Need>
  package let parameters: [Parameter]
  /// What messages and hints may insert.
  package let facts: [(name: String, meaning: String)]
  /// What stands in place of facts where a rule is told of in general.
  package let examples: [String: String]
  /// Whether the config asks for it; what nobody asked for isn't computed.
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

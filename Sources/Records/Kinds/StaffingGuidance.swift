import JSONText

/// `staffing` of the config: the limits that product roles of a team are checked against. Omitted
/// values default as in `schema/config.schema.json`.
package struct StaffingGuidance: Sendable, Equatable {
  /// A range of numbers, both ends included.
  package struct Span: Sendable, Equatable {
    package let from: Double
    package let to: Double
  }

  /// Below this many developers, a lead trained in product work is enough.
  package let trainLeadBelow: Double
  /// Above this many developers, it takes a full-time product manager.
  package let dedicatedAbove: Double
  /// From this many sub-platforms on, it takes several product managers.
  package let teamFromSubPlatforms: Double
  private let spans: [String: Span]

  package init(_ config: TrackerConfig) {
    let staffing = config.value["staffing"]
    func number(_ key: String, _ standard: Double) -> Double {
      staffing?[key]?.number?.double ?? standard
    }
    trainLeadBelow = number("trainLeadBelow", 50)
    dedicatedAbove = number("dedicatedAbove", 100)
    teamFromSubPlatforms = number("productTeamFromSubPlatforms", 2)
    var spans = [
      "usual": Span(from: 5, to: 7), "broad": Span(from: 5, to: 5),
      "narrow": Span(from: 8, to: 10),
    ]
    for scope in spans.keys {
      let own = staffing?["engineersPerProductManager"]?[scope]
      guard let from = own?["from"]?.number?.double, let to = own?["to"]?.number?.double else {
        continue
      }
      spans[scope] = Span(from: from, to: to)
    }
    self.spans = spans
  }

  /// Returns how many engineers one product manager serves; an unknown scope counts as the usual
  /// one.
  package func engineersPerManager(scope: String?) -> Span {
    scope.flatMap { spans[$0] } ?? spans["usual"] ?? Span(from: 5, to: 7)
  }
}

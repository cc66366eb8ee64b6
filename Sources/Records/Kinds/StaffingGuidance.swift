import JSONText

/// `staffing` of the config: by what the product roles of a team are judged. What a config leaves out
/// is as `schema/config.schema.json` says by default.
package struct StaffingGuidance: Sendable, Equatable {
  /// From a number to a number, both included.
  package struct Span: Sendable, Equatable {
    package let from: Double
    package let to: Double
  }

  /// Below so many developers a lead trained for it is enough.
  package let trainLeadBelow: Double
  /// Above so many it takes somebody full time.
  package let dedicatedAbove: Double
  /// From so many sub-platforms on it takes several.
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

  /// How many engineers one product manager serves; a scope that isn't known is the usual one.
  package func engineersPerManager(scope: String?) -> Span {
    scope.flatMap { spans[$0] } ?? spans["usual"] ?? Span(from: 5, to: 7)
  }
}

import Foundation
import TestSupport
import Testing

/// What a decision was accepted on stays apart from what came later.
@Suite("the ground of decisions in the audit") struct GroundTests {
  @Test("evidence of the commit that accepted it, and what is new since")
  func ground() throws {
    let repository = try ScratchRepository.tracked()
    let pain = try repository.new("pain-point", "title=Deploys take a day")
    let early = try repository.say(["note", "a", "team=web", "about=\(pain)"])
    let decision = try repository.new("decision", "title=Cache", "addresses=\(pain)")
    let proposed = try repository.say(["note", "b", "team=ops", "about=\(pain)"])
    try repository.say(["move", decision, "accepted"])
    let accepted = try repository.head().prefix(10)
    let late = try repository.say(["note", "c", "team=app", "about=\(pain)"])
    let reaction = try repository.say(["note", "d", "team=app", "about=\(decision)"])
    let report = try repository.docket("report", "audit").output
    let row = try #require(
      report.split(separator: "\n").first { $0.contains("Evidence when accepted") }, "\(report)")
    let parts = row.components(separatedBy: "New since")
    try #require(parts.count == 2, "\(row)")
    let then = parts[0].components(separatedBy: "Evidence when accepted")[1]
    #expect(then.contains(early) && then.contains(proposed) && then.contains(accepted), "\(row)")
    #expect(parts[1].contains(late) && !parts[1].contains(early), "\(row)")
    #expect(!row.contains(reaction), "feedback about a decision is reaction, not ground")
  }
}

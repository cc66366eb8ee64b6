import Testing

@testable import Importers

@Suite struct SpokenLabelTests {
  @Test(
    arguments: [
      ("* Decision: buy", .decision, "buy"),
      ("**Decision**: buy", .decision, "buy"),
      ("RESOLVED that we buy", .decision, "that we buy"),
      ("- [ ] buy", .action, "buy"),
      ("- [x] **Action:** buy", .action, "buy"),
      ("AI: buy", .action, "buy"),
      ("Action Item - buy", .action, "buy"),
      ("Actions: buy", .action, "buy"),
      ("Action items:", .action, ""),
    ] as [(String, SpokenLabel.Kind, String)])
  func says(_ line: String, kind: SpokenLabel.Kind, text: String) {
    let label = SpokenLabel.find(in: line)
    #expect(label?.kind == kind)
    #expect(label?.text == text)
  }

  @Test(
    "talk about decisions and actions is none",
    arguments: [
      "* Decision from last week was to buy", "Comments resolved and merged",
      "Ai: that is my name", "Last week's AI: buy", "Joe has action items.", "* [link](x)",
      "Agreed to buy", "Actionable: buy", "- [draft] text",
    ])
  func saysNothing(_ line: String) {
    #expect(SpokenLabel.find(in: line) == nil)
  }

  @Test func addressesSomebody() {
    let label = SpokenLabel.find(in: "Action item for Ana Ruiz: buy")
    #expect(label?.addressee == "Ana Ruiz" && label?.text == "buy")
  }
}

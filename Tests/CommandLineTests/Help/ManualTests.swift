import Foundation
import TestSupport
import Testing

@Suite("manual") struct ManualTests {
  private struct Written {
    let scratch: ScratchRepository
    var folder: String { scratch.base + "/man" }

    init() throws {
      scratch = try ScratchRepository()
      try scratch.docket(
        "manual", scratch.base + "/man", environment: ["SOURCE_DATE_EPOCH": "1767323045"]
      ).succeeded()
    }

    func page(_ name: String) throws -> String {
      String(decoding: try #require(readFile(folder + "/" + name)), as: UTF8.self)
    }

    func names() throws -> [String] {
      try ["man1", "man5"].flatMap { section in
        try FileManager.default.contentsOfDirectory(atPath: folder + "/" + section).map {
          section + "/" + $0
        }
      }.sorted()
    }
  }

  @Test("has a page for docket, for each verb and for the config; git finds docket's")
  func pages() throws {
    let written = try Written()
    let names = try written.names()
    let help = try written.scratch.docket("help").output
    let verbs = help.matches(of: /\n  ([a-z]+) +\S/).map { String($0.output.1) }.filter {
      $0 != "docket"
    }
    #expect(verbs.count >= 20)
    for verb in verbs + ["status"] {
      #expect(names.contains("man1/docket-\(verb).1"), "no page of \(verb)")
    }
    #expect(names.contains("man1/docket.1") && names.contains("man5/docket-config.5"))
    #expect(try written.page("man1/git-docket.1") == ".so man1/docket.1\n")
    let main = try written.page("man1/docket.1")
    for verb in verbs {
      #expect(main.contains("docket\\-\(verb) (1)"), "docket(1) doesn't name \(verb)")
    }
    #expect(main.contains("2026-01-02"), "the clock is SOURCE_DATE_EPOCH's")
  }

  @Test("says of each verb what its help says")
  func sameWords() throws {
    let written = try Written()
    for words in [["blame"], ["schema", "validate"], ["list"], ["migrate"]] {
      let page = try written.page("man1/docket-\(words[0]).1").replacingOccurrences(
        of: "\\-", with: "-")
      let help = try written.scratch.tryDocket(["help"] + words).output
      let options = help.matches(of: /\n  (-[^\n]*?)(?:  |\n)/).map { String($0.output.1) }
      #expect(options.count >= 3)
      for option in options
      where words.count == 1
        || !["-h", "--color", "--no-input"].contains(
          where: option.hasPrefix)
      {
        #expect(page.contains(".B \(option)"), "\(words): \(option)")
      }
    }
    let config = try written.page("man5/docket-config.5")
    for key in ["recordsFolder", "policy.maintainers", "serviceLevels.triage", "people[].handle"] {
      #expect(config.contains(".B \(key)\n"), "\(key)")
    }
  }

  @Test("is clean roff", .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/groff")))
  func clean() throws {
    let written = try Written()
    for name in try written.names() where !name.hasSuffix("git-docket.1") {
      let run = try written.scratch.run(
        "groff", ["-ww", "-z", "-man", "-Tutf8", written.folder + "/" + name])
      #expect(run.status == 0 && run.errors == "", "\(name)\n\(run.errors)")
    }
  }
}

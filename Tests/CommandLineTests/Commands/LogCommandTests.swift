import Foundation
import TestSupport
import Testing

@Suite("docket log, its filters and its screen") struct LogCommandTests {
  @Test("chooses by author, number, kind and fields inside lists")
  func filters() throws {
    let repository = try ScratchRepository.tracked()
    let pain = try repository.new("pain-point", "title=Slow builds", "severity=3")
    try repository.run(
      ScratchRepository.docketExecutable,
      ["add", pain, "evidence", "said=A day", "team=payments", "source=interview"],
      environment: ["GIT_AUTHOR_NAME": "Bo", "GIT_AUTHOR_EMAIL": "bo@old.example"]
    ).succeeded()
    let action = try repository.new("action", "title=Do it")
    try repository.git("rm", "-q", repository.path(of: action))
    try repository.git("commit", "-qnm", "Remove")
    try repository.commit("Map", [".mailmap": "Bo Lind <bo@new.example> <bo@old.example>\n"])
    func log(_ words: String...) throws -> [String] {
      let run = try repository.tryDocket(["log"] + words + ["--format", "jsonl"])
      try run.succeeded()
      return run.lines
    }
    #expect(try log().count == 4)
    #expect(try log("-n", "2").count == 2)
    #expect(try log("--author", "bo lind").count == 1)
    #expect(try log("--author", "new.example").count == 1)
    #expect(try log("--author", "old.example").isEmpty)
    #expect(try log("kind:action").count == 2, "deleted records too")
    let teams = try log("--field", "evidence.team")
    #expect(teams.count == 1 && teams[0].contains("\"pointer\":\"/team\""))
    #expect(!teams.joined().contains("\"A day\""))
    #expect(try log("--field", "/severity").count == 1)
    // Known to a schema, but never set: nothing, and no refusal.
    #expect(try log("--field", "workaround").isEmpty)
    try repository.docket("log", "--field", "severty").expectRefusal(
      2, saying: "no kind here has the key \"severty\"; did you mean \"severity\"?")
    try repository.docket("log", "--field", "evidence.teem").expectRefusal(
      2, saying: "did you mean \"evidence.team\"?")
    try repository.docket("log", "--since", "yesterday").expectRefusal(2, saying: "no date")
  }

  /// A pain point with an item of evidence that was migrated, one that is feedback from the start, and
  /// one that no longer is about it.
  private func migrated() throws -> (repository: ScratchRepository, pain: String, ids: [String]) {
    let repository = try ScratchRepository.tracked()
    let pain = try repository.new("pain-point", "title=Slow builds")
    let path = try repository.path(of: pain)
    func commit(_ message: String) throws {
      try repository.git("add", "-A")
      try repository.git("commit", "-qnm", message)
    }
    func item(_ team: String) -> String {
      #"{"id": "k3x9q", "said": ["took a day"], "team": "\#(team)"}"#
    }
    let text = try #require(repository.read(path))
    let end = try #require(text.lastIndex(of: "}"))
    func write(_ item: String) throws {
      try repository.write(path, text[..<end] + ", \"evidence\": [\(item)]}\n")
    }
    try write(item("payments"))
    try commit("add")
    try write(item("search"))
    try commit("edit")
    try repository.write(path, text)
    try repository.write(
      "docket/feedback/2026/01/FB-8KX3M2Q4TZ.json",
      """
      {"$schema": "../../../../.docket/schema/feedback.schema.json", "id": "FB-8KX3M2Q4TZ",
       "status": "triaged", "said": ["took a day"], "team": "search", "about": ["\(pain)"],
       "migrated": {"record": "\(pain)", "list": "evidence", "item": "k3x9q"}}

      """)
    try commit("migrate")
    let other = try repository.say(["add", pain, "evidence", "said=me too", "team=mobile"])
    let former = try repository.say(["note", "not here", "about+=\(pain)"])
    try repository.docket(
      "edit", former, "about:=[]", "status=set-aside", "setAsideReason=elsewhere"
    ).succeeded()
    try repository.docket("edit", former, "team=billing").succeeded()
    return (repository, pain, ["FB-8KX3M2Q4TZ", other, former])
  }

  @Test("a record's log has what was added to it, and tells a migration as one")
  func collections() throws {
    let (repository, pain, ids) = try migrated()
    func log(_ words: String...) throws -> [[String: Any]] {
      var answers: [[String]] = []
      for cache in ["on", "off"] {
        let run = try repository.tryDocket(
          ["log"] + words + ["--format", "jsonl"], environment: ["DOCKET_CACHE": cache])
        try run.succeeded()
        answers.append(run.lines)
      }
      #expect(answers[0] == answers[1], "with the cache and without")
      return try answers[0].flatMap { line -> [[String: Any]] in
        let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return entry?["changes"] as? [[String: Any]] ?? []
      }
    }
    func brief(_ changes: [[String: Any]]) -> [String] {
      changes.map { change in
        let fields = change["fields"] as? [[String: Any]] ?? []
        let keys = fields.compactMap { $0["key"] as? String }.sorted()
        let id = change["id"] as? String ?? ""
        let name = id == pain ? "pain" : ids.firstIndex(of: id).map(String.init) ?? "?"
        return "\(name) \(change["change"] ?? "") \(keys.joined(separator: " "))"
      }
    }
    let all = try brief(log(pain))
    #expect(
      Set(all) == [
        "2 modified about setAsideReason status", "2 added $schema about date id said status",
        "1 added $schema about date id said status team", "0 renamed about status",
        "pain modified ",
        "pain modified evidence.k3x9q.team", "pain modified evidence",
        "pain added $schema id status title",
      ], "\(all)")
    #expect(try brief(log(pain, "--own")) == all.filter { $0.hasPrefix("pain") })
    #expect(
      try brief(log(ids[0])) == [
        "0 renamed about status", "0 modified team", "0 added said team",
      ])
    #expect(try log(pain, "-n", "1").count == 1)
    // Both forms, by the item's id, by the record's, and by a key of each.
    #expect(
      Set(try brief(log(pain, "--field", "evidence.team"))) == [
        "1 added team", "pain modified evidence.k3x9q.team", "pain modified evidence.k3x9q.team",
      ])
    #expect(
      try brief(log(pain, "--field", "evidence.k3x9q")).contains("pain modified evidence.k3x9q"))
    #expect(try brief(log(pain, "--field", "evidence.k3x9q")).contains("0 renamed about status"))
    let short = String(ids[1].dropFirst(3).prefix(6)).lowercased()
    #expect(try brief(log(pain, "--field", "evidence.\(short)")).count == 1)
    #expect(try brief(log(pain, "--field", "evidence.\(short).said")) == ["1 added said"])
    #expect(try brief(log("--field", "evidence.\(short).said")) == ["1 added said"])
    #expect(try log(pain, "--field", "evidence.zzzzz").isEmpty)
    try repository.docket("log", pain, "--field", "evidence.teem").expectRefusal(
      2, saying: "did you mean \"evidence.team\"?")
    try repository.docket("log", "--own").expectRefusal(2, saying: "--own goes with the id")
    let text = try repository.docket("log", pain).output
    #expect(text.contains("\(ids[0])  (migrated from evidence.k3x9q of \(pain))"), "\(text)")
    #expect(text.contains("evidence: k3x9q is now \(ids[0])"))
    #expect(!text.contains("removed"))
  }

  @Test("a key that could name two records of a collection says which")
  func ambiguousItem() throws {
    let repository = try ScratchRepository.tracked()
    let pain = try repository.new("pain-point", "title=Slow builds")
    for digit in ["1", "2"] {
      try repository.write(
        "docket/feedback/2026/01/FB-8KX3M0000\(digit).json",
        """
        {"$schema": "../../../../.docket/schema/feedback.schema.json", "id": "FB-8KX3M0000\(digit)",
         "status": "triaged", "said": ["a"], "about": ["\(pain)"]}

        """)
    }
    try repository.git("add", "-A")
    try repository.git("commit", "-qnm", "two")
    try repository.docket("log", pain, "--field", "evidence.8kx3m.said").expectRefusal(
      1, saying: "evidence.8kx3m.said could be any of 2 records", "FB-8KX3M00001", "FB-8KX3M00002")
  }

  @Test("record text is no workflow command where GitHub's runner reads along")
  func workflowCommands() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new(
      "pain-point", "title=::error::no ##[error]x", "workaround=ok\n::add-mask::x\n  ::stop")
    let path = try repository.path(of: id)
    try repository.replace("ok", with: "well", in: path)
    for words in [
      ["show", id], ["list"], ["log"], ["blame", id], ["diff"], ["diff", "--format", "md"],
      ["diff", "--format", "json"], ["check"], ["log", "--format", "json"],
    ] {
      let run = try repository.tryDocket(words, environment: ["GITHUB_ACTIONS": "true"])
      for line in (run.output + run.errors).split(whereSeparator: \.isNewline) {
        let start = line.drop(while: \.isWhitespace)
        #expect(!start.hasPrefix("::") && !line.contains("##["), "\(words): \(line)")
      }
    }
    // The text itself comes through whole.
    let json = try repository.docket(
      "show", id, "--format", "json", environment: ["GITHUB_ACTIONS": "true"])
    #expect(json.output.contains("::error::no"))
    let record = try JSONSerialization.jsonObject(with: Data(json.outputBytes))
    #expect("\(record)".contains("##[error]x"))
    #expect(try repository.docket("show", id).output.contains("##[error]x"))
  }
}

#if os(Linux)
  /// On a terminal that util-linux's script makes.
  @Suite("docket on a terminal") struct PagerTests {
    private func onTerminal(
      _ repository: ScratchRepository, _ words: String, environment: [String: String] = [:]
    ) throws -> CommandRun {
      try repository.run(
        "script", ["-qec", "\(ScratchRepository.docketExecutable) \(words)", "/dev/null"],
        environment: ["TERM": "xterm"].merging(environment) { $1 })
    }

    @Test("goes through the user's pager on a terminal, and never the repository's")
    func pager() throws {
      let repository = try ScratchRepository.tracked()
      let id = try repository.new("pain-point", "title=Slow builds")
      let mark = "sed s/^/PAGED:/"
      for words in ["log", "list", "show \(id)", "blame \(id)", "diff HEAD~1", "report audit"] {
        let run = try onTerminal(repository, words, environment: ["GIT_PAGER": mark])
        #expect(run.status == 0 && run.output.hasPrefix("PAGED:"), "\(words): \(run.transcript)")
      }
      let plain = try onTerminal(repository, "log --no-pager", environment: ["GIT_PAGER": mark])
      #expect(!plain.output.contains("PAGED:"))
      let global = try onTerminal(repository, "--no-pager log", environment: ["GIT_PAGER": mark])
      #expect(!global.output.contains("PAGED:"))
      #expect(
        try !repository.docket("log", environment: ["GIT_PAGER": mark]).output.contains("PAGED"))
      // The repository's config runs nothing; the user's own does.
      try repository.git("config", "core.pager", "touch \(repository.base)/ran; cat")
      let own = try onTerminal(repository, "log", environment: ["PAGER": mark])
      #expect(own.output.contains("PAGED:"), "\(own.transcript)")
      #expect(try repository.run("test", ["-e", repository.base + "/ran"]).status == 1)
      try repository.write("../home/.gitconfig", "[core]\n\tpager = sed s/^/USER:/\n")
      let user = try onTerminal(
        repository, "log",
        environment: ["PAGER": mark, "GIT_CONFIG_GLOBAL": repository.base + "/home/.gitconfig"])
      #expect(user.output.contains("USER:"), "\(user.transcript)")
      // A refusal is no page, and its status is its own.
      let refused = try onTerminal(repository, "show PP-8KX3", environment: ["GIT_PAGER": mark])
      #expect(refused.status == 1 && !refused.output.contains("PAGED:"))
    }

    @Test("a pager that is left early is no failure")
    func leavingEarly() throws {
      let repository = try ScratchRepository.tracked()
      let records = (0..<500).map {
        "{\"title\": \"Pain \($0) \(String(repeating: "so ", count: 50))\"}\n"
      }.joined()
      try repository.docket("new", "pain-point", "--from", "-", input: records).succeeded()
      let run = try onTerminal(repository, "list", environment: ["GIT_PAGER": "head -n 1"])
      #expect(run.status == 0, "\(run.transcript)")
      #expect(run.lines.count == 1, "\(run.output.prefix(300))")
    }
  }
#endif

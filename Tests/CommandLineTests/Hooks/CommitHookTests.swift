import Foundation
import TestSupport
import Testing

/// What `git commit` with the installed hook refuses, and what fixes it.
@Suite("git commit with docket's hook") struct CommitHookTests {
  /// A repository with records in telling states.
  struct Trial: Sendable {
    let repository: ScratchRepository
    let pain: String
    let painPath: String
    let action: String
    let actionPath: String
    let minutes: String
    let minutesPath: String

    private static let template = Result { try Trial(in: ScratchRepository.tracked()) }

    /// A copy of one that was made once.
    init() throws {
      let made = try Self.template.get()
      repository = try ScratchRepository(copying: made.repository)
      (pain, painPath, action, actionPath, minutes, minutesPath) = (
        made.pain, made.painPath, made.action, made.actionPath, made.minutes, made.minutesPath
      )
    }

    private init(in repository: ScratchRepository) throws {
      self.repository = repository
      pain = try repository.new("pain-point", "title=Slow builds", "severity=2")
      action = try repository.new("action", "title=Ask", "owner=ada", "due=2026-02-01")
      try repository.say(["move", action, "dropped", "droppedReason=Moot"])
      minutes = try repository.say([
        "new", "minutes", "title=Board", "type=other", "body=Board", "heldOn=2026-01-02",
        #"present:=[{"name":"Ada"}]"#, #"agenda:=[{"title":"Builds"}]"#,
      ])
      try repository.say(["move", minutes, "approved"])
      (painPath, actionPath, minutesPath) = try (
        repository.path(of: pain), repository.path(of: action), repository.path(of: minutes)
      )
    }
  }

  /// A bad change, what refuses it, and how to do what the refusal says.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let rule: String
    /// Whether there is a line and a column to point at.
    var hasPlace = true
    /// Where the finding is: of the trial's paths, or a fixed one.
    var path: @Sendable (Trial) -> String = { $0.painPath }
    /// What the message must say.
    var says: [String] = []
    let change: @Sendable (Trial) throws -> Void
    /// What a person does beyond the commands that are told.
    var fix: (@Sendable (Trial) throws -> Void)?

    var testDescription: String { name }
  }

  private static func edit(
    _ name: String, _ rule: String, _ old: String, _ new: String, says: [String] = []
  ) -> Case {
    Case(name: name, rule: rule, says: says) {
      try $0.repository.replace(old, with: new, in: $0.painPath)
    } fix: {
      try $0.repository.replace(new, with: old, in: $0.painPath)
      try $0.repository.git("add", $0.painPath)
    }
  }

  static let cases: [Case] = [
    Case(name: "truncated JSON", rule: "record.well-formed") {
      let text = try #require($0.repository.read($0.painPath))
      try $0.repository.write($0.painPath, String(text.dropLast(8)))
    } fix: {
      try $0.repository.git("checkout", "-q", "HEAD", "--", $0.painPath)
    },
    edit(
      "a wrong type", "record.schema", "\"severity\": 2", "\"severity\": \"two\"",
      says: ["severity"]),
    edit(
      "an unknown status", "record.schema", "\"reported\"", "\"reportd\"",
      says: ["did you mean \"reported\"?"]),
    edit(
      "a number too high", "record.schema", "\"severity\": 2", "\"severity\": 7",
      says: ["at most 5"]),
    edit("an id that isn't the file's", "record.id", "\"id\": \"PP-", "\"id\": \"PQ-"),
    edit(
      "a $schema of another kind", "record.id", "schema/pain-point.schema.json",
      "schema/action.schema.json"),
    edit(
      "a bidirectional override", "text.control-character", "Slow builds", "Slow \u{202E}builds"),
    edit(
      "a key twice", "record.well-formed", "\"severity\": 2", "\"severity\": 1,\n  \"severity\": 2"),
    Case(name: "text that isn't canonical", rule: "record.canonical") {
      try $0.repository.replace("\"severity\": 2", with: "\"severity\":2", in: $0.painPath)
    },
    Case(
      name: "a dropped action open again", rule: "workflow.illegal-step", path: { $0.actionPath },
      says: ["from dropped to open"]
    ) {
      try $0.repository.replace("\"dropped\"", with: "\"open\"", in: $0.actionPath)
    } fix: {
      try $0.repository.replace("\"open\"", with: "\"dropped\"", in: $0.actionPath)
      try $0.repository.git("add", $0.actionPath)
    },
    Case(
      name: "approved minutes back to draft", rule: "workflow.illegal-step",
      path: { $0.minutesPath }, says: ["from approved to draft"]
    ) {
      try $0.repository.replace("\"approved\"", with: "\"draft\"", in: $0.minutesPath)
    } fix: {
      try $0.repository.replace("\"draft\"", with: "\"approved\"", in: $0.minutesPath)
      try $0.repository.git("add", $0.minutesPath)
    },
    Case(
      name: "an edit of approved minutes", rule: "record.frozen", path: { $0.minutesPath },
      says: ["amendments"]
    ) {
      try $0.repository.replace("\"Builds\"", with: "\"Deploys\"", in: $0.minutesPath)
    },
    Case(
      name: "a dangling link", rule: "link.dangling", path: { $0.actionPath },
      says: ["MIN-0000000000"]
    ) {
      try $0.repository.replace(
        "  \"owner\"", with: "  \"from\": \"MIN-0000000000\",\n  \"owner\"", in: $0.actionPath)
      try $0.repository.tryDocket(["fmt"]).succeeded()
    } fix: {
      try $0.repository.replace("MIN-0000000000", with: $0.minutes, in: $0.actionPath)
      try $0.repository.git("add", $0.actionPath)
    },
    Case(
      name: "a link to a record of the wrong kind", rule: "record.schema", path: { $0.actionPath }
    ) {
      try $0.repository.replace(
        "  \"owner\"", with: "  \"from\": \"\($0.pain)\",\n  \"owner\"", in: $0.actionPath)
      try $0.repository.tryDocket(["fmt"]).succeeded()
    } fix: {
      try $0.repository.replace($0.pain, with: $0.minutes, in: $0.actionPath)
      try $0.repository.git("add", $0.actionPath)
    },
    Case(
      name: "a copy of a record", rule: "record.duplicate-id",
      path: { $0.painPath.replacingOccurrences(of: ".json", with: "-copy.json") },
      says: ["also the id of"]
    ) {
      try $0.repository.write(
        $0.painPath.replacingOccurrences(of: ".json", with: "-copy.json"),
        try #require($0.repository.read($0.painPath)))
    },
    Case(
      name: "a record in another kind's directory", rule: "record.path", hasPlace: false,
      path: { $0.painPath.replacingOccurrences(of: "pain-points", with: "actions") }
    ) {
      let target = $0.painPath.replacingOccurrences(of: "pain-points", with: "actions")
      let folder = target.split(separator: "/").dropLast().joined(separator: "/")
      try $0.repository.run("mkdir", ["-p", folder]).succeeded()
      try $0.repository.git("mv", $0.painPath, target)
    },
    Case(
      name: "a prefix that no kind has", rule: "record.id",
      path: { $0.painPath.replacingOccurrences(of: "PP-", with: "ZZ-") }, says: ["prefix ZZ"]
    ) {
      let text = try #require($0.repository.read($0.painPath))
      try $0.repository.write(
        $0.painPath.replacingOccurrences(of: "PP-", with: "ZZ-"),
        text.replacingOccurrences(of: "PP-", with: "ZZ-"))
    } fix: {
      let path = $0.painPath.replacingOccurrences(of: "PP-", with: "ZZ-")
      try $0.repository.git("rm", "-qf", path)
    },
    Case(
      name: "a symlink in the records folder", rule: "record.path", hasPlace: false,
      path: { _ in "docket/pain-points/2026/01/PP-0000000000.json" }
    ) {
      let path = "docket/pain-points/2026/01/PP-0000000000.json"
      try $0.repository.run("mkdir", ["-p", "docket/pain-points/2026/01"]).succeeded()
      try $0.repository.run("ln", ["-s", "/etc/passwd", path]).succeeded()
    },
    Case(
      name: "a file in a foreign directory", rule: "record.path", hasPlace: false,
      path: { _ in "docket/notes/my notes.txt" }
    ) {
      try $0.repository.write("docket/notes/my notes.txt", "x\n")
    },
    Case(
      name: "a file beside the records that is none", rule: "record.path", hasPlace: false,
      path: { _ in "docket/pain-points/2026/01/PP-short.json" }
    ) {
      try $0.repository.write("docket/pain-points/2026/01/PP-short.json", "{}\n")
    },
    Case(name: "a deletion", rule: "record.deleted", hasPlace: false) {
      try $0.repository.git("rm", "-q", $0.painPath)
    },
    Case(
      name: "a config that switches a rule off", rule: "policy.weakened",
      path: { _ in ".docket/config.json" }, says: ["record.frozen", "from error to off"]
    ) {
      try $0.repository.replace(
        "\"recordsFolder\": \"docket\"",
        with: "\"recordsFolder\": \"docket\",\n  \"rules\": {\n    \"record.frozen\": \"off\"\n  }",
        in: ".docket/config.json")
    },
    Case(
      name: "a config that lowers a rule and a record that needs it", rule: "policy.weakened",
      path: { _ in ".docket/config.json" }, says: ["record.deleted"]
    ) {
      try $0.repository.replace(
        "\"recordsFolder\": \"docket\"",
        with:
          "\"recordsFolder\": \"docket\",\n  \"rules\": {\n    \"record.deleted\": \"info\"\n  }",
        in: ".docket/config.json")
      try $0.repository.git("rm", "-q", $0.painPath)
    } fix: {
      try $0.repository.git("checkout", "-q", "HEAD", "--", $0.painPath)
    },
    Case(
      name: "a config that moves the records folder", rule: "policy.weakened",
      path: { _ in ".docket/config.json" }, says: ["recordsFolder"]
    ) {
      try $0.repository.replace(
        "\"recordsFolder\": \"docket\"", with: "\"recordsFolder\": \"elsewhere\"",
        in: ".docket/config.json")
    },
    Case(
      name: "a config that is gone", rule: "policy.weakened", path: { _ in ".docket/config.json" }
    ) {
      try $0.repository.git("rm", "-q", ".docket/config.json")
    },
    Case(
      name: "a config that isn't JSON", rule: "config.invalid", path: { _ in ".docket/config.json" }
    ) {
      try $0.repository.write(".docket/config.json", "{\n  \"rules\": \n")
    } fix: {
      try $0.repository.git("checkout", "-q", "HEAD", "--", ".docket/config.json")
    },
    Case(
      name: "a config that is a symlink", rule: "config.invalid", hasPlace: false,
      path: { _ in ".docket/config.json" }
    ) {
      try $0.repository.run("mv", [".docket/config.json", "{}"]).succeeded()
      try $0.repository.run("ln", ["-s", "{}", ".docket/config.json"]).succeeded()
    } fix: {
      try $0.repository.git("rm", "-qf", "{}")
      try $0.repository.git("checkout", "-q", "HEAD", "--", ".docket/config.json")
    },
    Case(
      name: "a schema that freezes nothing", rule: "policy.weakened",
      path: { _ in ".docket/schema/minutes.schema.json" }, says: ["freeze"]
    ) {
      try $0.repository.replace(
        "\"status\": { \"const\": \"approved\" }", with: "\"status\": { \"const\": \"burnt\" }",
        in: ".docket/schema/minutes.schema.json")
    },
    Case(
      name: "a schema that requires less", rule: "policy.weakened",
      path: { _ in ".docket/schema/action.schema.json" }, says: ["require"]
    ) {
      try $0.repository.replace(
        "[\"$schema\", \"id\", \"title\", \"status\"]", with: "[\"$schema\", \"id\", \"status\"]",
        in: ".docket/schema/action.schema.json")
    },
    Case(
      name: "a schema that allows another step", rule: "policy.weakened",
      path: { _ in ".docket/schema/action.schema.json" }, says: ["dropped → open"]
    ) {
      try $0.repository.replace(
        "\"done\": [\"open\"]", with: "\"done\": [\"open\"], \"dropped\": [\"open\"]",
        in: ".docket/schema/action.schema.json")
    },
    Case(
      name: "a schema whose rule says nothing any more", rule: "policy.weakened",
      path: { _ in ".docket/schema/action.schema.json" }, says: ["action.dropped-without-reason"]
    ) {
      try $0.repository.replace(
        "\"then\": { \"required\": [\"droppedReason\"] }", with: "\"then\": true",
        in: ".docket/schema/action.schema.json")
    },
    Case(
      name: "a schema whose links lead anywhere", rule: "policy.weakened",
      path: { _ in ".docket/schema/action.schema.json" }, says: ["from"]
    ) {
      try $0.repository.replace(
        "\"from\": { \"kinds\": [\"minutes\", \"retro\"],", with: "\"from\": { ",
        in: ".docket/schema/action.schema.json")
    },
    Case(
      name: "a schema that is gone", rule: "policy.weakened",
      path: { _ in ".docket/schema/minutes.schema.json" }
    ) {
      try $0.repository.git("rm", "-q", ".docket/schema/minutes.schema.json")
    },
    Case(
      name: "the config's own schema gone", rule: "policy.weakened",
      path: { _ in ".docket/schema/config.schema.json" }
    ) {
      try $0.repository.git("rm", "-q", ".docket/schema/config.schema.json")
    },
  ]

  @Test("refuses, with the place, the rule and a command that fixes it", arguments: cases)
  func refuses(_ example: Case) throws {
    let trial = try Trial()
    let repository = trial.repository
    try repository.write("code.c", "int x;\n")
    let head = try repository.head()
    try example.change(trial)
    try repository.git("add", "-A")
    let run = try repository.tryGit(["commit", "-qm", "Bad"])
    #expect(run.status == 1, "\(run.transcript)")
    #expect(try repository.head() == head)
    let path = example.path(trial)
    let place = example.hasPlace ? ":[0-9]+:[0-9]+" : ""
    let pattern = try Regex(
      "(?m)^" + NSRegularExpression.escapedPattern(for: path) + place + ": error: .*\\["
        + NSRegularExpression.escapedPattern(for: example.rule) + "\\]$")
    #expect(run.errors.contains(pattern), "no \(example.rule) at \(path) in:\n\(run.errors)")
    for text in example.says {
      #expect(run.errors.contains(text), "no \"\(text)\" in:\n\(run.errors)")
    }
    #expect(run.errors.contains("docket: the commit is refused:"))
    #expect(!run.fixes.isEmpty)

    // The same findings, and no other, are what `check --staged` reports.
    let check = try repository.docket("check", "--staged")
    #expect(check.status == 1 && check.output.contains(example.rule), "\(check.transcript)")

    // Doing what it says lets the rest of the commit pass.
    for fix in run.fixes {
      for command in Self.commands(in: fix) {
        let done = try repository.run("sh", ["-c", command])
        #expect(done.status == 0, "\(command): \(done.transcript)")
      }
    }
    try example.fix?(trial)
    let again = try repository.tryGit(["commit", "-qm", "Good"])
    #expect(again.status == 0, "\(run.fixes)\n\(again.transcript)")
    #expect(try repository.docket("check", "--rev", "HEAD").status == 0)
    try repository.git("fsck", "--strict", "--no-dangling")
  }

  /// The complete git and docket commands that a fix begins with; one that leaves a value open
  /// (…), or asks for a decision, is for the case's own `fix`.
  static func commands(in fix: String) -> [String] {
    let first = fix.components(separatedBy: "; ")[0]
    guard ["git ", "docket fmt ", "mkdir "].contains(where: first.hasPrefix), !first.contains("…")
    else {
      return []
    }
    return [first]
  }

  @Test("what is good passes, without a word")
  func passes() throws {
    let trial = try Trial()
    let repository = trial.repository
    func commit(_ words: String..., location: SourceLocation = #_sourceLocation) throws {
      let run = try repository.tryGit(["commit", "-qm", "Good"] + words)
      #expect(run.status == 0 && run.errors == "", "\(run.transcript)", sourceLocation: location)
    }
    // No record at all, an empty commit, a README in the folder.
    try repository.write("code.c", "int x;\n")
    try repository.git("add", "code.c")
    try commit()
    try commit("--allow-empty")
    try repository.write("docket/README.md", "Records.\n")
    try repository.git("add", "docket/README.md")
    try commit()
    // A change by hand, with -a; one by path while something else is staged.
    try repository.replace("\"severity\": 2", with: "\"severity\": 3", in: trial.painPath)
    try commit("-a")
    try repository.replace("\"severity\": 3", with: "\"severity\": 4", in: trial.painPath)
    try repository.write("code.c", "int y;\n")
    try repository.git("add", "code.c")
    try commit(trial.painPath)
    #expect(try repository.git("diff", "--cached", "--name-only") == "code.c")
    try commit()
    try commit("--amend")
    // A record moved to another slug is the same record.
    let moved = trial.painPath.replacingOccurrences(of: "slow-builds", with: "renamed")
    try repository.git("mv", trial.painPath, moved)
    try commit()
    #expect(try repository.docket("show", trial.pain).status == 0)
    // Amendments to approved minutes grow.
    try repository.say(["add", trial.minutes, "amendments", "text=Bo was present too"])
    try repository.say(["add", trial.minutes, "amendments", "text=And Cy"])
    try repository.expectSound()
  }

  @Test(
    "-a, a path, --amend, a subdirectory, a worktree, GIT_DIR: bad is bad",
    arguments: [
      "-a", "path", "amend", "subdirectory", "worktree", "GIT_DIR", "alternate index",
    ])
  func waysToCommit(way: String) throws {
    let trial = try Trial()
    let repository = trial.repository
    var (root, head) = (repository.path, try repository.head())
    if way == "worktree" {
      root = repository.base + "/tree"
      try repository.git("worktree", "add", "-q", "-b", "side", root)
    }
    let file = root + "/" + trial.painPath
    let bad = String(decoding: readFile(file) ?? [], as: UTF8.self)
      .replacingOccurrences(of: "\"severity\": 2", with: "\"severity\": 9")
    try writeFile(file, Array(bad.utf8))
    var words = ["commit", "-qm", "Bad"]
    var environment: [String: String] = [:]
    var folder = root
    switch way {
    case "-a": words.append("-a")
    case "path": words.append(trial.painPath)
    case "amend": words += ["-a", "--amend"]
    case "subdirectory": (folder, words) = (root + "/docket/pain-points", words + ["-a"])
    case "GIT_DIR":
      environment = ["GIT_DIR": root + "/.git", "GIT_WORK_TREE": root]
      (folder, words) = (repository.base, words + ["-a"])
    case "alternate index":
      environment = ["GIT_INDEX_FILE": repository.base + "/index"]
      try repository.git("read-tree", "HEAD", environment: environment)
      words.append("-a")
    default: words.append("-a")
    }
    let run = try repository.tryGit(words, in: folder, environment: environment)
    #expect(run.status == 1, "\(run.transcript)")
    #expect(
      run.errors.contains("severity is 9; at most 5 is expected [record.schema]"), "\(run.errors)")
    #expect(try repository.tryGit(["rev-parse", "HEAD"], in: root).output == head + "\n")
    // The user's way around stays the user's.
    let forced = try repository.tryGit(
      words + ["--no-verify"], in: folder, environment: environment)
    #expect(forced.status == 0, "\(forced.transcript)")
    head = ""
  }

  @Test("staged is judged, not what lies in the working tree")
  func stagedOnly() throws {
    let trial = try Trial()
    let repository = trial.repository
    try repository.replace("\"severity\": 2", with: "\"severity\": 3", in: trial.painPath)
    try repository.git("add", trial.painPath)
    try repository.write(trial.painPath, "{")
    let good = try repository.tryGit(["commit", "-qm", "Good"])
    #expect(good.status == 0, "\(good.transcript)")
    try repository.git("checkout", "-q", "--", trial.painPath)
    try repository.replace("\"severity\": 3", with: "\"severity\": 9", in: trial.painPath)
    try repository.git("add", trial.painPath)
    try repository.git("show", "HEAD:\(trial.painPath)")
    try repository.write(
      trial.painPath, try repository.git("show", "HEAD:\(trial.painPath)") + "\n")
    #expect(try repository.tryGit(["commit", "-qm", "Bad"]).status == 1)
  }

  @Test("a merge is judged where it differs from every parent")
  func merges() throws {
    let trial = try Trial()
    let repository = trial.repository
    let open = try repository.new("action", "title=Open", "owner=ada", "due=2026-02-01")
    let path = try repository.path(of: open)
    try repository.git("switch", "-qc", "side")
    try repository.say(["move", open, "dropped", "droppedReason=Late"])
    let added = try repository.new("pain-point", "title=From the side")
    try repository.git("switch", "-q", "main")
    try repository.say(["edit", trial.pain, "severity=4"])
    try repository.git("merge", "-q", "--no-edit", "side")
    #expect(try repository.docket("show", added).status == 0)

    // A conflict, resolved to a state that neither side allows.
    try repository.git("switch", "-q", "side")
    try repository.say(["edit", open, "title=Side"])
    try repository.git("switch", "-q", "main")
    try repository.say(["edit", open, "title=Main"])
    #expect(try repository.tryGit(["merge", "-q", "side"]).status == 1)
    let ours = try repository.git("show", "HEAD:\(path)") + "\n"
    try repository.write(path, ours.replacingOccurrences(of: "\"dropped\"", with: "\"open\""))
    try repository.git("add", path)
    let bad = try repository.tryGit(["commit", "-qm", "Merge"])
    #expect(bad.status == 1 && bad.errors.contains("workflow.illegal-step"), "\(bad.transcript)")
    // Resolved by taking the other side's: that side was judged when it was made.
    try repository.git("checkout", "-q", "side", "--", path)
    let good = try repository.tryGit(["commit", "-qm", "Merge"])
    #expect(good.status == 0, "\(good.transcript)")
    try repository.expectSound()
  }

  @Test("maintainers named in the base may change the rules, and only they")
  func maintainers() throws {
    let trial = try Trial()
    let repository = trial.repository
    try repository.replace(
      "\"recordsFolder\": \"docket\"",
      with:
        "\"recordsFolder\": \"docket\",\n  \"policy\": {\n    \"maintainers\": [\n      \"ada\"\n    ]\n  }",
      in: ".docket/config.json")
    let named = try repository.tryGit(["commit", "-qam", "Name a maintainer"])
    #expect(named.status == 0, "\(named.transcript)")
    try repository.replace("\"Trial\"", with: "\"Renamed\"", in: ".docket/config.json")
    let refused = try repository.tryGit(["commit", "-qam", "Rename"])
    #expect(
      refused.status == 1 && refused.errors.contains("policy.maintainers-only"),
      "\(refused.transcript)")
    try repository.git("config", "docket.handle", "ada")
    let allowed = try repository.tryGit(["commit", "-qam", "Rename"])
    #expect(allowed.status == 0, "\(allowed.transcript)")
  }

  @Test("a warning is told and refuses nothing")
  func warning() throws {
    let trial = try Trial()
    let repository = trial.repository
    try repository.replace(
      "Slow builds", with: "Slow builds, ask bo@example.org", in: trial.painPath)
    let run = try repository.tryGit(["commit", "-qam", "Good"])
    #expect(run.status == 0 && run.errors.contains("[text.email-address]"), "\(run.transcript)")
  }
}

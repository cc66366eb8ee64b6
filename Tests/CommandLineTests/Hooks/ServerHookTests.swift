import Foundation
import TestSupport
import Testing

/// A bare repository with docket's `pre-receive`, and a clone that pushes to it.
@Suite("git push to a server with docket's hook") struct ServerHookTests {
  private struct Pair {
    let clone: ScratchRepository
    let server: String

    /// - Parameter pushes: whether the clone's state is there already.
    init(pushes: Bool = true) throws {
      clone = try ScratchRepository.tracked()
      server = clone.base + "/server.git"
      try clone.git("init", "-q", "--bare", "-b", "main", server)
      try clone.git("remote", "add", "origin", server)
      let installed = try clone.tryDocket(["hooks", "install"], in: server)
      #expect(installed.status == 0, "\(installed.transcript)")
      #expect(installed.errors.contains("pre-receive"))
      if pushes { try clone.git("push", "-q", "--no-verify", "origin", "main") }
    }

    /// Pushes past the clone's own hook: the server's is tried.
    func push(_ what: String..., environment: [String: String] = [:]) throws -> CommandRun {
      try clone.tryGit(["push", "-q", "--no-verify", "origin"] + what, environment: environment)
    }

    func tip(_ branch: String) throws -> String? {
      let run = try clone.tryGit(["rev-parse", "-q", "--verify", branch], in: server)
      return run.status == 0 ? run.lines.first : nil
    }

    /// A commit that no hook in the clone has looked at.
    func commitUnseen(_ message: String) throws {
      try clone.git("commit", "-qam", message, "--no-verify")
    }
  }

  @Test("a first push brings docket; what comes after is judged before any branch moves")
  func push() throws {
    let pair = try Pair(pushes: false)
    #expect(try pair.push("main").status == 0)
    let id = try pair.clone.new("pain-point", "title=Slow builds", "severity=2")
    #expect(try pair.push("main").status == 0)
    let good = try pair.clone.head()
    let path = try pair.clone.path(of: id)
    try pair.clone.replace("\"severity\": 2", with: "\"severity\": 9", in: path)
    try pair.commitUnseen("Hurts")
    let refused = try pair.push("main")
    #expect(refused.status != 0, "\(refused.transcript)")
    #expect(refused.errors.contains("\(path):6:15: error: severity is 9"), "\(refused.transcript)")
    #expect(
      refused.errors.contains("push is refused") && refused.errors.contains("refs/heads/main"))
    #expect(try pair.tip("main") == good)
    // The same under a new name is refused as well, and one bad branch keeps the good one out.
    #expect(try pair.push("main:refs/heads/sly", "\(good):refs/heads/fine").status != 0)
    #expect(try pair.tip("sly") == nil)
    #expect(try pair.push("\(good):refs/heads/fine").status == 0)
    #expect(try pair.push(":refs/heads/fine").status == 0)
    #expect(try pair.tip("fine") == nil)
    // Fixed in a commit on top, the range as a whole is right.
    try pair.clone.replace("\"severity\": 9", with: "\"severity\": 4", in: path)
    try pair.commitUnseen("Hurts less")
    let fixed = try pair.push("main")
    #expect(fixed.status == 0, "\(fixed.transcript)")
  }

  @Test("a new branch answers for its own commits, not for what others had before")
  func newBranch() throws {
    let pair = try Pair()
    let old = try pair.clone.new("pain-point", "title=Slow builds", "severity=2")
    // From before the hook: a record that is wrong and that nobody has touched since.
    try pair.clone.replace(
      "\"severity\": 2", with: "\"severity\": 9", in: pair.clone.path(of: old))
    try pair.commitUnseen("Hurts")
    try pair.clone.run("mv", [pair.server + "/hooks/pre-receive", pair.server + "/aside"])
      .succeeded()
    #expect(try pair.push("main").status == 0)
    try pair.clone.run("mv", [pair.server + "/aside", pair.server + "/hooks/pre-receive"])
      .succeeded()
    try pair.clone.git("switch", "-q", "-c", "feature")
    let id = try pair.clone.new("pain-point", "title=Flaky tests", "severity=3")
    let good = try pair.push("feature")
    #expect(good.status == 0, "\(good.transcript)")
    // A tag names commits, and makes none of them right.
    try pair.clone.git("switch", "-q", "-c", "second", "main")
    let other = try pair.clone.new("pain-point", "title=Lost logs", "severity=3")
    try pair.clone.replace(
      "\"severity\": 3", with: "\"severity\": 7", in: pair.clone.path(of: other))
    try pair.commitUnseen("Seven")
    try pair.clone.git("tag", "seven")
    #expect(try pair.push("seven").status == 0)
    let refused = try pair.push("second")
    #expect(
      refused.status != 0 && refused.errors.contains("severity is 7"), "\(refused.transcript)")
    #expect(!refused.errors.contains(old) && !refused.errors.contains(id))
  }

  @Test("who pushes is the server's to say: DOCKET_HANDLE, never the server's git config")
  func maintainers() throws {
    let pair = try Pair()
    let clone = pair.clone
    try clone.replace(
      "\"recordsFolder\": \"docket\"",
      with: "\"recordsFolder\": \"docket\",\n  \"policy\": { \"maintainers\": [\"mira\"] }",
      in: ".docket/config.json")
    try clone.git("commit", "-qam", "Name a maintainer")
    #expect(try pair.push("main").status == 0)
    try clone.replace("\"Trial\"", with: "\"Renamed\"", in: ".docket/config.json")
    try pair.commitUnseen("Rename")
    try clone.git("-C", pair.server, "config", "docket.handle", "mira")
    let nobody = try pair.push("main")
    #expect(nobody.status != 0 && nobody.errors.contains("policy.maintainers-only"))
    let other = try pair.push("main", environment: ["DOCKET_HANDLE": "olaf"])
    #expect(other.status != 0 && other.errors.contains("you are olaf"), "\(other.transcript)")
    let range = "HEAD^..HEAD"
    #expect(try clone.docket("check", "--range", range).status == 1)
    #expect(try clone.docket("check", "--range", range, "--as", "olaf").status == 1)
    #expect(try clone.docket("check", "--range", range, "--as", "mira").status == 0)
    let mira = try pair.push("main", environment: ["DOCKET_HANDLE": "mira"])
    #expect(mira.status == 0, "\(mira.transcript)")
  }

  @Test("without docket on the server the push is refused; another hook there is asked first")
  func guards() throws {
    let pair = try Pair()
    let hook = pair.server + "/hooks/pre-receive"
    try pair.clone.tryDocket(["hooks", "uninstall"], in: pair.server).succeeded()
    #expect(readFile(hook) == nil)
    try writeFile(
      hook, Array("#!/bin/sh\nread old new ref\necho \"first saw $ref\" >&2\n[ ! -e no ]\n".utf8))
    try pair.clone.run("chmod", ["+x", hook]).succeeded()
    try pair.clone.tryDocket(["hooks", "install"], in: pair.server).succeeded()
    _ = try pair.clone.new("pain-point", "title=Slow builds", "severity=2")
    try writeFile(pair.server + "/no", [])
    let first = try pair.push("main")
    #expect(first.status != 0 && first.errors.contains("first saw refs/heads/main"))
    try pair.clone.run("rm", [pair.server + "/no"]).succeeded()
    let text = String(decoding: readFile(hook) ?? [], as: UTF8.self)
    try writeFile(
      hook,
      Array(
        text.replacingOccurrences(of: ScratchRepository.docketExecutable, with: "/gone/docket").utf8
      ))
    let folder = ScratchRepository.docketExecutable.split(separator: "/").dropLast()
      .reduce("") { "\($0)/\($1)" }
    let bare = (pair.clone.environment["PATH"] ?? "").split(separator: ":")
      .filter { $0 != folder }.joined(separator: ":")
    let gone = try pair.push("main", environment: ["PATH": bare])
    #expect(gone.status != 0 && gone.errors.contains("not installed on this server"))
    try writeFile(hook, Array(text.utf8))
    #expect(try pair.push("main").status == 0)
  }

  @Test(
    "check --range takes the zeros of forges: a new branch from where it left, a deleted one not")
  func zeros() throws {
    let zero = String(repeating: "0", count: 40)
    let repository = try ScratchRepository.tracked()
    let old = try repository.new("pain-point", "title=Slow builds", "severity=2")
    try repository.git("switch", "-q", "-c", "feature")
    let id = try repository.new("pain-point", "title=Flaky tests", "severity=3")
    let good = try repository.docket("check", "--range", "\(zero)..HEAD")
    #expect(good.status == 0 && good.errors.contains("1 file checked"), "\(good.transcript)")
    try repository.replace("\"severity\": 3", with: "\"severity\": 9", in: repository.path(of: id))
    try repository.git("commit", "-qam", "Nine", "--no-verify")
    let bad = try repository.docket("check", "--range", "\(zero)..HEAD")
    #expect(bad.status == 1 && bad.output.contains(id) && !bad.output.contains(old))
    let deleted = try repository.docket("check", "--range", "HEAD..\(zero)")
    #expect(deleted.status == 0 && deleted.errors.contains("deleted"), "\(deleted.transcript)")
  }

  @Test("replacements can't be pushed, and those of the server don't decide")
  func replacements() throws {
    let pair = try Pair()
    let clone = pair.clone
    let config = try clone.git("rev-parse", "HEAD:.docket/config.json")
    let text = try #require(clone.read(".docket/config.json")).replacingOccurrences(
      of: "\"recordsFolder\"", with: "\"rules\": {\"record.schema\": \"off\"},\n  \"recordsFolder\""
    )
    let other = try clone.git("hash-object", "-w", "--stdin", input: text)
    try clone.git("replace", config, other)
    let refused = try pair.push("refs/replace/*:refs/replace/*")
    #expect(refused.status != 0 && refused.errors.contains("refs/replace/\(config)"))
    #expect(refused.errors.contains("may not be pushed"), "\(refused.transcript)")
    // Somebody with access to the server makes one there.
    try clone.git("-C", pair.server, "fetch", "-q", clone.path, "refs/replace/*:refs/replace/*")
    try clone.git("replace", "-d", config)
    let id = try clone.new("pain-point", "title=Slow builds", "severity=2")
    try clone.replace("\"severity\": 2", with: "\"severity\": 9", in: clone.path(of: id))
    try pair.commitUnseen("Hurts")
    let push = try pair.push("main")
    #expect(push.status != 0 && push.errors.contains("severity is 9"), "\(push.transcript)")
    // Nor do they decide in CI or in a commit's hook.
    try clone.git("replace", config, other)
    let range = try clone.docket("check", "--range", "HEAD^..HEAD")
    #expect(range.status == 1 && range.output.contains("severity is 9"), "\(range.transcript)")
    // To take one away is to take back what it did.
    try clone.git("-C", pair.server, "config", "receive.denyDeletes", "false")
    let gone = try pair.push(":refs/replace/\(config)")
    #expect(gone.status == 0, "\(gone.transcript)")
  }

  @Test("a new branch starts from the server's branches, not from what was pushed beside them")
  func start() throws {
    let pair = try Pair()
    let id = try pair.clone.new("pain-point", "title=Slow builds", "severity=2")
    try pair.clone.replace("\"severity\": 2", with: "\"severity\": 9", in: pair.clone.path(of: id))
    try pair.commitUnseen("Hurts")
    #expect(try pair.push("main:refs/remotes/origin/main").status == 0)
    let push = try pair.push("main:refs/heads/sly")
    #expect(push.status != 0 && push.errors.contains("severity is 9"), "\(push.transcript)")
  }
}

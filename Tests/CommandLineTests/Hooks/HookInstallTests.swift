import Foundation
import TestSupport
import Testing

@Suite("installing and removing hooks") struct HookInstallTests {
  private func hook(_ repository: ScratchRepository) -> String {
    repository.path + "/.git/hooks/pre-commit"
  }

  private func mode(_ path: String) throws -> Int {
    try #require(
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  @Test(
    "a hook that was there is run first, may refuse, and comes back byte for byte",
    arguments: [
      0o755, 0o700, 0o644, 0o444,
    ])
  func chained(mode permissions: Int) throws {
    let repository = try ScratchRepository()
    let path = hook(repository)
    // No final newline, a NUL and a byte that is no UTF-8: whatever it is, it is the user's.
    let text =
      Array("#!/bin/sh\necho first >&2; [ ! -e refuse ] || exit 7\nexit 0\n# ".utf8) + [
        0xFF, 0x0A, 0x23,
      ]
    try writeFile(path, text)
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    try repository.docket("init").succeeded()
    #expect(
      try repository.docket("hooks", "status").output.contains("runs the hook that was here first"))
    let runs = permissions & 0o100 != 0
    let id = try repository.new("pain-point", "title=Slow", "severity=2")
    let record = try repository.path(of: id)
    try repository.replace("\"severity\": 2", with: "\"severity\": 3", in: record)
    let good = try repository.tryGit(["commit", "-qam", "Good"])
    #expect(good.status == 0 && good.errors.contains("first") == runs, "\(good.transcript)")
    try repository.replace("\"severity\": 3", with: "\"severity\": 9", in: record)
    #expect(try repository.tryGit(["commit", "-qam", "Bad"]).errors.contains("record.schema"))
    try repository.git("checkout", "-q", "--", record)
    if runs {
      try repository.write("refuse", "")
      let refused = try repository.tryGit(["commit", "-q", "--allow-empty", "-m", "No"])
      #expect(refused.status == 1, "\(refused.transcript)")
      try repository.tryDocket(["edit", id, "area=ci"]).expectRefusal(1, saying: "pre-commit hook")
      try repository.run("rm", ["refuse"]).succeeded()
    }
    // Again changes nothing, and doesn't chain docket to itself.
    #expect(try repository.docket("hooks", "install").errors.contains("already"))
    #expect(try repository.docket("init").status == 0)
    #expect(try repository.docket("hooks", "uninstall").status == 0)
    #expect(readFile(path) == text)
    #expect(try mode(path) == permissions)
    let left = try FileManager.default.contentsOfDirectory(atPath: repository.path + "/.git/hooks")
    #expect(left.filter { $0.contains("docket") } == [])
    // And there is nothing of docket's to remove any more.
    #expect(try repository.docket("hooks", "uninstall").status == 0)
    #expect(readFile(path) == text)
  }

  @Test("a hook that is a link stays a link")
  func linkedHook() throws {
    let repository = try ScratchRepository()
    try repository.write("tools/hook.sh", "#!/bin/sh\nexit 0\n")
    try repository.run("chmod", ["+x", "tools/hook.sh"]).succeeded()
    try repository.run("ln", ["-sf", "../../tools/hook.sh", hook(repository)]).succeeded()
    try repository.docket("init").succeeded()
    #expect(repository.read("tools/hook.sh") == "#!/bin/sh\nexit 0\n")
    try repository.docket("hooks", "uninstall").succeeded()
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: hook(repository))
    #expect(target == "../../tools/hook.sh")
  }

  @Test("a hook that is a link to nothing yet is kept, and comes back")
  func danglingHook() throws {
    let repository = try ScratchRepository()
    try repository.run("ln", ["-sf", "../../not/there/yet.sh", hook(repository)]).succeeded()
    try repository.docket("init").succeeded()
    try repository.docket("hooks", "uninstall").succeeded()
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: hook(repository))
    #expect(target == "../../not/there/yet.sh")
  }

  @Test("where nothing was, nothing is left")
  func none() throws {
    let repository = try ScratchRepository()
    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: repository.path + "/.git/hooks").sorted()
    }
    let before = try names()
    try repository.docket("init").succeeded()
    #expect(try names() != before)
    try repository.docket("hooks", "uninstall").succeeded()
    #expect(try names() == before)
    #expect(try repository.docket("hooks", "status").output.contains("not installed"))
    try repository.docket("hooks", "install").succeeded()
    #expect(
      try repository.docket("hooks", "status").output
        == """
        pre-commit: installed
        pre-merge-commit: installed
        pre-push: installed
        merge driver: installed
        words in git diff: installed

        """)
  }

  /// The second name that a hook got before the installation was ended.
  @Test("an installation that was ended half-way can be typed again")
  func halfInstalled() throws {
    let repository = try ScratchRepository()
    let text = Array("#!/bin/sh\necho mine >&2\n".utf8)
    for path in [hook(repository), hook(repository) + ".before-docket"] {
      try writeFile(path, text)
      try repository.run("chmod", ["+x", path]).succeeded()
    }
    try repository.docket("init").succeeded()
    #expect(try repository.docket("hooks", "status").output.contains("runs the hook that was"))
    try repository.docket("hooks", "uninstall").succeeded()
    #expect(readFile(hook(repository)) == text)
  }

  @Test("two hooks of the user's: neither is touched, and the fix works")
  func takenName() throws {
    let repository = try ScratchRepository.tracked()
    try repository.docket("hooks", "uninstall").succeeded()
    let (mine, other) = (hook(repository), hook(repository) + ".before-docket")
    try writeFile(mine, Array("#!/bin/sh\n# mine\n".utf8))
    try writeFile(other, Array("#!/bin/sh\n# other\n".utf8))
    let run = try repository.docket("hooks", "install")
    run.expectRefusal(2, saying: other)
    #expect(readFile(mine) == Array("#!/bin/sh\n# mine\n".utf8))
    #expect(readFile(other) == Array("#!/bin/sh\n# other\n".utf8))
    let fix = try #require(run.errors.split(separator: "\n").first { $0.contains("mv ") })
    let move = fix.trimmingPrefix(while: { $0 == " " })
    try repository.run("sh", ["-c", String(move)]).succeeded()
    try repository.docket("hooks", "install").succeeded()
    #expect(readFile(other) == Array("#!/bin/sh\n# mine\n".utf8))
  }

  @Test(
    "another installer that runs docket's hook, moved aside: one check, and the first hook runs")
  func legacy() throws {
    let repository = try ScratchRepository()
    let path = hook(repository)
    try writeFile(path, Array("#!/bin/sh\necho mine >&2\n".utf8))
    try repository.run("chmod", ["+x", path]).succeeded()
    try repository.docket("init").succeeded()
    try repository.run("mv", [path, path + ".legacy"]).succeeded()
    let framework = Array("#!/bin/sh\n\"$0.legacy\" \"$@\" || exit\necho framework >&2\n".utf8)
    try writeFile(path, framework)
    try repository.run("chmod", ["+x", path]).succeeded()
    #expect(try repository.docket("init").status == 0)
    #expect(try repository.docket("hooks", "install").errors.contains("already"))
    #expect(readFile(path) == framework)
    #expect(try repository.docket("hooks", "status").output.contains("run by"))
    let run = try repository.tryGit(["commit", "-q", "--allow-empty", "-m", "x"])
    #expect(run.errors == "mine\nframework\n", "\(run.transcript)")
  }

  @Test("core.hooksPath is somebody else's: said, not touched; one line there is enough")
  func hooksPath() throws {
    let repository = try ScratchRepository()
    let folder = repository.base + "/hooks"
    try writeFile(folder + "/pre-commit", Array("#!/bin/sh\nexit 0\n".utf8))
    try repository.run("chmod", ["+x", folder + "/pre-commit"]).succeeded()
    try repository.git("config", "core.hooksPath", folder)
    let run = try repository.docket("init")
    #expect(run.status == 0, "\(run.transcript)")
    #expect(run.errors.contains(folder) && run.errors.contains("docket hooks run pre-commit"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["pre-commit"])
    #expect(readFile(folder + "/pre-commit") == Array("#!/bin/sh\nexit 0\n".utf8))
    try repository.docket("hooks", "install").expectRefusal(1, saying: folder, "docket hooks run")
    #expect(try repository.docket("hooks", "status").output.contains(folder))
    #expect(
      try repository.docket("list").errors == "", "nothing is missing that docket could install")

    try writeFile(
      folder + "/pre-commit", Array("#!/bin/sh\nexec docket hooks run pre-commit\n".utf8))
    #expect(
      try repository.docket("hooks", "status").output.contains("run by \(folder)/pre-commit"))
    let id = try repository.new("pain-point", "title=Slow", "severity=2")
    let path = try repository.path(of: id)
    try repository.replace("\"severity\": 2", with: "\"severity\": 9", in: path)
    #expect(try repository.tryGit(["commit", "-qam", "Bad"]).errors.contains("record.schema"))
    try repository.docket("hooks", "uninstall").succeeded()
    #expect(readFile(folder + "/pre-commit") != nil)
  }

  @Test("lines that somebody added to docket's hook stay theirs: run, updated around, left behind")
  func addedLines() throws {
    let repository = try ScratchRepository()
    try repository.docket("init").succeeded()
    let path = hook(repository)
    let own = try #require(readFile(path))
    let added = Array("echo mine >&2\n# ".utf8) + [0xFF]
    try writeFile(path, own + added)
    #expect(try repository.tryGit(["commit", "-q", "--allow-empty", "-m", "x"]).errors == "mine\n")
    // Another docket's line is brought up to date; what stands below it is not docket's.
    let old = String(decoding: own, as: UTF8.self)
      .replacingOccurrences(of: ScratchRepository.docketExecutable, with: "/old/docket")
    try writeFile(path, Array(old.utf8) + added)
    try repository.docket("hooks", "install").succeeded()
    #expect(readFile(path) == own + added)
    let removed = try repository.docket("hooks", "uninstall")
    #expect(removed.errors.contains(path), "\(removed.transcript)")
    #expect(readFile(path) == Array("#!/bin/sh\n".utf8) + added)
    #expect(try repository.tryGit(["commit", "-q", "--allow-empty", "-m", "y"]).errors == "mine\n")
    // As a hook that was there, it is run first and comes back.
    try repository.docket("hooks", "install").succeeded()
    try writeFile(path, (readFile(path) ?? []) + Array("echo more >&2\n".utf8))
    let both = try repository.docket("hooks", "uninstall")
    #expect(both.errors.contains(path + ".added-to-docket"), "\(both.transcript)")
    #expect(readFile(path) == Array("#!/bin/sh\n".utf8) + added)
    #expect(readFile(path + ".added-to-docket") == Array("#!/bin/sh\necho more >&2\n".utf8))
  }

  @Test("where docket is gone, commits pass with a word about it")
  func docketMissing() throws {
    let repository = try ScratchRepository()
    try repository.docket("init").succeeded()
    let path = hook(repository)
    let text = String(decoding: readFile(path) ?? [], as: UTF8.self)
    try writeFile(
      path,
      Array(
        text.replacingOccurrences(of: ScratchRepository.docketExecutable, with: "/gone/docket").utf8
      ))
    let folder = ScratchRepository.docketExecutable.split(separator: "/").dropLast()
      .reduce("") { "\($0)/\($1)" }
    let bare = (repository.environment["PATH"] ?? "").split(separator: ":")
      .filter { $0 != folder }.joined(separator: ":")
    let run = try repository.tryGit(
      ["commit", "-q", "--allow-empty", "-m", "x"], environment: ["PATH": bare])
    #expect(run.status == 0 && run.errors.contains("docket is not installed"), "\(run.transcript)")
  }
}

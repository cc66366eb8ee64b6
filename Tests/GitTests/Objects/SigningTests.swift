import Git
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("signed commits")
struct SigningTests {
  private let scratch: ScratchRepository
  private var key: String { scratch.base + "/home/id" }

  init() throws {
    scratch = try ScratchRepository()
    try scratch.commit("first", ["f": "1\n"])
    try scratch.run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]).succeeded()
    let publicKey = String(decoding: readFile(key + ".pub") ?? [], as: UTF8.self)
    try writeFile(
      scratch.base + "/home/allowed", Array("carl@example.org \(publicKey)".utf8))
    try scratch.git("config", "gpg.format", "ssh")
    try scratch.git("config", "gpg.ssh.allowedSignersFile", scratch.base + "/home/allowed")
    try scratch.git("config", "commit.gpgsign", "true")
  }

  private func commit(sign: Bool? = nil, environment: [String: String] = [:]) async throws
    -> ObjectID
  {
    let repository = try scratch.open(environment: environment)
    let head = try #require(try repository.head().commit)
    let writer = repository.objectWriter()
    let id = try writer.writeCommit(
      tree: repository.commit(head).tree, parents: [head],
      author: repository.identity(.author), committer: repository.identity(.committer),
      message: "signed\n\nwith a body", sign: sign)
    try writer.flush()
    return id
  }

  @Test("with an ssh key, as git verifies")
  func ssh() async throws {
    for value in [key, key + ".pub", "~/id"] {
      try scratch.git("config", "user.signingkey", value)
      let id = try await commit()
      let verified = try scratch.tryGit(["verify-commit", id.hex])
      #expect(verified.status == 0)
      #expect(verified.errors.contains("Good \"git\" signature for carl@example.org"))
      #expect(try scratch.open().commit(id).isSigned)
    }
    try scratch.git("fsck", "--strict")
    let plain = try await commit(sign: false)
    #expect(try !scratch.open().commit(plain).isSigned)
  }

  @Test("with a literal key whose private half the agent holds")
  func agent() async throws {
    let socket = scratch.base + "/home/agent"
    let agent = try ChildProcess(
      "ssh-agent", ["-D", "-a", socket], in: scratch.path, environment: scratch.environment)
    defer {
      kill(agent.processID, SIGTERM)
      _ = agent.finish()
    }
    let environment = ["SSH_AUTH_SOCK": socket]
    for _ in 0..<100 where access(socket, F_OK) != 0 { usleep(20_000) }
    try scratch.run("ssh-add", ["-q", key], environment: environment).succeeded()
    let text = try #require(scratch.read("../home/id.pub")).split(separator: " ").prefix(2)
    let literal = text.joined(separator: " ")
    for value in ["key::" + literal, literal] {
      try scratch.git("config", "user.signingkey", value)
      let id = try await commit(environment: environment)
      #expect(try scratch.tryGit(["verify-commit", id.hex]).status == 0)
    }
  }

  @Test("no key, a wrong key and an unknown program are errors in words, and no commit")
  func failures() async throws {
    let settings: [(key: String, program: String, says: String)] = [
      ("", "ssh-keygen", "user.signingkey"), ("/nowhere", "ssh-keygen", "ssh-keygen failed"),
      (key, "/nowhere/ssh-keygen", "/nowhere/ssh-keygen"),
    ]
    for setting in settings {
      try scratch.git("config", "user.signingkey", setting.key)
      try scratch.git("config", "gpg.ssh.program", setting.program)
      let error = await #expect(throws: GitError.self) { _ = try await commit() }
      #expect(error?.code == .signing)
      #expect(error?.description.contains(setting.says) == true)
    }
  }

  @Test(
    "with gpg, as git verifies",
    .enabled(
      if: (try? CommandRun.run(
        "gpg", ["--version"], in: "/", environment: ["PATH": "/usr/bin:/bin:/opt/homebrew/bin"]))?
        .status == 0, "gpg is not installed"))
  func gpg() async throws {
    let home = scratch.base + "/g"
    mkdir(home, 0o700)
    let environment = ["GNUPGHOME": home]
    try scratch.run(
      "gpg",
      [
        "--batch", "--quiet", "--passphrase", "", "--quick-gen-key",
        "Carl Committer <carl@example.org>", "ed25519", "sign", "never",
      ], environment: environment
    ).succeeded()
    try scratch.git("config", "gpg.format", "openpgp")
    let id = try await commit(environment: environment)
    let verified = try scratch.tryGit(["verify-commit", id.hex], environment: environment)
    #expect(verified.status == 0, "\(verified.errors)")
    #expect(verified.errors.contains("Good signature from \"Carl Committer"))
    _ = try scratch.run("gpgconf", ["--kill", "all"], environment: environment)
  }
}

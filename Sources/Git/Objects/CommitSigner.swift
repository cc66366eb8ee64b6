internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Signs commits with the program that the user's git would run
/// (git-config: gpg.format, gpg.program, gpg.ssh.program, user.signingKey).
struct CommitSigner {
  private enum Format { case openPGP, x509, ssh }

  private let format: Format
  private let program: String
  private let key: String?
  private let repository: Repository
  private let fallbackKey: String

  init(_ repository: Repository, committer: Signature) throws(GitError) {
    self.repository = repository
    fallbackKey = "\(committer.name) <\(committer.email)>"
    let configuration = repository.configuration
    key = try configuration.string("user.signingkey").flatMap { $0.isEmpty ? nil : $0 }
    switch try configuration.string("gpg.format") ?? "openpgp" {
    case "openpgp":
      format = .openPGP
      let specific = try configuration.path("gpg.openpgp.program")
      let general = try configuration.path("gpg.program")
      program = specific ?? general ?? "gpg"
    case "x509":
      format = .x509
      program = try configuration.path("gpg.x509.program") ?? "gpgsm"
    case "ssh":
      format = .ssh
      program = try configuration.path("gpg.ssh.program") ?? "ssh-keygen"
    case let other:
      throw GitError(
        .signing, call: "gpg.format", "unsupported value for gpg.format: \(other)",
        hint: "git config gpg.format ssh")
    }
  }

  /// Returns a detached, armored signature of a commit's bytes.
  func sign(_ payload: [UInt8]) throws(GitError) -> String {
    switch format {
    case .openPGP, .x509: try signWithGPG(payload)
    case .ssh: try signWithSSH(payload)
    }
  }

  /// Returns the header lines that carry a signature: continuation lines begin with a space; empty
  /// lines (which armor has) are a space alone.
  static func header(for signature: String) -> String {
    var lines = signature.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return "gpgsig " + lines.joined(separator: "\n ") + "\n"
  }

  private func signWithGPG(_ payload: [UInt8]) throws(GitError) -> String {
    let result = try run(
      ["--status-fd=2", "-bsau", key ?? fallbackKey], input: payload)
    // "[GNUPG:] SIG_CREATED" marks success; the exit status alone does not.
    guard result.isSuccess, result.errorText.contains("[GNUPG:] SIG_CREATED ") else {
      throw failure("gpg failed to sign the data", result)
    }
    return result.outputText
  }

  private func signWithSSH(_ payload: [UInt8]) throws(GitError) -> String {
    var key = try signingKey()
    var temporary: String?
    defer { if let temporary { FileSystem.remove(temporary) } }
    var arguments = ["-Y", "sign", "-n", "git", "-f"]
    if let literal = Self.literalKey(key) {
      // A literal public key; the agent has the private one.
      key = try Self.writeTemporary(literal + "\n")
      temporary = key
      arguments = ["-Y", "sign", "-U", "-n", "git", "-f"]
    } else {
      key = Configuration.expand(key, home: repository.location.environment["HOME"])
    }
    let result = try run(arguments + [key], input: payload)
    guard result.isSuccess, result.outputText.contains("BEGIN SSH SIGNATURE") else {
      throw failure("ssh-keygen failed to sign the data with '\(self.key ?? key)'", result)
    }
    return result.outputText
  }

  private func signingKey() throws(GitError) -> String {
    if let key { return key }
    if let command = try repository.configuration.string("gpg.ssh.defaultkeycommand") {
      let result = try run("sh", ["-c", command], input: [])
      let first = result.outputText.split(whereSeparator: \.isNewline).first.map(String.init)
      if result.isSuccess, let first, Self.literalKey(first) != nil { return first }
    }
    throw GitError(
      .signing, call: "user.signingKey",
      "either user.signingkey or gpg.ssh.defaultKeyCommand needs to be configured",
      hint: "git config --global user.signingkey ~/.ssh/id_ed25519.pub")
  }

  private static func literalKey(_ text: String) -> String? {
    if text.hasPrefix("key::") { return String(text.dropFirst("key::".count)) }
    return text.hasPrefix("ssh-") ? text : nil
  }

  private static func writeTemporary(_ text: String) throws(GitError) -> String {
    let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    return try files { () throws(FileError) in
      let (file, path) = try OpenFile.temporary("\(directory)/.git_signing_key_tmp")
      try file.write(Array(text.utf8))
      return path
    }
  }

  // MARK: Running

  private func run(_ arguments: [String], input: [UInt8]) throws(GitError) -> ChildProgram.Result {
    try run(program, arguments, input: input)
  }

  private func run(
    _ program: String, _ arguments: [String], input: [UInt8]
  ) throws(GitError) -> ChildProgram.Result {
    do throws(FileError) {
      return try ChildProgram.run(
        program, arguments, environment: repository.location.environment, input: .bytes(input))
    } catch {
      throw GitError(.signing, call: "run", "cannot run '\(program)' to sign: \(error.reason)")
    }
  }

  private func failure(_ words: String, _ outcome: ChildProgram.Result) -> GitError {
    let said = outcome.errorText.split(whereSeparator: \.isNewline)
      .filter { !$0.hasPrefix("[GNUPG:]") }.joined(separator: "\n")
    return GitError(
      .signing, call: program, said.isEmpty ? words : words + "\n" + said,
      hint:
        "commit.gpgsign asks for a signature; git config --get-regexp '^(gpg|user)\\.' shows with what"
    )
  }
}

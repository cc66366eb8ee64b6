#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The role in which a user signs a commit.
package enum IdentityRole: Sendable {
  case author, committer

  fileprivate var variable: String { self == .author ? "AUTHOR" : "COMMITTER" }
  fileprivate var section: String { self == .author ? "author" : "committer" }
  fileprivate var title: String { self == .author ? "Author" : "Committer" }
}

extension Repository {
  /// Returns the user to write as, in git's order: GIT_AUTHOR_NAME (…), author.name (…), user.name;
  /// likewise the address, with EMAIL last.
  ///
  /// The time is GIT_AUTHOR_DATE (…) if set, else `now` (seconds; UTC offset of this machine), else
  /// the clock. Unlike git, nothing is guessed from the login and host name.
  package func identity(_ role: IdentityRole, now: Int64? = nil) throws(GitError) -> Signature {
    let environment = location.environment
    let prefix = "GIT_\(role.variable)_"
    let names = [
      environment[prefix + "NAME"], try config("\(role.section).name"), try config("user.name"),
    ]
    let emails = [
      environment[prefix + "EMAIL"], try config("\(role.section).email"),
      try config("user.email"), environment["EMAIL"],
    ]
    let name = Self.cleaned(names.lazy.compactMap { $0 }.first)
    let email = Self.cleaned(emails.lazy.compactMap { $0 }.first)
    guard let name, !name.isEmpty, let email else {
      throw GitError(
        .identity, call: "identity", "\(role.title) identity unknown",
        hint: """

          *** Please tell me who you are.

          Run

            git config --global user.email "you@example.com"
            git config --global user.name "Your Name"

          to set your account's default identity.
          Omit --global to set the identity only in this repository.
          """)
    }
    if let text = environment[prefix + "DATE"], !text.isEmpty {
      guard let date = GitDate(parsing: text) else {
        throw GitError(.identity, call: "identity", "fatal: invalid date format: \(text)")
      }
      return Signature(
        name: name, email: email, time: date.time,
        offsetMinutes: date.offsetMinutes ?? GitDate.localOffset(at: date.time))
    }
    let time = now ?? Int64(time(nil))
    return Signature(
      name: name, email: email, time: time, offsetMinutes: GitDate.localOffset(at: time))
  }

  /// Returns the time of the commit being made, as far as a hook knows it: GIT_COMMITTER_DATE, else
  /// `now`.
  package func committerTime(now: Int64) -> Int64 {
    location.environment["GIT_COMMITTER_DATE"].flatMap { GitDate(parsing: $0) }?.time ?? now
  }

  /// Returns the text without characters that would break a commit's header: git's
  /// `strbuf_addstr_without_crud`.
  private static func cleaned(_ text: String?) -> String? {
    guard let text else { return nil }
    let crud = Set(".,:;<>\"\\'".utf8)
    let isCrud = { (byte: UInt8) in byte <= 32 || crud.contains(byte) }
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, isCrud(first) { bytes.removeFirst() }
    while let last = bytes.last, isCrud(last) { bytes.removeLast() }
    let forbidden = Set("\n<>".utf8)
    return String(decoding: bytes.filter { !forbidden.contains($0) && $0 != 0 }, as: UTF8.self)
  }
}

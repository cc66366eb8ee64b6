/// The page of a forge on which a branch is proposed for merging.
enum ForgePage {
  /// Returns the page for a remote's URL; `nil` where it isn't a forge's, such as a path.
  ///
  /// - Parameter remote: `https://host/owner/repository.git`, `git@host:owner/repository` or
  ///   `ssh://git@host/owner/repository` (git-clone(1), "GIT URLS").
  static func proposal(of branch: String, into target: String, remote: String) -> String? {
    guard let (host, path) = place(of: remote) else { return nil }
    let (from, to) = (encoded(branch), encoded(target))
    let page = "https://\(host)/\(path)"
    if host.utf8.starts(with: "gitlab.".utf8) {
      return "\(page)/-/merge_requests/new?merge_request[source_branch]=\(from)"
        + "&merge_request[target_branch]=\(to)"
    }
    // GitHub's form, which Gitea and Forgejo have, too.
    return "\(page)/compare/\(to)...\(from)"
  }

  private static func place(of remote: String) -> (host: String, path: String)? {
    var rest = remote[...]
    var isURL = false
    for scheme in ["https://", "http://", "ssh://", "git://"]
    where rest.utf8.starts(with: scheme.utf8) {
      rest = rest.dropFirst(scheme.utf8.count)
      isURL = true
    }
    // In the short form a colon comes before any slash; anything else is a path.
    let separator: Character = isURL ? "/" : ":"
    guard let end = rest.firstIndex(of: separator), !rest[..<end].contains("/") else { return nil }
    var host = rest[..<end]
    if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
    if isURL, let colon = host.firstIndex(of: ":") { host = host[..<colon] }
    var path = rest[rest.index(after: end)...]
    while path.utf8.first == UInt8(ascii: "/") { path.removeFirst() }
    while path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    if path.utf8.suffix(4).elementsEqual(".git".utf8) { path = path.dropLast(4) }
    return host.isEmpty || path.isEmpty ? nil : (String(host), String(path))
  }

  /// Percent-encodes what isn't unreserved (RFC 3986, section 2.3), but for slashes.
  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "-._~/".utf8.contains(byte)
      return isPlain
        ? String(Unicode.Scalar(byte))
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16).uppercased()
    }.joined()
  }
}

import Files
import Records

/// The current names and addresses of people according to `.mailmap` (gitmailmap(5)).
struct Mailmap {
  static let path: RepositoryPath = ".mailmap"

  private struct Identity {
    var name: String?
    var email: String?
    /// Replacements for commits under these names only, in lower case.
    var byName: [String: (name: String?, email: String?)] = [:]
  }

  /// By the e-mail address in commits, in lower case.
  private var identities: [String: Identity] = [:]

  var isEmpty: Bool { identities.isEmpty }

  init(_ bytes: [UInt8] = []) {
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    where !line.hasPrefix("#") {
      guard let (name, email, rest) = Self.person(line) else { continue }
      if let (oldName, oldEmail, _) = Self.person(rest) {
        add(name, email, for: oldName, oldEmail)
      } else {
        add(name, nil, for: nil, email)
      }
    }
  }

  /// Splits "Name <address>" and what follows off a line; the name is optional.
  private static func person(_ line: Substring) -> (name: String?, email: String, rest: Substring)?
  {
    guard let open = line.firstIndex(of: "<"),
      let close = line[open...].firstIndex(of: ">")
    else { return nil }
    let name = line[..<open].trimmed
    return (
      name.isEmpty ? nil : name, String(line[line.index(after: open)..<close]),
      line[line.index(after: close)...]
    )
  }

  private mutating func add(
    _ name: String?, _ email: String?, for oldName: String?, _ oldEmail: String
  ) {
    var identity = identities[oldEmail.lowercased()] ?? Identity()
    if let oldName {
      identity.byName[oldName.lowercased()] = (name, email)
    } else {
      identity.name = name ?? identity.name
      identity.email = email ?? identity.email
    }
    identities[oldEmail.lowercased()] = identity
  }

  /// Returns the current name and address for those in a commit.
  func proper(_ name: String, _ email: String) -> (name: String, email: String) {
    guard let identity = identities[email.lowercased()] else { return (name, email) }
    let found = identity.byName[name.lowercased()] ?? (identity.name, identity.email)
    return (found.name ?? name, found.email ?? email)
  }
}

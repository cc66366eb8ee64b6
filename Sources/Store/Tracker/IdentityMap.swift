import Files
import Git
import JSONText

/// The people behind pseudonyms: a user's private file, outside every repository that others read.
///
/// `git config docket.identities` names it; it is one JSON object of pseudonyms and persons. Only
/// `show` reads it, for its owner; no report, no other clone and no check does.
package struct IdentityMap: Sendable {
  package static let setting = "docket.identities"

  private let people: [String: String]
  /// A warning to its owner about the file.
  package let warning: String?

  package subscript(pseudonym: String) -> String? { people[pseudonym] }

  /// - Parameters:
  ///   - path: absolute.
  ///   - root: the working tree that must not contain the file.
  init(contentsOf path: String, outside root: String?) throws(StoreError) {
    let place: RepositoryPath
    var isPublic = false
    do throws(FileError) {
      place = RepositoryPath(try FileSystem.realPath(path) ?? path)
      if let root {
        isPublic = place.isAtOrBelow(RepositoryPath(try FileSystem.realPath(root) ?? root))
      }
    } catch {
      throw Self.unreadable(error)
    }
    if let root, isPublic {
      throw .refused(
        "the identity map \(path) lies in the repository, where the next commit may publish it",
        hint: "move it out of \(root), then: git config \(Self.setting) ~/identities.json")
    }
    let bytes: [UInt8]
    let isOpen: Bool
    do throws(FileError) {
      bytes = try FileSystem.contents(path)
      isOpen = try FileSystem.mode(path).map { $0 & 0o077 != 0 } ?? false
    } catch {
      throw Self.unreadable(error)
    }
    people = try Self.people(in: bytes, path: path)
    warning = isOpen ? "others can read \(path); chmod 600 keeps it yours" : nil
  }

  private static func unreadable(_ error: FileError) -> StoreError {
    .failed(
      "the identity map can't be read: \(error)",
      hint: "git config \(setting) names it; git config --unset \(setting) forgets it")
  }

  private static func people(in bytes: [UInt8], path: String) throws(StoreError)
    -> [String: String]
  {
    func fault(at position: SourcePosition, _ message: String) -> StoreError {
      .failed(
        "\(path):\(position): \(message)",
        hint: "an identity map is one JSON object: {\"p-k3x9q7\": \"who that is\"}")
    }
    let document: JSONDocument
    do throws(JSONSyntaxError) {
      document = try JSONDocument(parsing: bytes)
    } catch {
      throw fault(at: SourcePosition(of: error.offset, in: bytes), error.message)
    }
    guard document.root.isObject else {
      throw fault(at: document.root.position, "this is no object")
    }
    var people: [String: String] = [:]
    for (key, value) in document.root.members {
      guard let who = value.string else {
        throw fault(at: value.position, "a person is written as text")
      }
      people[key.string ?? ""] = who
    }
    return people
  }
}

extension Tracker {
  /// Returns the current user's identity map, or `nil` if they have none.
  package func identityMap() throws(StoreError) -> IdentityMap? {
    guard let path = try setting(IdentityMap.setting), !path.isEmpty else { return nil }
    // Expands a path as git-config(1) does.
    let home = context.environment["HOME"] ?? ""
    let expanded = path.utf8.starts(with: "~/".utf8) ? home + path.dropFirst(1) : path
    return try IdentityMap(
      contentsOf: FileSystem.absolute(expanded, in: root ?? gitDirectory), outside: root)
  }
}

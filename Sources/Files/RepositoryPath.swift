/// A path in a repository, relative to its root: bytes between slashes, as git keeps them.
///
/// The one place where such paths are compared, joined and taken apart, by bytes. By Character, a
/// combining mark behind a slash would hide the slash; as text, names that aren't UTF-8 would all
/// look alike.
package struct RepositoryPath: Sendable, Hashable {
  package let bytes: [UInt8]

  package init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
  package init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

  /// The root itself.
  package static let root = RepositoryPath(bytes: [])

  private static let slash = UInt8(ascii: "/")

  /// For people and programs; bytes that are not UTF-8 are replaced by U+FFFD.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package var isRoot: Bool { bytes.isEmpty }

  /// Whether this is below `folder`, at any depth; everything but the root is below the root.
  package func isBelow(_ folder: RepositoryPath) -> Bool {
    guard !folder.isRoot else { return !isRoot }
    return bytes.count > folder.bytes.count + 1 && bytes[folder.bytes.count] == Self.slash
      && bytes.starts(with: folder.bytes)
  }

  /// Whether this is `folder` or below it.
  package func isAtOrBelow(_ folder: RepositoryPath) -> Bool { self == folder || isBelow(folder) }

  /// Returns the rest of a path below `folder`, or `nil` if it isn't below it.
  package func relative(to folder: RepositoryPath) -> RepositoryPath? {
    guard isBelow(folder) else { return nil }
    return folder.isRoot ? self : RepositoryPath(bytes: bytes[(folder.bytes.count + 1)...])
  }

  /// Returns the path of `name`, which may have slashes of its own, below this one.
  package func appending(_ name: RepositoryPath) -> RepositoryPath {
    isRoot ? name : RepositoryPath(bytes: bytes + [Self.slash] + name.bytes)
  }

  package func appending(_ name: some StringProtocol) -> RepositoryPath {
    appending(RepositoryPath(name))
  }

  /// The folder that holds this; the root for what is at the root, and for the root.
  package var parent: RepositoryPath {
    RepositoryPath(bytes: bytes[..<(bytes.lastIndex(of: Self.slash) ?? 0)])
  }

  /// What is behind the last slash.
  package var name: RepositoryPath {
    guard let slash = bytes.lastIndex(of: Self.slash) else { return self }
    return RepositoryPath(bytes: bytes[(slash + 1)...])
  }

  /// The names between slashes.
  package var components: [RepositoryPath] {
    bytes.split(separator: Self.slash).map { RepositoryPath(bytes: $0) }
  }

  /// Whether the path ends with the bytes of `ending`, such as `.json`.
  package func hasEnding(_ ending: StaticString) -> Bool {
    ending.withUTF8Buffer { bytes.count >= $0.count && bytes.suffix($0.count).elementsEqual($0) }
  }

  /// Returns where the path is in a working tree.
  package func systemPath(below root: String) -> BytePath {
    BytePath(bytes: Array(root.utf8) + [Self.slash] + bytes)
  }
}

extension RepositoryPath: Comparable {
  /// By bytes, as git sorts paths of files.
  package static func < (left: RepositoryPath, right: RepositoryPath) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension RepositoryPath: CustomStringConvertible {
  package var description: String { text }
}

extension RepositoryPath: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text) }
}

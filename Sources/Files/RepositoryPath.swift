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

extension RepositoryPath {
  /// The path as the file systems see it that tell the fewest names apart.
  package var folded: FoldedPath { FoldedPath(self) }

  /// Whether a file system may take the path for `folder` or for something below it.
  package func folds(atOrBelow folder: RepositoryPath) -> Bool {
    let (own, other) = (folded.names, folder.folded.names)
    return own.count >= other.count
      && zip(own, other).allSatisfy { $0 == $1 || FoldedPath.isShort($0, of: $1) }
  }
}

/// A path without what some file system doesn't look at: paths that fold alike may be one file there.
///
/// As git does for `.git` where core.protectHFS and core.protectNTFS are on: case and Unicode form
/// (HFS+, APFS, NTFS), characters that HFS+ leaves out (`next_hfs_char` in git's utf8.c), and what
/// NTFS takes for the end of a name or for a slash (`is_ntfs_dotgit` in git's path.c).
package struct FoldedPath: Hashable, Sendable {
  /// Compared by canonical equivalence, as such file systems compare them.
  package let names: [String]

  init(_ path: RepositoryPath) {
    names = path.bytes.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
      .map(Self.fold)
  }

  private static func fold(_ name: ArraySlice<UInt8>) -> String {
    // Names that aren't UTF-8 stay apart.
    guard var text = String(validating: name, as: UTF8.self) else {
      return name.reduce(into: "\u{0}") { $0.unicodeScalars.append(Unicode.Scalar($1)) }
    }
    if !text.utf8.allSatisfy({ $0 < 0x80 }) {
      text = String(String.UnicodeScalarView(text.unicodeScalars.filter { !isIgnored($0) }))
    }
    // Behind a colon NTFS has the name of a stream; it drops spaces and full stops at the end.
    var scalars = text.unicodeScalars.prefix { $0 != ":" }
    while let last = scalars.last, last == " " || last == "." { scalars.removeLast() }
    // Both ways, for letters that are one in capitals alone (ſ and s) or small alone (K and k).
    return String(scalars).uppercased().lowercased()
  }

  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
    default: false
    }
  }

  /// Whether a folded name is one of the short ones that NTFS and FAT give a long name, such as
  /// `docket~1` for `.docket`.
  static func isShort(_ name: String, of long: String) -> Bool {
    guard let tilde = name.utf8.firstIndex(of: UInt8(ascii: "~")) else { return false }
    let full = long.utf8.drop { $0 == UInt8(ascii: ".") }
    let dot = full.lastIndex(of: UInt8(ascii: "."))
    let stem = full[..<(dot ?? full.endIndex)].filter {
      $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: " ")
    }
    let ending = dot.map { full[$0...].prefix(4) } ?? full[full.endIndex...]
    var rest = name.utf8[tilde...].dropFirst()
    guard let digit = rest.popFirst(), (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(digit),
      rest.elementsEqual(ending)
    else { return false }
    return name.utf8[..<tilde].elementsEqual(stem.prefix(6))
      && (stem.count > 8 || full.count < long.utf8.count || ending.count > 4
        || full[(dot ?? full.endIndex)...].count > 4)
  }
}

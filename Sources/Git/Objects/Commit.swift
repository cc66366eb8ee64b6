/// A commit, copied out of the repository.
package struct Commit: Sendable, Hashable {
  package let id: ObjectID
  package let tree: ObjectID
  package let parents: [ObjectID]
  package let author: Signature
  package let committer: Signature
  /// As stored, usually with a final newline. If the commit declares Latin-1, this and the names
  /// are converted.
  package let message: String
  /// Whether the commit carries a signature, valid or not.
  package let isSigned: Bool

  /// The first paragraph of the message on one line.
  package var subject: String {
    if let line = oneLineSubject { return line }
    var words: [Substring] = []
    for line in message.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        if words.isEmpty { continue }
        break
      }
      words.append(line)
    }
    return words.joined(separator: " ")
  }

  /// The subject if it is one line that begins with a visible character, as in nearly all commits.
  private var oneLineSubject: String? {
    let bytes = message.utf8
    guard let first = bytes.first, (0x21...0x7E).contains(first),
      let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
      bytes[bytes.index(before: end)] != UInt8(ascii: "\r")
    else { return nil }
    let next = bytes.index(after: end)
    guard next == bytes.endIndex || bytes[next] == UInt8(ascii: "\n") else { return nil }
    return String(message[..<end])
  }

  init(id: ObjectID, parsing bytes: UnsafeRawBufferPointer) throws(GitError) {
    self.id = id
    var header = CommitHeader(bytes)
    var tree: ObjectID?
    var parents: [ObjectID] = []
    var author: Slice<UnsafeRawBufferPointer>?
    var committer: Slice<UnsafeRawBufferPointer>?
    var isLatin1 = false
    var isSigned = false
    while let line = header.next() {
      if tree == nil, let value = line.value(of: "tree ") {
        tree = ObjectID(hexDigits: value)
      } else if let value = line.value(of: "parent ") {
        guard let parent = ObjectID(hexDigits: value) else {
          throw GitError.corrupt("commit \(id) has a malformed parent")
        }
        parents.append(parent)
      } else if author == nil, let value = line.value(of: "author ") {
        author = value
      } else if committer == nil, let value = line.value(of: "committer ") {
        committer = value
      } else if let value = line.value(of: "encoding ") {
        let name = String(decoding: value, as: UTF8.self).lowercased()
        isLatin1 = ["iso-8859-1", "iso8859-1", "latin1", "latin-1"].contains(name)
      } else if line.value(of: "gpgsig ") != nil {
        isSigned = true
      }
    }
    guard let tree, let author, let committer else {
      throw GitError.corrupt("commit \(id) lacks a tree, author or committer")
    }
    (self.tree, self.parents, self.isSigned) = (tree, parents, isSigned)
    if isLatin1 {
      self.author = Signature(parsing: Array(Self.latin1(author).utf8))
      self.committer = Signature(parsing: Array(Self.latin1(committer).utf8))
      message = Self.latin1(header.rest)
    } else {
      self.author = Signature(parsing: author)
      self.committer = Signature(parsing: committer)
      message = String(decoding: header.rest, as: UTF8.self)
    }
  }

  private static func latin1(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
    return String(scalars)
  }
}

/// Iterates over the header lines of a commit; at the end, `rest` is the message.
struct CommitHeader {
  struct Line {
    let bytes: Slice<UnsafeRawBufferPointer>

    /// Returns what follows `key` (which includes its space), or `nil` if the line begins
    /// otherwise.
    func value(of key: StaticString) -> Slice<UnsafeRawBufferPointer>? {
      let count = key.utf8CodeUnitCount
      guard bytes.count >= count else { return nil }
      for index in 0..<count where bytes[bytes.startIndex + index] != key.utf8Start[index] {
        return nil
      }
      return bytes.dropFirst(count)
    }
  }

  private(set) var rest: Slice<UnsafeRawBufferPointer>

  init(_ bytes: UnsafeRawBufferPointer) {
    rest = bytes[...]
  }

  mutating func next() -> Line? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
    let line = rest[..<end]
    rest = end < rest.endIndex ? rest[(end + 1)...] : rest[end...]
    return line.isEmpty ? nil : Line(bytes: line)
  }
}

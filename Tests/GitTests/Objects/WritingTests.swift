import Files
import Git
import TestSupport
import Testing

@Suite("writing objects and references")
struct WritingTests {
  private let scratch: ScratchRepository
  private let repository: Repository

  init() throws {
    scratch = try ScratchRepository()
    try scratch.commit("first", ["a/b/c": "1\n", "a/x": "2\n", "top": "3\n"])
    repository = try scratch.open()
  }

  private func headTree() throws -> ObjectID {
    let head = try #require(try repository.head().commit)
    return try repository.commit(head).tree
  }

  private func item(_ text: String, _ writer: ObjectWriter) throws -> TreeItem {
    TreeItem(mode: .regular, id: try writer.writeBlob(Array(text.utf8)))
  }

  @Test("an edited tree is the one git writes, and git finds every object sound")
  func edits() throws {
    let writer = repository.objectWriter()
    let tree = try writer.writeTree(
      basedOn: try headTree(),
      edits: [
        ("a/b/new", try item("new\n", writer)), ("a/b.d/x", try item("x\n", writer)),
        ("a/b-d", try item("y\n", writer)), ("top", nil), ("absent/file", nil),
      ])
    try writer.flush()
    try scratch.write("a/b/new", "new\n")
    try scratch.write("a/b.d/x", "x\n")
    try scratch.write("a/b-d", "y\n")
    try scratch.git("rm", "-q", "top")
    try scratch.git("add", "-A")
    #expect(try scratch.git("write-tree") == tree.hex)
    try scratch.git("fsck", "--strict")
  }

  @Test("removing all below a directory removes the directory")
  func vanishing() throws {
    let writer = repository.objectWriter()
    let tree = try writer.writeTree(
      basedOn: try headTree(), edits: [("a/b/c", nil), ("a/x", nil)])
    #expect(try repository.entries(ofTree: tree).map(\.name) == ["top"])
    let empty = try writer.writeTree(basedOn: tree, edits: [("top", nil)])
    #expect(empty == .emptyTree)
  }

  @Test("random edits give the tree that git's index gives", arguments: 0..<8)
  func randomEdits(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let before = try scratch.writeRandomTree(&random)
    let after = try scratch.writeRandomTree(&random)
    let from = try #require(ObjectID(hex: before))
    let to = try #require(ObjectID(hex: after))
    let edits = try repository.changes(from: from, to: to).map { ($0.path, $0.new) }
    let writer = repository.objectWriter()
    #expect(try writer.writeTree(basedOn: from, edits: edits.shuffled(using: &random)) == to)
  }

  @Test(
    "a file and a directory of one name, and names git refuses",
    arguments: [
      ("a", GitError.Code.directoryConflict), ("top/below", .directoryConflict),
      ("a/.git/config", .invalidName), ("a//b", .invalidName), ("../a", .invalidName),
      (".GIT/x", .invalidName), ("a/./b", .invalidName), ("/a", .invalidName), ("", .invalidName),
    ])
  func refused(path: String, code: GitError.Code) throws {
    let writer = repository.objectWriter()
    let error = #expect(throws: GitError.self) {
      _ = try writer.writeTree(
        basedOn: try headTree(), edits: [(RepositoryPath(path), try item("x", writer))])
    }
    #expect(error?.code == code)
  }

  @Test("a commit moves its branch by compare-and-swap, with reflogs")
  func commit() async throws {
    let head = try repository.head()
    let parent = try #require(head.commit)
    let writer = repository.objectWriter()
    let tree = try writer.writeTree(
      basedOn: try headTree(), edits: [("n", try item("n\n", writer))])
    let author = try repository.identity(.author)
    let committer = try repository.identity(.committer)
    let id = try writer.writeCommit(
      tree: tree, parents: [parent], author: author, committer: committer, message: "Grüße\n\nbody")
    let branch = try #require(head.branch)
    #expect(throws: GitError.self) {
      _ = try repository.updateReference(
        branch, to: id, expecting: parent, identity: committer, reason: "too early")
    }
    try writer.flush()
    #expect(writer.fsyncCount >= 1)
    #expect(
      try repository.updateReference(
        branch, to: id, expecting: parent, identity: committer, reason: "commit:\n  Grüße"))
    #expect(
      try !repository.updateReference(
        branch, to: parent, expecting: parent, identity: committer, reason: "lost"))
    #expect(try scratch.git("rev-parse", "HEAD") == id.hex)
    #expect(
      try scratch.git("log", "-1", "--format=%an %ae %at %cn %s|%b|")
        == "Ada Author ada@example.org 1767323045 Carl Committer Grüße|body\n|")
    #expect(try scratch.git("reflog", "-1", "--format=%gs", "HEAD") == "commit: Grüße")
    #expect(try scratch.git("reflog", "-1", "--format=%gs", "main") == "commit: Grüße")
    try scratch.git("fsck", "--strict")
    let again = try repository.commit(id)
    #expect(again.subject == "Grüße")
    #expect(again.parents == [parent])
    #expect(again.committer == committer)
  }

  @Test("what is not flushed is forgotten")
  func forgotten() throws {
    var id = ObjectID.zero
    do {
      let writer = repository.objectWriter()
      id = try writer.writeBlob(Array("never kept".utf8))
      let read = try repository.blob(id)
      #expect(read == Array("never kept".utf8))
      withExtendedLifetime(writer) {}
    }
    #expect(!repository.contains(id))
    #expect(throws: GitError.self) { try repository.blob(id) }
  }

  @Test("references: packed, new, nested, in the way of each other")
  func references() throws {
    let id = try #require(try repository.head().commit)
    let who = try repository.identity(.committer)
    func create(_ name: String) throws -> Bool {
      try repository.updateReference(
        name, to: id, expecting: nil, identity: who, reason: "branch: Created")
    }
    #expect(try create("refs/heads/topic/one"))
    #expect(try !create("refs/heads/topic/one"))
    try scratch.git("pack-refs", "--all")
    #expect(try repository.reference("refs/heads/topic/one") == id)
    #expect(try !create("refs/heads/topic/one"))
    #expect(throws: GitError.self) { _ = try create("refs/heads/topic") }
    #expect(throws: GitError.self) { _ = try create("refs/heads/topic/one/two") }
    #expect(
      try repository.references(under: "refs/heads/").map(\.name)
        == ["refs/heads/main", "refs/heads/topic/one"])
    // An empty directory where the branch goes, as git leaves it behind.
    try scratch.git("branch", "gone/deep")
    try scratch.git("branch", "-D", "gone/deep")
    try writeFile(scratch.path + "/.git/refs/heads/empty/sub/x", [])
    _ = try scratch.run("rm", [scratch.path + "/.git/refs/heads/empty/sub/x"])
    #expect(try create("refs/heads/empty"))
    try scratch.git("fsck", "--strict")
  }

  @Test("a held lock is waited for, then named, and left alone")
  func heldLock() throws {
    let id = try #require(try repository.head().commit)
    let who = try repository.identity(.committer)
    let lock = scratch.path + "/.git/refs/heads/main.lock"
    try writeFile(lock, [])
    let error = #expect(throws: GitError.self) {
      _ = try repository.updateReference(
        "HEAD", to: id, expecting: id, identity: who, reason: "x", timeout: .milliseconds(30))
    }
    #expect(error?.code == .locked)
    #expect(error?.description.contains(lock) == true)
    #expect(readFile(lock) != nil)
  }
}

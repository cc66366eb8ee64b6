import Files
import TestSupport
import Testing

@testable import Git

@Suite("trees")
struct TreeTests {
  private func open(_ scratch: ScratchRepository) throws -> Repository {
    try #require(try Repository.discover(from: scratch.path, environment: scratch.environment))
  }

  @Test("a walk finds what ls-tree finds, symbolic links and submodules included")
  func walk() throws {
    let scratch = try ScratchRepository()
    try scratch.commit("files", ["a": "1", "a.b": "2", "a-b/c": "3", "dir/deep/file": "4"])
    try scratch.git(
      "update-index", "--add", "--cacheinfo", "120000,\(String(repeating: "1", count: 40)),link")
    try scratch.git(
      "update-index", "--add", "--cacheinfo", "160000,\(String(repeating: "2", count: 40)),dir/sub")
    try scratch.git("update-index", "--chmod=+x", "a.b")
    let tree = try scratch.git("write-tree", "--missing-ok")
    let repository = try open(scratch)
    let id = try #require(ObjectID(hex: tree))
    for prefix in ["", "dir", "dir/deep/file", "absent"] {
      var lines: [String] = []
      try repository.walkTree(id, under: RepositoryPath(prefix)) { path, entry in
        let kind = entry.mode == .submodule ? "commit" : "blob"
        let mode = String(entry.mode.rawValue, radix: 8)
        lines.append("\(mode) \(kind) \(entry.id)\t\(path)")
      }
      let expected = try scratch.git("ls-tree", "-r", tree, "--", prefix.isEmpty ? "." : prefix)
      #expect(lines.joined(separator: "\n") == expected)
    }
    #expect(try repository.entry(at: "dir/deep", inTree: id)?.mode == .tree)
    #expect(try repository.entry(at: "a/b", inTree: id) == nil)
  }

  @Test("differences are those of git diff --raw", arguments: 0..<12)
  func differences(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let scratch = try ScratchRepository()
    var trees: [String] = []
    for _ in 0..<4 {
      trees.append(try scratch.writeRandomTree(&random))
    }
    let repository = try open(scratch)
    for (old, new) in zip(trees, trees.dropFirst()) {
      for prefix in ["", "a", "b/a", "c"] {
        let changes = try repository.changes(
          from: ObjectID(hex: old), to: ObjectID(hex: new), under: [RepositoryPath(prefix)])
        let expected = try scratch.git(
          "diff-tree", "-r", "--raw", "--no-renames", "--no-abbrev", old, new, "--",
          prefix.isEmpty ? "." : prefix)
        #expect(changes.map(\.rawLine).joined(separator: "\n") == expected)
      }
    }
  }

  @Test("a few trees that hold one another are walked and compared up to a limit")
  func bomb() throws {
    let scratch = try ScratchRepository()
    let blob = try scratch.git("hash-object", "-w", "--stdin", input: "x")
    var tree = try scratch.git(
      "mktree", input: (0..<10).map { "100644 blob \(blob)\tf\($0)\n" }.joined())
    for _ in 0..<9 {
      tree = try scratch.git(
        "mktree", input: (0..<10).map { "040000 tree \(tree)\td\($0)\n" }.joined())
    }
    let repository = try open(scratch)
    let id = try #require(ObjectID(hex: tree))
    let refused = #expect(throws: GitError.self) {
      var limit = TreeLimit.walk(of: "docket", atMost: 1000)
      var prefix: [UInt8] = []
      try repository.walk(id, prefix: &prefix, depth: 0, &limit, where: nil) { _, _ in }
    }
    #expect(
      refused?.code == .tooLarge && refused?.message.contains("docket/ has more than 1000") == true)
    let difference = #expect(throws: GitError.self) {
      var difference = TreeDifference(
        repository: repository, scope: PathScope([]), limit: .changes(atMost: 1000))
      try difference.compare(nil, id)
    }
    #expect(difference?.code == .tooLarge && difference?.message.contains("more than 1000") == true)
    #expect(throws: GitError.self) { try repository.changes(ofEach: [(nil, id)]) }
  }

  @Test("entries of large trees are found as those of small ones")
  func largeTree() throws {
    let scratch = try ScratchRepository()
    let blob = try scratch.git("hash-object", "-w", "--stdin", input: "x")
    let tree = try scratch.git(
      "mktree", input: (0..<2000).map { "100644 blob \(blob)\tfile-\($0)\n" }.joined())
    let repository = try open(scratch)
    let id = try #require(ObjectID(hex: tree))
    for _ in 0..<3 {
      for number in [0, 1, 999, 1999] {
        let entry = try repository.entry(at: "file-\(number)", inTree: id)
        #expect(entry?.name == "file-\(number)" && entry?.id.hex == blob)
      }
      #expect(try repository.entry(at: "file-2000", inTree: id) == nil)
      #expect(try repository.entry(at: "file-1/x", inTree: id) == nil)
    }
  }

  @Test("an object too large to be read is refused by its header, packed or not")
  func largeObject() throws {
    let scratch = try ScratchRepository()
    let size = Repository.largestObject + 1
    let blob = try scratch.run(
      "sh", ["-c", "head -c \(size) /dev/zero | git hash-object -w --stdin"]
    ).output.split(separator: "\n")[0]
    let id = try #require(ObjectID(hex: String(blob)))
    for isPacked in [false, true] {
      if isPacked {
        let pack = scratch.path + "/.git/objects/pack/pack"
        try scratch.git("pack-objects", "-q", pack, input: blob + "\n")
        try scratch.git("prune-packed", "-q")
      }
      let repository = try open(scratch)
      let refused = #expect(throws: GitError.self) { try repository.blob(id) }
      #expect(refused?.code == .tooLarge, "\(String(describing: refused))")
      #expect(refused?.message.contains("\(size) bytes") == true)
      repository.readPacksForBlobs()
      #expect(throws: GitError.self) { try repository.blob(id) }
    }
  }

  @Test("replacements are followed, but where they are not to be")
  func replacements() throws {
    let scratch = try ScratchRepository()
    try scratch.commit("files", ["a": "1"])
    let one = try scratch.git("rev-parse", "HEAD:a")
    let other = try scratch.git("hash-object", "-w", "--stdin", input: "2")
    try scratch.git("replace", one, other)
    let repository = try open(scratch)
    let id = try #require(ObjectID(hex: one))
    #expect(try repository.blob(id) == Array("2".utf8))
    let kept = try repository.withoutReplacements { () throws(GitError) in try repository.blob(id) }
    #expect(kept == Array("1".utf8))
    #expect(try repository.blob(id) == Array("2".utf8))
  }
}

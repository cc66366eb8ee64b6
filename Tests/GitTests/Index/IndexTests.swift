import Files
import Git
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("the index")
struct IndexTests {
  private func staged(_ scratch: ScratchRepository, _ prefix: String = "") throws -> [String] {
    let repository = try scratch.open()
    let head = try repository.head().commit
    let tree = try head.map { try repository.commit($0).tree }
    return try repository.readIndex().stagedChanges(
      against: tree, in: repository, under: [RepositoryPath(prefix)]
    ).map(\.rawLine)
  }

  private func gitStaged(_ scratch: ScratchRepository, _ prefix: String = "") throws -> [String] {
    try scratch.git(
      "diff", "--cached", "--raw", "--no-renames", "--no-abbrev", "--ita-invisible-in-index", "--",
      prefix.isEmpty ? "." : prefix
    ).split(separator: "\n").map(String.init).filter { !$0.contains(" U\t") }
  }

  @Test(
    "staged changes are those of git diff --cached, in each version and with cached trees",
    arguments: 0..<9)
  func staged(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let scratch = try ScratchRepository()
    let tree = try scratch.writeRandomTree(&random)
    #expect(try staged(scratch) == gitStaged(scratch), "unborn")
    let commit = try scratch.git("commit-tree", "-m", "x", tree)
    try scratch.git("update-ref", "HEAD", commit)
    try scratch.git("update-index", "--index-version", "\(2 + seed % 3)")
    #expect(try staged(scratch) == [])
    for round in 0..<4 {
      try scratch.fillIndexRandomly(&random, count: 4)
      if round == 2 { _ = try scratch.tryGit(["write-tree", "--missing-ok"]) }
      for prefix in ["", "a", "b/a", "c"] {
        #expect(try staged(scratch, prefix) == gitStaged(scratch, prefix))
      }
    }
  }

  @Test("entries, flags, conflicts and intent to add", arguments: [2, 4])
  func entries(version: Int) throws {
    let scratch = try ScratchRepository()
    try scratch.commit("base", ["f": "base\n", "g": "g\n", "dir/h": "h\n", "dir-x": "x\n"])
    try scratch.git("checkout", "-q", "-b", "other")
    try scratch.commit("theirs", ["f": "theirs\n"])
    try scratch.git("checkout", "-q", "main")
    try scratch.commit("ours", ["f": "ours\n"])
    _ = try scratch.tryGit(["merge", "-q", "other"])
    try scratch.write("later", "later\n")
    try scratch.git("add", "-N", "later")
    try scratch.git("update-index", "--assume-unchanged", "g")
    try scratch.git("update-index", "--skip-worktree", "dir/h")
    try scratch.git("update-index", "--index-version", "\(version)")
    let repository = try scratch.open()
    let index = try repository.readIndex()
    #expect(index.conflictedPaths() == ["f"])
    #expect(index.hasConflicts)
    #expect(index.entry(at: "f") == nil)
    #expect(index.entry(at: "later")?.isIntentToAdd == true)
    #expect(index.entry(at: "g")?.isAssumeValid == true)
    #expect(index.entry(at: "dir/h")?.isSkipWorktree == true)
    #expect(index.entry(at: "dir") == nil)
    var lines: [String] = []
    index.forEach(under: "") { view in
      let mode = String(view.mode.rawValue, radix: 8)
      lines.append("\(mode) \(view.id) \(view.stage)\t\(view.path)")
    }
    #expect(lines.joined(separator: "\n") == (try scratch.git("ls-files", "-s")))
    var below: [String] = []
    index.forEach(under: "dir/") { below.append($0.path.text) }
    #expect(below == ["dir/h"])
    #expect(try staged(scratch) == gitStaged(scratch))
  }

  @Test("edits leave all other entries as they are", arguments: [2, 3, 4])
  func edit(version: Int) throws {
    let scratch = try ScratchRepository()
    for index in 0..<30 {
      try scratch.write("d\(index % 3)/file-\(index)", "\(index)\n")
    }
    try scratch.git("add", ".")
    try scratch.commit("all")
    if version == 3 {
      try scratch.write("later", "later\n")
      try scratch.git("add", "-N", "later")
    } else {
      try scratch.git("update-index", "--index-version", "\(version)")
    }
    try scratch.write("d1/file-4", "staged\n")
    try scratch.git("add", "d1/file-4")
    try scratch.write("d1/file-7", "edited\n")
    let before = try entriesByPath(scratch)
    let repository = try scratch.open()
    let writer = repository.objectWriter()
    var edits: [IndexEdit] = []
    for name in ["a-first", "d1/file-40", "d1/new/x", "d2/file-5", "zz"] {
      let text = "new \(name)\n"
      try scratch.write(name, text)
      let item = TreeItem(mode: .regular, id: try writer.writeBlob(Array(text.utf8)))
      edits.append(IndexEdit(path: RepositoryPath(name), item: item))
    }
    edits.append(IndexEdit(path: "d0/file-3", item: nil))
    edits.append(IndexEdit(path: "d0/none", item: nil, expecting: .absent))
    try writer.flush()
    try repository.editIndex(edits)
    let after = try entriesByPath(scratch)
    let touched = Set(edits.map(\.path.text))
    #expect(
      after.filter { !touched.contains($0.key) } == before.filter { !touched.contains($0.key) })
    #expect(after["d0/file-3"] == nil)
    #expect(try repository.readIndex().version == version)
    for edit in edits where edit.item != nil {
      let entry = try #require(try repository.readIndex().entry(at: edit.path))
      #expect(entry.item == edit.item)
      #expect(entry.stat.size == UInt32("new \(edit.path)\n".utf8.count))
    }
    #expect(try staged(scratch) == gitStaged(scratch))
    var expected = [
      "A  a-first", "D  d0/file-3", "M  d1/file-4", " M d1/file-7", "A  d1/file-40",
      "A  d1/new/x", "M  d2/file-5", "A  zz", "?? d0/file-3",
    ]
    if version == 3 { expected.append(" A later") }
    let status = try scratch.git("status", "--porcelain").split(separator: "\n").map(String.init)
    // The runner trims nothing but the last newline, so a leading space stays.
    #expect(Set(status) == Set(expected))
    try scratch.git("fsck", "--strict")
    #expect(try staged(scratch) == gitStaged(scratch))
  }

  private func entriesByPath(_ scratch: ScratchRepository) throws -> [String: String] {
    let text = try scratch.git("ls-files", "-s", "--debug")
    var result: [String: String] = [:]
    var path = ""
    for line in text.split(separator: "\n") {
      if !line.hasPrefix(" "), let tab = line.firstIndex(of: "\t") {
        path = String(line[line.index(after: tab)...])
      }
      result[path, default: ""] += line + "\n"
    }
    return result
  }

  @Test("cached trees are right after an edit, and known where the tree is stored")
  func cachedTrees() throws {
    let scratch = try ScratchRepository()
    try scratch.commit("all", ["a/b/c": "1\n", "a/d": "2\n", "e/f": "3\n"])
    let repository = try scratch.open()
    let head = try #require(try repository.head().commit)
    let base = try repository.commit(head).tree
    let writer = repository.objectWriter()
    try scratch.write("a/b/new", "n\n")
    let item = TreeItem(mode: .regular, id: try writer.writeBlob(Array("n\n".utf8)))
    let tree = try writer.writeTree(basedOn: base, edits: [("a/b/new", item)])
    try writer.flush()
    try repository.editIndex([IndexEdit(path: "a/b/new", item: item, expecting: .absent)])
    #expect(try scratch.git("write-tree") == tree.hex)
    // `git fsck` follows the cached trees; `test-tool` would print them.
    try scratch.git("fsck", "--strict", "--cache")
    let index = try repository.readIndex()
    #expect(
      try index.stagedChanges(against: tree, in: repository) == [])
    try scratch.git("commit", "-q", "-m", "by git")
    #expect(try scratch.git("rev-parse", "HEAD^{tree}") == tree.hex)
    #expect(try scratch.git("status", "--porcelain") == "")
  }

  @Test("an expectation that fails changes nothing")
  func expectations() throws {
    let scratch = try ScratchRepository()
    try scratch.commit("all", ["a": "1\n", "d/x": "2\n"])
    let repository = try scratch.open()
    let before = readFile(repository.indexPath)
    let one = try #require(try repository.readIndex().entry(at: "a")).item
    let other = TreeItem(mode: .executable, id: one.id)
    let cases: [(IndexEdit, GitError.Code)] = [
      (IndexEdit(path: "a", item: nil, expecting: .absent), .modified),
      (IndexEdit(path: "a", item: nil, expecting: .item(other)), .modified),
      (IndexEdit(path: "b", item: one, expecting: .item(one)), .modified),
      (IndexEdit(path: "a/b", item: one), .directoryConflict),
      (IndexEdit(path: "d", item: one), .directoryConflict),
      (IndexEdit(path: "../d", item: one), .invalidName),
    ]
    for (edit, code) in cases {
      let error = #expect(throws: GitError.self) { try repository.editIndex([edit]) }
      #expect(error?.code == code)
    }
    #expect(readFile(repository.indexPath) == before)
    #expect(readFile(repository.indexPath + ".lock") == nil)
    try repository.editIndex([
      IndexEdit(path: "a", item: nil, expecting: .item(one)), IndexEdit(path: "a/b", item: one),
    ])
    #expect(try scratch.git("ls-files") == "a/b\nd/x")
  }

  @Test("a held index.lock is waited for, then named, and left alone")
  func heldLock() throws {
    let scratch = try ScratchRepository()
    try scratch.commit("all", ["a": "1\n"])
    let repository = try scratch.open()
    let lock = scratch.path + "/.git/index.lock"
    try writeFile(lock, Array("theirs".utf8))
    let error = #expect(throws: GitError.self) {
      try repository.editIndex([IndexEdit(path: "a", item: nil)], timeout: .milliseconds(30))
    }
    #expect(error?.code == .locked)
    #expect(error?.description.contains("rm -f \(lock)") == true)
    #expect(readFile(lock) == Array("theirs".utf8))
  }

  @Test("a change hidden by equal times stays visible to git after an edit", arguments: 0..<6)
  func racy(round: Int) throws {
    let scratch = try ScratchRepository()
    try scratch.write("f", "one\n")
    try scratch.git("add", "f")
    // Same size, and within the same second: only the racy rule tells git to look.
    try scratch.write("f", "two\n")
    let repository = try scratch.open()
    let id = try #require(ObjectID(hex: try scratch.git("hash-object", "-w", "f")))
    try repository.editIndex([
      IndexEdit(path: "new", item: TreeItem(mode: .regular, id: id), expecting: .absent)
    ])
    #expect(try scratch.git("diff", "--name-only", "--diff-filter=M") == "f")
  }

  @Test("whether a file is as the index has it")
  func workingTree() throws {
    let scratch = try ScratchRepository()
    try scratch.commit("all", ["a": "1\n", "b": "2\n", "c": "3\n"])
    // Older than the index, so that nothing is racy.
    try scratch.run("touch", ["-d", "2020-01-01", "a", "b", "c"]).succeeded()
    try scratch.git("update-index", "--refresh")
    try scratch.write("b", "edited\n")
    try scratch.run("chmod", ["+x", "c"]).succeeded()
    let repository = try scratch.open()
    let index = try repository.readIndex()
    func matches(_ name: String, at path: String? = nil) throws -> Bool? {
      let entry = try #require(index.entry(at: RepositoryPath(name)))
      var status = stat()
      let isThere = lstat(scratch.path + "/" + (path ?? name), &status) == 0
      return index.matches(entry, isThere ? status : nil)
    }
    #expect(try matches("a") == true)
    #expect(try matches("b") == nil)
    #expect(try matches("c") == false)
    #expect(try matches("a", at: "gone") == false)
  }

  private func lines(_ index: IndexSnapshot) -> String {
    var lines: [String] = []
    index.forEach(under: "") { view in
      let mode = String(view.mode.rawValue, radix: 8)
      let octal = String(repeating: "0", count: 6 - mode.count) + mode
      lines.append("\(octal) \(view.id) \(view.stage)\t\(view.path)")
    }
    return lines.joined(separator: "\n")
  }

  @Test(
    "an index that is split over two files is read, compared and edited whole", arguments: 0..<8)
  func split(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let scratch = try ScratchRepository()
    let tree = try scratch.writeRandomTree(&random)
    let commit = try scratch.git("commit-tree", "-m", "x", tree)
    try scratch.git("update-ref", "HEAD", commit)
    try scratch.git("config", "core.splitIndex", "true")
    try scratch.git("config", "splitIndex.maxPercentChange", "100")
    try scratch.git("update-index", "--index-version", "\(2 + seed % 3)")
    try scratch.git("update-index", "--split-index")
    for _ in 0..<4 {
      let listed = try scratch.git("ls-files").split(separator: "\n").map(String.init)
      for path in listed where Int.random(in: 0..<4, using: &random) == 0 {
        try scratch.git("update-index", "--force-remove", "--", path)
      }
      try scratch.fillIndexRandomly(&random, count: 4)
      #expect(try lines(scratch.open().readIndex()) == scratch.git("ls-files", "-s"))
      #expect(try staged(scratch) == gitStaged(scratch))
    }
    let repository = try scratch.open()
    #expect(
      readFile(repository.indexPath).map { Array($0).firstRange(of: Array("link".utf8)) } != nil)
    let id = try #require(
      ObjectID(hex: try scratch.git("hash-object", "-w", "--stdin", input: "n")))
    var expected = try scratch.git("ls-files", "-s").split(separator: "\n").map(String.init)
    try repository.editIndex([
      IndexEdit(path: "zz/new", item: TreeItem(mode: .regular, id: id), expecting: .absent)
    ])
    expected.append("100644 \(id) 0\tzz/new")
    #expect(try scratch.git("ls-files", "-s") == expected.joined(separator: "\n"))
    // And git splits it again.
    try scratch.fillIndexRandomly(&random, count: 2)
    #expect(try lines(scratch.open().readIndex()) == scratch.git("ls-files", "-s"))
  }

  @Test("a sparse index is read with the files of its directories, which an edit leaves skipped")
  func sparse() throws {
    let scratch = try ScratchRepository()
    try scratch.commit(
      "all", ["in/a": "1\n", "out/b/c": "2\n", "out/d": "3\n", "out-x": "4\n", "z/y": "5\n"])
    try scratch.git("sparse-checkout", "set", "--cone", "--sparse-index", "in")
    let repository = try scratch.open()
    let index = try repository.readIndex()
    #expect(try lines(index) == scratch.git("ls-files", "-s"))
    #expect(index.entry(at: "out/b/c")?.isSkipWorktree == true)
    #expect(index.entry(at: "in/a")?.isSkipWorktree == false)
    #expect(try staged(scratch) == [])
    let item = try #require(index.entry(at: "out/d")).item
    let id = try #require(
      ObjectID(hex: try scratch.git("hash-object", "-w", "--stdin", input: "n")))
    try repository.editIndex([
      IndexEdit(path: "out/d", item: TreeItem(mode: .regular, id: id), expecting: .item(item))
    ])
    #expect(try scratch.git("diff", "--cached", "--name-only") == "out/d")
    // Not " D": the file isn't missing, it is left out.
    #expect(try scratch.git("status", "--porcelain") == "M  out/d")
    #expect(try repository.readIndex().entry(at: "out/d")?.isSkipWorktree == true)
    try scratch.git("commit", "-q", "-m", "by git")
    #expect(try scratch.git("status", "--porcelain") == "")
    try scratch.git("fsck", "--strict", "--cache")
  }

  @Test("damaged bytes are an error, never a crash", arguments: 0..<6)
  func damaged(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let scratch = try ScratchRepository()
    _ = try scratch.writeRandomTree(&random)
    try scratch.git("update-index", "--index-version", seed % 2 == 0 ? "2" : "4")
    if seed >= 4 {
      try scratch.git("update-index", "--split-index")
      try scratch.fillIndexRandomly(&random, count: 4)
    }
    let repository = try scratch.open()
    let whole = try #require(readFile(repository.indexPath))
    for _ in 0..<150 {
      var bytes = whole
      if Bool.random(using: &random) {
        bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
      }
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        bytes[position] = UInt8.random(in: 0...255, using: &random)
      }
      try writeFile(repository.indexPath, bytes)
      guard let index = try? repository.readIndex() else { continue }
      _ = try? index.stagedChanges(against: nil, in: repository)
      index.forEach { _ = $0.path }
    }
    var bytes = whole
    bytes[40] ^= 1
    try writeFile(repository.indexPath, bytes)
    let error = #expect(throws: GitError.self) {
      try repository.editIndex([IndexEdit(path: "x", item: nil)])
    }
    #expect(error?.code == .corrupt)
  }
}

import Files
import Git
import TestSupport
import Testing

@Suite("history")
struct HistoryTests {
  /// A random history with merges, equal times and clocks that go wrong.
  private func randomHistory(_ random: inout SeededGenerator, count: Int) throws
    -> (ScratchRepository, [ObjectID])
  {
    let scratch = try ScratchRepository()
    let tree = try scratch.git("mktree")
    var commits: [String] = []
    for number in 0..<count {
      var parents: Set<String> = []
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        if let parent = commits.suffix(6).randomElement(using: &random) { parents.insert(parent) }
      }
      if parents.isEmpty, let last = commits.last, number % 9 != 0 { parents.insert(last) }
      let skew = Int.random(in: 0..<8, using: &random) == 0 ? -400 : 0
      let time = 1_700_000_000 + number / 2 * 10 + skew
      commits.append(
        try scratch.git(
          ["commit-tree", "-m", "\(number)", tree] + parents.sorted().flatMap { ["-p", $0] },
          environment: ["GIT_COMMITTER_DATE": "\(time) +0000"]))
    }
    return (scratch, try commits.map { try #require(ObjectID(hex: $0)) })
  }

  private func walk(_ walk: CommitWalk) throws -> [ObjectID] {
    var ids: [ObjectID] = []
    while let commit = try walk.next() { ids.append(commit.id) }
    return ids
  }

  @Test("walks find what git rev-list finds, parents last", arguments: 0..<5)
  func walks(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (scratch, commits) = try randomHistory(&random, count: 40)
    let repository = try scratch.open()
    for _ in 0..<12 {
      let tips = commits.shuffled(using: &random).prefix(2)
      let excluded = commits.shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random))
      for firstParent in [false, true] {
        let ids = try walk(
          repository.commits(
            from: Array(tips), excluding: Array(excluded), firstParent: firstParent))
        // In two steps: with `^`, git lets commits through where clocks go wrong.
        func reachable(_ from: ArraySlice<ObjectID>, _ options: [String] = []) throws
          -> Set<String>
        {
          guard !from.isEmpty else { return [] }
          let lines = try scratch.git(["rev-list"] + options + from.map(\.hex))
          return Set(lines.split(separator: "\n").map(String.init))
        }
        let expected = try reachable(tips, firstParent ? ["--first-parent"] : [])
          .subtracting(try reachable(excluded))
        #expect(Set(ids.map(\.hex)) == expected)
        #expect(Set(ids).count == ids.count)
        let place = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
        for id in ids {
          let parents = try repository.commit(id).parents
          for parent in firstParent ? Array(parents.prefix(1)) : parents {
            if let later = place[parent], let own = place[id] { #expect(own < later) }
          }
        }
      }
    }
  }

  @Test("the order is git's date order where times differ")
  func order() throws {
    let scratch = try ScratchRepository()
    for number in 0..<6 {
      let branch = number % 2 == 0 ? "main" : "side"
      _ = try scratch.tryGit(
        ["checkout", "-q", "-B", branch] + (number == 1 ? ["main"] : number > 1 ? [branch] : []))
      try scratch.git(
        ["commit", "-q", "--allow-empty", "-m", "\(number)"],
        environment: ["GIT_COMMITTER_DATE": "\(1_700_000_000 + number) +0000"])
    }
    try scratch.git("checkout", "-q", "main")
    try scratch.git(
      ["merge", "-q", "--no-ff", "-m", "m", "side"],
      environment: ["GIT_COMMITTER_DATE": "1700000100 +0000"])
    let repository = try scratch.open()
    let head = try #require(try repository.head().commit)
    let ids = try walk(repository.commits(from: [head]))
    #expect(
      ids.map(\.hex).joined(separator: "\n")
        == (try scratch.git("rev-list", "--date-order", "HEAD")))
  }

  @Test("merge bases are git's", arguments: 0..<5)
  func mergeBases(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 100)
    let (scratch, commits) = try randomHistory(&random, count: 30)
    let repository = try scratch.open()
    for _ in 0..<25 {
      let pair = commits.shuffled(using: &random).prefix(2)
      let one = pair[pair.startIndex], other = pair[pair.startIndex + 1]
      let all = try scratch.tryGit(["merge-base", "--all", one.hex, other.hex]).lines
      let base = try repository.mergeBase(one, other)
      #expect(all.isEmpty ? base == nil : all.contains(base?.hex ?? ""))
      let isAncestor = try scratch.tryGit(["merge-base", "--is-ancestor", one.hex, other.hex])
      #expect(try repository.isAncestor(one, of: other) == (isAncestor.status == 0))
    }
  }

  @Test("a shallow clone's walk ends quietly and says that it is shallow")
  func shallow() throws {
    let scratch = try ScratchRepository()
    for number in 0..<5 { try scratch.commit("\(number)") }
    try scratch.git(
      "clone", "-q", "--depth", "2", "file://\(scratch.path)", scratch.base + "/clone")
    let clone = try #require(
      try Repository.discover(from: scratch.base + "/clone", environment: scratch.environment))
    #expect(clone.isShallow)
    #expect(try !scratch.open().isShallow)
    let head = try #require(try clone.head().commit)
    let ids = try walk(clone.commits(from: [head]))
    #expect(ids.count == 2)
    #expect(try clone.mergeBase(head, ids[1]) == ids[1])
  }

  @Test("git replace is followed, unless told not to")
  func replace() throws {
    let scratch = try ScratchRepository()
    let first = try scratch.commit("first")
    let second = try scratch.commit("second")
    let other = try scratch.git("commit-tree", "-m", "replaced", "-p", first, "\(first)^{tree}")
    try scratch.git("replace", second, other)
    let id = try #require(ObjectID(hex: second))
    #expect(try scratch.open().commit(id).subject == "replaced")
    #expect(try scratch.open().commit(id).id == id)
    let plain = try scratch.open(environment: ["GIT_NO_REPLACE_OBJECTS": "1"])
    #expect(try plain.commit(id).subject == "second")
  }

  @Test("revisions resolve as with git rev-parse")
  func revisions() throws {
    let scratch = try ScratchRepository()
    let first = try scratch.commit("first", ["a": "1"])
    let second = try scratch.commit("second", ["a": "2"])
    try scratch.git("tag", "-a", "-m", "t", "v1", first)
    let repository = try scratch.open()
    for (revision, expected) in [
      ("HEAD", second), ("HEAD~1", first), ("v1", first), ("main^", first),
      (String(first.prefix(8)), first), ("refs/heads/main", second), ("v1^{}", first),
      ("@", second),
    ] {
      #expect(try repository.resolveCommit(revision)?.hex == expected, "\(revision)")
    }
    for revision in ["nothing", "HEAD~9", "HEAD:a", "HEAD^{tree}", "a b", "", "v1^{blob}"] {
      #expect(try repository.resolveCommit(revision) == nil, "\(revision)")
    }
  }

  @Test("many blobs are read whole, in whatever order they are packed")
  func blobs() throws {
    let scratch = try ScratchRepository()
    for number in 0..<40 { try scratch.write("f\(number)", "content \(number)\n") }
    try scratch.git("add", ".")
    try scratch.commit("all")
    try scratch.git("gc", "-q")
    try scratch.commit("loose", ["g": "loose\n"])
    let repository = try scratch.open()
    let head = try #require(try repository.head().commit)
    var ids: [ObjectID] = []
    try repository.walkTree(repository.commit(head).tree, under: "") { ids.append($1.id) }
    ids.append(.zero)
    var read = [Result<[UInt8], GitError>?](repeating: nil, count: ids.count)
    repository.blobs(ids) { read[$0] = $1 }
    for (id, result) in zip(ids.dropLast(), read) {
      #expect(try repository.hash(blob: #require(result).get()) == id)
    }
    #expect(throws: GitError.self) { try read.last??.get() }
  }
}

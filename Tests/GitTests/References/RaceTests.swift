import Git
import TestSupport
import Testing

@Suite("writers at the same time")
struct RaceTests {
  @Test("nothing is lost when several writers and git itself move one branch")
  func branch() async throws {
    let scratch = try ScratchRepository()
    try scratch.commit("first")
    let location = try scratch.open().location
    let writers = 3
    let commits = 6
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<writers {
        group.addTask {
          for number in 0..<commits {
            while true {
              let repository = try location.open()
              let head = try #require(try repository.head().commit)
              let objects = repository.objectWriter()
              let blob = try objects.writeBlob(Array("\(writer) \(number)\n".utf8))
              let tree = try objects.writeTree(
                basedOn: repository.commit(head).tree,
                edits: [("w\(writer)/f\(number)", TreeItem(mode: .regular, id: blob))])
              let who = try repository.identity(.committer)
              let id = try objects.writeCommit(
                tree: tree, parents: [head], author: who, committer: who, message: "\(number)")
              try objects.flush()
              let moved = try repository.updateReference(
                "HEAD", to: id, expecting: head, identity: who, reason: "commit: \(number)")
              if moved { break }
            }
          }
        }
      }
      group.addTask {
        for _ in 0..<commits {
          // Git does not wait for a held lock: it may have to try again.
          while try scratch.tryGit(["commit", "-q", "--allow-empty", "-m", "git"]).status != 0 {}
          _ = try scratch.tryGit(["pack-refs", "--all"])
        }
      }
      try await group.waitForAll()
    }
    let count = try scratch.git("rev-list", "--count", "HEAD")
    #expect(count == "\(1 + writers * commits + commits)")
    #expect(
      try scratch.git("reflog", "--format=%H", "HEAD").split(separator: "\n").count
        == 1 + writers * commits + commits)
    try scratch.git("fsck", "--strict")
  }

  @Test("every entry is there when several writers and git itself change the index")
  func index() async throws {
    let scratch = try ScratchRepository()
    try scratch.commit("first", ["base": "1\n"])
    let location = try scratch.open().location
    let id = try #require(ObjectID(hex: try scratch.git("rev-parse", "HEAD:base")))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<3 {
        group.addTask {
          for number in 0..<8 {
            try location.open().editIndex([
              IndexEdit(
                path: "w\(writer)/f\(number)", item: TreeItem(mode: .regular, id: id),
                expecting: .absent)
            ])
          }
        }
      }
      group.addTask {
        for number in 0..<8 {
          let entry = "100644,\(id),git/f\(number)"
          while try scratch.tryGit(["update-index", "--add", "--cacheinfo", entry]).status != 0 {}
        }
      }
      try await group.waitForAll()
    }
    #expect(try scratch.git("ls-files").split(separator: "\n").count == 1 + 3 * 8 + 8)
    try scratch.git("fsck", "--strict", "--cache")
  }
}

import Files
import Foundation
import JSONText
import Records
import TestSupport
import Testing

@testable import Store

@Suite("writing records") struct WritingTests {
  private static let schemas: [(name: String, text: [UInt8])] = {
    let folder = PackageFolder.path + "/schema"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().map { name in
      (name, [UInt8](FileManager.default.contents(atPath: folder + "/" + name) ?? Data()))
    }
  }()

  /// A tracker whose random numbers are the given ones, in turn, then the last for ever.
  private func tracker(_ repository: ScratchRepository, random: UInt64 = 1) async throws -> Tracker
  {
    let context = ExecutionContext(
      environment: repository.environment, now: { ScratchRepository.date }, random: { random })
    let materials = Setup.Materials(schemas: Self.schemas, hooks: [], program: "/bin/true")
    _ = try await Setup(materials, context: context)
      .run(in: repository.path, name: nil, folder: nil)
    return try Tracker(in: repository.path, context: context)
  }

  private func draft(_ tracker: Tracker, _ title: String) throws -> Draft {
    var draft = tracker.draft(of: try tracker.kind(named: "pain-point"))
    draft.value["title"] = .string(title)
    return draft
  }

  @Test("the same clock and the same random numbers give the same bytes and the same commit")
  func reproducible() async throws {
    var commits: Set<String> = []
    for _ in 0..<2 {
      let repository = try ScratchRepository()
      let tracker = try await tracker(repository, random: 42)
      let result = try await tracker.commit([draft(tracker, "Same")], WriteOptions())
      #expect(result.paths == ["docket/pain-points/2026/01/PP-000000001A-same.json"])
      commits.insert(try repository.git("rev-parse", "HEAD"))
    }
    #expect(commits.count == 1)
  }

  @Test("an id that is taken is never given again", arguments: ["Same", "Other"])
  func takenID(title: String) async throws {
    let repository = try ScratchRepository()
    let tracker = try await tracker(repository)
    _ = try await tracker.commit([draft(tracker, "Same")], WriteOptions())
    let before = try repository.git("ls-files", "-s")
    await #expect(throws: StoreError.self) {
      _ = try await tracker.commit([self.draft(tracker, title)], WriteOptions())
    }
    #expect(try repository.git("ls-files", "-s") == before)
    #expect(try repository.git("status", "--porcelain") == "")
  }

  @Test("two drafts of one id in one commit are refused")
  func twins() async throws {
    let repository = try ScratchRepository()
    let tracker = try await tracker(repository)
    let head = try repository.git("rev-parse", "HEAD")
    await #expect(throws: StoreError.self) {
      _ = try await tracker.commit(
        [self.draft(tracker, "One"), self.draft(tracker, "Two")], WriteOptions())
    }
    #expect(try repository.git("rev-parse", "HEAD") == head)
    #expect(try repository.git("status", "--porcelain") == "")
  }

  @Test("a draft made on an older HEAD is refused once the record has changed")
  func stale() async throws {
    let repository = try ScratchRepository()
    let tracker = try await tracker(repository)
    let id = try await tracker.commit([draft(tracker, "Old")], WriteOptions()).ids[0].text
    var first = try tracker.draft(changing: id)
    var second = try tracker.draft(changing: id)
    first.value["title"] = "First"
    second.value["title"] = "Second"
    _ = try await tracker.commit([first], WriteOptions())
    let late = second
    await #expect(throws: StoreError.self) {
      _ = try await tracker.commit([late], WriteOptions())
    }
    let path = try repository.git("ls-files", "docket")
    #expect(try repository.git("show", "HEAD:\(path)").contains("First"))
    #expect(try repository.git("status", "--porcelain") == "")
  }

  @Test(
    "a directory that can't be written leaves nothing behind",
    .enabled(if: getuid() != 0, "root may write anywhere"))
  func readOnly() async throws {
    let repository = try ScratchRepository()
    let tracker = try await tracker(repository)
    try repository.run("mkdir", ["docket"]).succeeded()
    try repository.run("chmod", ["a-w", "docket"]).succeeded()
    await #expect(throws: StoreError.self) {
      _ = try await tracker.commit([self.draft(tracker, "No")], WriteOptions())
    }
    try repository.run("chmod", ["u+w", "docket"]).succeeded()
    #expect(try repository.git("status", "--porcelain") == "")
  }
}

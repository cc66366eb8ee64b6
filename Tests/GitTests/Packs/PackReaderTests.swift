import Foundation
import TestSupport
import Testing

@testable import Git

/// Docket's own reader of packs against git.
@Suite("reading packs") struct PackReaderTests {
  /// A file in a large folder changes with each commit, so that trees are chains of deltas.
  private static func history() throws -> ScratchRepository {
    let scratch = try ScratchRepository()
    for number in 0..<120 { try scratch.write("docket/\(number)-file", "\(number)\n") }
    try scratch.git("add", "docket")
    try scratch.commit("files")
    for number in 0..<60 { try scratch.commit("\(number)", ["docket/\(number)-file": "changed"]) }
    return scratch
  }

  private static func packs(of scratch: ScratchRepository) throws -> [String] {
    let folder = scratch.path + "/.git/objects/pack"
    return try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".pack") }.map { "\(folder)/\($0)" }
  }

  private static func objects(of scratch: ScratchRepository) throws -> [ObjectID] {
    let listed = try scratch.git(
      "cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)")
    return listed.split(separator: "\n").compactMap { ObjectID(hex: $0) }
  }

  @Test(
    "gives the bytes that their names are made of, whatever a delta's base is named by",
    arguments: [["true", "50"], ["false", "50"], ["true", "0"]])
  func bytes(settings: [String]) throws {
    let scratch = try Self.history()
    try scratch.git(
      "-c", "repack.useDeltaBaseOffset=\(settings[0])", "-c", "pack.depth=\(settings[1])", "repack",
      "-adfq")
    let pack = try #require(try Self.packs(of: scratch).first)
    let deltas = try scratch.git("verify-pack", "-v", pack).split(separator: "\n")
      .count { $0.split(separator: " ").count == 7 && $0.contains(" tree ") }
    #expect(settings[1] == "0" ? deltas == 0 : deltas > 30, "\(deltas)")

    let reader = try #require(PackReader(packsIn: scratch.path + "/.git/objects/pack"))
    let ids = try Self.objects(of: scratch)
    #expect(ids.count > 200)
    // The second time they come out of what is kept.
    for id in ids + ids.reversed() {
      let object = try #require(reader.object(id))
      let kinds = [ObjectKind.commit, .tree, .blob]
      let kind = try #require(kinds.first { $0.libgit2 == object.kind })
      #expect(ObjectHash.id(kind, Array(object.bytes)) == id)
      withExtendedLifetime(object) {}
    }
    #expect(reader.object(.zero) == nil)
  }

  @Test("leaves to libgit2 what isn't packed here, and follows git replace")
  func elsewhere() throws {
    let scratch = try Self.history()
    try scratch.git("repack", "-adq")
    let old = try #require(ObjectID(hex: scratch.git("rev-parse", "HEAD~3")))
    let new = try #require(ObjectID(hex: scratch.git("rev-parse", "HEAD~9")))
    try scratch.git("replace", old.hex, new.hex)
    let loose = try scratch.commit("loose", ["docket/new": "1"])
    let repository = try scratch.open()
    let plain = try repository.commit(old)
    repository.readPacks()
    #expect(try repository.commit(old).message == plain.message)
    #expect(plain.message == "50\n")
    #expect(try repository.commit(try #require(ObjectID(hex: loose))).message == "loose\n")
  }

  @Test("takes nothing from a pack that was damaged but what zlib vouches for", arguments: 0..<40)
  func damage(seed: UInt64) throws {
    let scratch = try Self.damaged.get()
    let ids = try Self.objects(of: scratch)
    let copy = try ScratchDirectory()
    var random = SeededGenerator(seed: seed)
    for path in try Self.packs(of: scratch) {
      for path in [path, path.replacing(".pack", with: ".idx")] {
        var bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
        let isDamaged = Bool.random(using: &random)
        // The checksums at the end stay, or the pack isn't looked at.
        for _ in 0..<(isDamaged ? 40 : 0) {
          bytes[Int.random(in: 8..<(bytes.count - 40), using: &random)] =
            UInt8.random(in: 0...255, using: &random)
        }
        let name = String(path.split(separator: "/").last ?? "")
        try Data(bytes).write(to: URL(fileURLWithPath: copy.path + "/" + name))
      }
    }
    guard let reader = PackReader(packsIn: copy.path) else { return }
    for id in ids { withExtendedLifetime(reader.object(id)) {} }
  }

  private static let damaged = Result {
    let scratch = try history()
    try scratch.git("repack", "-adfq")
    return scratch
  }

  @Test("a delta that doesn't fit its base makes nothing")
  func misfits() {
    let base = Array("0123456789".utf8)
    func apply(_ script: [UInt8]) -> [UInt8]? {
      base.withUnsafeBytes { base in
        script.withUnsafeBytes { script in
          Delta.apply(script, to: base).map { bytes in
            defer { bytes.deallocate() }
            return Array(bytes)
          }
        }
      }
    }
    // Sizes of base and result; then copies (offset, count) and new bytes.
    #expect(apply([10, 5, 0x91, 2, 3, 2, 65, 66]) == Array("234AB".utf8))
    #expect(apply([10, 0]) == [])
    for script: [UInt8] in [
      [], [10], [9, 1, 1, 65], [10, 2, 1, 65], [10, 1, 2, 65, 66], [10, 3, 0x91, 8, 3],
      [10, 3, 0x91, 8], [10, 3, 3, 65], [10, 1, 0, 65], [10, 1, 0x80], [0x8A, 0x80, 0x80],
      [10, 1, 1, 65, 1, 66], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1],
    ] { #expect(apply(script) == nil, "\(script)") }
  }
}

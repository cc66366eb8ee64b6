import Foundation
import TestSupport
import Testing

@testable import Store

@Suite("names in a directory") struct ListingTests {
  @Test("of every length that a file system takes, in order, each as it is")
  func lengths() throws {
    let scratch = try ScratchDirectory()
    // Ends that a cut or a stray byte would change.
    let names = (1...255).map { length in String(repeating: "n", count: length - 1) + "e" }
    for name in names { try writeFile("\(scratch.path)/\(name)", []) }
    let listed = try #require(try Files.listing(of: scratch.path))
    #expect(listed.map(\.name) == names.sorted())
    #expect(listed.allSatisfy { $0.type == .file })
  }

  @Test("of many entries, of several sorts, in any script")
  func many() throws {
    let scratch = try ScratchDirectory()
    var names = (0..<3000).map { "PP-\(String($0, radix: 32, uppercase: true))-note.json" }
    names += [
      "été", "日本語のファイル", "👩‍👩‍👧", ".hidden", " blank ", "a\nb", String(repeating: "é", count: 127),
    ]
    for name in names { try writeFile("\(scratch.path)/\(name)", []) }
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/folder", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/link", withDestinationPath: "folder")
    let listed = try #require(try Files.listing(of: scratch.path))
    #expect(listed.map(\.name) == (names + ["folder", "link"]).sorted())
    #expect(listed.filter { $0.type == .directory }.map(\.name) == ["folder"])
    #expect(listed.filter { $0.type == .symlink }.map(\.name) == ["link"])
  }

  @Test("nothing of what isn't a directory")
  func none() throws {
    let scratch = try ScratchDirectory()
    try writeFile(scratch.path + "/file", [])
    #expect(try Files.listing(of: scratch.path + "/file") == nil)
    #expect(try Files.listing(of: scratch.path + "/absent") == nil)
    #expect(try Files.listing(of: scratch.path)?.count == 1)
  }
}

@Suite("reading files") struct FileReadingTests {
  @Test("absent is one thing, what can't be read another")
  func absent() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/file"
    try writeFile(file, [1])
    #expect(try Files.read(file) == [1])
    #expect(try Files.read(scratch.path + "/none") == nil)
    #expect(try Files.read(file + "/below") == nil)
    #expect(try Files.names(in: scratch.path + "/none") == nil)
    #expect(try Files.names(in: file) == nil)
    // A folder is there, and no file to read; a name can be too long to be looked for.
    #expect(throws: Files.Problem.self) { try Files.read(scratch.path) }
    let long = scratch.path + "/" + String(repeating: "x", count: 300)
    #expect(throws: Files.Problem.self) { try Files.read(long) }
    #expect(throws: Files.Problem.self) { try Files.names(in: long) }
  }
}

import Files
import Foundation
import TestSupport
import Testing

@Suite("names in a directory") struct DirectoryTests {
  @Test("of every length that a file system takes, in order, each as it is")
  func lengths() throws {
    let scratch = try ScratchDirectory()
    // Ends that a cut or a stray byte would change.
    let names = (1...255).map { length in String(repeating: "n", count: length - 1) + "e" }
    for name in names { try writeFile("\(scratch.path)/\(name)", []) }
    let listed = try #require(try FileSystem.listing(of: scratch.path))
    #expect(listed.map(\.name.text) == names.sorted())
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
    let listed = try #require(try FileSystem.listing(of: scratch.path))
    #expect(
      listed.map(\.name) == (names + ["folder", "link"]).map { RepositoryPath($0) }.sorted())
    #expect(listed.filter { $0.type == .directory }.map(\.name) == [RepositoryPath("folder")])
    #expect(listed.filter { $0.type == .symlink }.map(\.name) == [RepositoryPath("link")])
  }

  @Test("nothing of what isn't a directory")
  func none() throws {
    let scratch = try ScratchDirectory()
    try writeFile(scratch.path + "/file", [])
    #expect(try FileSystem.listing(of: scratch.path + "/file") == nil)
    #expect(try FileSystem.listing(of: scratch.path + "/absent") == nil)
    #expect(try FileSystem.listing(of: scratch.path)?.count == 1)
  }

  @Test("names that aren't UTF-8 are listed and read by their bytes")
  func bytes() throws {
    let scratch = try ScratchDirectory()
    let name = RepositoryPath(bytes: [0x61, 0xFF, 0x62])
    let path = name.systemPath(below: scratch.path)
    try FileSystem.write([1], to: path, .mustBeAbsent)
    #expect(try FileSystem.listing(of: scratch.path)?.map(\.name) == [name])
    #expect(try FileSystem.read(path) == [1])
    #expect(try FileSystem.read(scratch.path + "/a\u{FFFD}b") == nil, "another file's name")
    let folder = try #require(try OpenFile.directory(scratch.path))
    #expect(try folder.reading(BytePath(bytes: name.bytes))?.contents() == [1])
  }

  @Test("folders are made below a root, never through a link")
  func make() throws {
    let scratch = try ScratchDirectory()
    try FileSystem.makeDirectories(scratch.path + "/elsewhere/deep")
    symlink("elsewhere", scratch.path + "/link")
    let made = try FileSystem.makeDirectories("a/b", below: scratch.path)
    #expect(made.map(\.description) == ["a", "a/b"].map { scratch.path + "/" + $0 })
    #expect(try FileSystem.makeDirectories("a/b", below: scratch.path) == [])
    let problem = #expect(throws: FileError.self) {
      try FileSystem.makeDirectories("link/new", below: scratch.path)
    }
    #expect(problem?.number == ENOTDIR)
    #expect(try FileSystem.names(in: scratch.path + "/elsewhere") == ["deep"])
  }
}

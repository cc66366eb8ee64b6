import Files
import Foundation
import TestSupport
import Testing

@Suite("reading files") struct FileReadingTests {
  @Test("absent is one thing, what can't be read another")
  func absent() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/file"
    try writeFile(file, [1])
    #expect(try FileSystem.read(file) == [1])
    #expect(try FileSystem.read(scratch.path + "/none") == nil)
    #expect(try FileSystem.read(file + "/below") == nil)
    #expect(try FileSystem.names(in: scratch.path + "/none") == nil)
    #expect(try FileSystem.names(in: file) == nil)
    // A folder is there, and no file to read; a name can be too long to be looked for.
    #expect(throws: FileError.self) { try FileSystem.read(scratch.path) }
    let long = scratch.path + "/" + String(repeating: "x", count: 300)
    #expect(throws: FileError.self) { try FileSystem.read(long) }
    #expect(throws: FileError.self) { try FileSystem.names(in: long) }
  }

  @Test("a file larger than the limit is refused, whether its size is known or not")
  func limit() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/file"
    try writeFile(file, [1, 2, 3])
    #expect(try FileSystem.read(file, limit: 3) == [1, 2, 3])
    let problem = #expect(throws: FileError.self) { try FileSystem.read(file, limit: 2) }
    #expect(problem?.isTooLarge == true)
    #if os(Linux)
      // A file without a size.
      let status = try FileSystem.read("/proc/self/status") ?? []
      #expect(status.count > 100)
      #expect(throws: FileError.self) { try FileSystem.read("/proc/self/status", limit: 100) }
    #endif
  }

  @Test("a path with a zero byte is refused, not cut short")
  func zero() throws {
    let scratch = try ScratchDirectory()
    try writeFile(scratch.path + "/file", [1])
    let paths: [any SystemPath] = [
      scratch.path + "/file\0.json", BytePath(bytes: Array((scratch.path + "/file\0").utf8)),
    ]
    for path in paths {
      let problem = #expect(throws: FileError.self) { try FileSystem.read(path) }
      #expect(problem?.number == EINVAL)
    }
  }

  @Test("a link is not followed where docket owns the folder")
  func link() throws {
    let scratch = try ScratchDirectory()
    try writeFile(scratch.path + "/file", [1])
    symlink("file", scratch.path + "/link")
    #expect(try OpenFile.reading(scratch.path + "/link")?.contents() == [1])
    let problem = #expect(throws: FileError.self) {
      try OpenFile.reading(scratch.path + "/link", followsLink: false)
    }
    #expect(problem?.number == ELOOP)
    #expect(try FileSystem.linkTarget(scratch.path + "/link") == Array("file".utf8))
    #expect(try FileSystem.linkTarget(scratch.path + "/none") == nil)
  }
}

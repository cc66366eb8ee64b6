import Files
import Foundation
import TestSupport
import Testing

@Suite("writing to a path that the user names") struct OutputFileTests {
  private let bytes = Array("new\n".utf8)
  private let scratch: ScratchDirectory
  private let folder: String

  init() throws {
    scratch = try ScratchDirectory()
    folder = scratch.path
  }

  private func names(in folder: String) throws -> [String] {
    try FileSystem.names(in: folder)?.map(\.text) ?? []
  }

  @Test("a new file is made, an existing one replaced whole with its permissions kept")
  func regular() throws {
    try FileSystem.writeOutput(bytes, to: folder + "/new.md")
    #expect(try FileSystem.read(folder + "/new.md") == bytes)
    try writeFile(folder + "/secret.md", Array("something longer than the new text\n".utf8))
    for mode: mode_t in [0o600, 0o640, 0o666] {
      chmod(folder + "/secret.md", mode)
      try FileSystem.writeOutput(bytes, to: folder + "/secret.md")
      #expect(try FileSystem.mode(folder + "/secret.md") == UInt32(mode))
      #expect(try FileSystem.read(folder + "/secret.md") == bytes)
    }
    #expect(try names(in: folder) == ["new.md", "secret.md"], "no temporary file is left")
  }

  @Test("a link stays a link, and the file it names gets the text", arguments: [true, false])
  func link(exists: Bool) throws {
    try FileSystem.makeDirectories(folder + "/elsewhere")
    if exists { try writeFile(folder + "/elsewhere/target.md", Array("old\n".utf8)) }
    symlink("elsewhere/target.md", folder + "/report.md")
    try FileSystem.writeOutput(bytes, to: folder + "/report.md")
    #expect(try FileSystem.fileType(folder + "/report.md") == .symlink)
    #expect(try FileSystem.read(folder + "/elsewhere/target.md") == bytes)
    #expect(try names(in: folder + "/elsewhere") == ["target.md"])
  }

  @Test("a pipe is written into, not renamed over", arguments: [true, false])
  func pipe(byLink: Bool) throws {
    let pipe = folder + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    symlink("pipe", folder + "/link")
    let reader = try ChildProcess("cat", [pipe], in: folder, environment: [:])
    try FileSystem.writeOutput(bytes, to: byLink ? folder + "/link" : pipe)
    #expect(reader.finish().outputBytes == bytes)
    #expect(try FileSystem.fileType(pipe) == .other)
  }

  @Test("a folder, and a link to itself, are refused with their path")
  func refused() throws {
    symlink("loop", folder + "/loop")
    for (path, code) in [(folder, EISDIR), (folder + "/loop", ELOOP)] {
      let problem = #expect(throws: FileError.self) {
        try FileSystem.writeOutput(bytes, to: path)
      }
      #expect(problem?.number == code)
      #expect(problem?.path == path)
    }
    #expect(try names(in: folder) == ["loop"])
  }
}

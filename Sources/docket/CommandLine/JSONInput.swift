import Files
import JSONText
import Store

/// JSON read from a file or from standard input, never more than the parser accepts.
struct JSONInput {
  /// The reason why there is no JSON, with its position, in one sentence.
  struct Problem: Error { let message: String }

  /// The input's name in messages.
  let name: String
  let document: JSONDocument
  private let lines: SourceLines

  /// Reads a file that the user names, or standard input for `-`.
  init(_ argument: String) throws(Problem) {
    let path =
      argument == "-" ? nil : FileSystem.absolute(argument, in: Invocation.current.directory)
    try self.init(path: path, name: Self.shown(argument))
  }

  /// - Parameter path: absolute; `nil` for standard input.
  init(path: String?, name: String) throws(Problem) {
    try self.init(Self.bytes(path, name), name: name)
  }

  /// Reads the file at an absolute path; `nil` if there is none.
  init?(ifPresent path: String) throws(Problem) {
    guard let bytes = try Self.bytesIfPresent(path, path) else { return nil }
    try self.init(bytes, name: path)
  }

  private init(_ bytes: [UInt8], name: String) throws(Problem) {
    self.name = name
    do throws(JSONSyntaxError) {
      document = try JSONDocument(parsing: bytes)
    } catch {
      if error.code == .tooLarge { throw Problem(message: "\(name): \(error.message)") }
      let position = SourcePosition(of: error.offset, in: bytes)
      throw Problem(message: "\(name):\(position): \(error.message)")
    }
    lines = SourceLines(of: document.bytes)
  }

  func position(at offset: Int) -> SourcePosition { lines.position(at: offset) }

  static func shown(_ argument: String) -> String { argument == "-" ? "standard input" : argument }

  private static func bytes(_ path: String?, _ name: String) throws(Problem) -> [UInt8] {
    guard let bytes = try bytesIfPresent(path, name) else {
      throw Problem(
        message: "can't read \(path ?? name): \(FileError.absent(name).reason)")
    }
    return bytes
  }

  private static func bytesIfPresent(
    _ path: String?, _ name: String
  ) throws(Problem) -> [UInt8]? {
    let limit = JSONLimits.standard.maximumBytes
    do throws(FileError) {
      guard let path else { return try OpenFile.standardInput(limit: limit) }
      return try FileSystem.read(path, limit: limit)
    } catch {
      guard error.isTooLarge else {
        throw Problem(message: "can't read \(path ?? name): \(error.reason)")
      }
      throw Problem(
        message: "\(name): \(JSONSyntaxError(code: .tooLarge, offset: limit).message)")
    }
  }
}

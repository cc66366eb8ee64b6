import JSONText
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
    let path = argument == "-" ? nil : Files.absolute(argument, in: Invocation.current.directory)
    try self.init(path: path, name: Self.shown(argument))
  }

  /// - Parameter path: absolute; `nil` for standard input.
  init(path: String?, name: String) throws(Problem) {
    self.name = name
    let bytes = try Self.bytes(path, name)
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
    let limit = JSONLimits.standard.maximumBytes
    func unreadable() -> Problem {
      Problem(message: "can't read \(path ?? name): \(String(cString: strerror(errno)))")
    }
    let descriptor = path.map { open($0, O_RDONLY | O_CLOEXEC) } ?? 0
    guard descriptor >= 0 else { throw unreadable() }
    defer { if path != nil { close(descriptor) } }
    var status = stat()
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    var bytes: [UInt8] = []
    if !isFile || status.st_size <= limit {
      // One byte more than the file's size, so that a short read shows its end.
      var chunk = [UInt8](repeating: 0, count: isFile ? Int(status.st_size) + 1 : 1 << 16)
      while bytes.count <= limit {
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0 {
          if errno == EINTR { continue }
          throw unreadable()
        }
        if count == 0 { return bytes }
        bytes += chunk[..<count]
      }
    }
    throw Problem(
      message: "\(name): \(JSONSyntaxError(code: .tooLarge, offset: limit).message)")
  }
}

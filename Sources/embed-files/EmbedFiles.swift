#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a Swift file that holds other files as literals: `embed-files OUTPUT INPUT…`.
///
/// Inputs are grouped by the name of their folder. Only the build runs this.
@main
enum EmbedFiles {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let output = arguments.first else { exit(2) }
    var groups: [String: [(name: String, text: String)]] = [:]
    for path in arguments.dropFirst() {
      let parts = path.split(separator: "/")
      guard parts.count >= 2, let text = read(path) else {
        complain("embed-files: can't read \(path)")
        exit(2)
      }
      groups[String(parts[parts.count - 2]), default: []].append(
        (String(parts[parts.count - 1]), text))
    }
    var swift =
      "/// Made by the build: files of the package as they are, by the names of their folders.\nenum EmbeddedFiles {\n"
    for (group, files) in groups.sorted(by: { $0.key < $1.key }) {
      swift +=
        "  static let \(group == "schema" ? "schemas" : group.lowercased()): [(name: String, text: StaticString)] = [\n"
      for file in files {
        swift += "    (\"\(file.name)\", ####\"\"\"\n\(file.text)\n\"\"\"####),\n"
      }
      swift += "  ]\n"
    }
    swift += "}\n"
    guard let file = fopen(output, "w") else {
      complain("embed-files: can't write \(output)")
      exit(2)
    }
    fputs(swift, file)
    fclose(file)
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func complain(_ text: String) { perror(text) }
}

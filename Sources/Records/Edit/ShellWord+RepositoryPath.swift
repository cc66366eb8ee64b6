package import Files
package import JSONText

extension ShellWord {
  /// Returns a path as one word of a command line, quoted if necessary.
  package static func quoted(_ path: RepositoryPath) -> String { quoted(bytes: path.bytes) }
}

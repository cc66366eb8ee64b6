import Foundation
import PackagePlugin

/// Puts data files into the program as string literals, so that it needs none beside it: kinds, hooks
/// and the sample story into `docket`, meta-schemas into `JSONSchema`, the style sheet into `Reports`.
@main
struct EmbedFiles: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    var inputs: [URL] = []
    for (folder, endings) in Self.folders[target.name] ?? [:] {
      let directory = root.appending(path: folder)
      let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      inputs += names.filter { name in
        !name.hasPrefix(".") && name != "README.md" && endings.contains { name.hasSuffix($0) }
      }
      .map { directory.appending(path: $0) }
    }
    inputs.sort { $0.path < $1.path }
    return [
      .buildCommand(
        displayName: "Embedding files into \(target.name)",
        executable: try context.tool(named: "embed-files").url,
        arguments: [output.path] + inputs.map(\.path),
        inputFiles: inputs,
        outputFiles: [output])
    ]
  }

  /// The folders of each target's files, with the ends of their names; an empty end is any.
  private static let folders: [String: [String: [String]]] = [
    "docket": [
      "schema": [".json"], "schema/earlier": [""], "hooks": [""],
      "demo": [".story", ".json", ".md"], "demo/january": [".json"],
    ],
    "JSONSchema": ["schema/meta": [".json"]],
    "Reports": ["Sources/Reports": [".css"]],
  ]
}

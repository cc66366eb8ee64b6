import Foundation
import PackagePlugin

/// Puts the files of `schema/` and `hooks/` into the program as string literals.
@main
struct EmbedFiles: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    var inputs: [URL] = []
    for folder in ["schema", "hooks"] {
      let directory = root.appending(path: folder)
      let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      inputs += names.sorted().filter { !$0.hasPrefix(".") }.map { directory.appending(path: $0) }
    }
    return [
      .buildCommand(
        displayName: "Embedding schemas and hooks",
        executable: try context.tool(named: "embed-files").url,
        arguments: [output.path] + inputs.map(\.path),
        inputFiles: inputs,
        outputFiles: [output])
    ]
  }
}

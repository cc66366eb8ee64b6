import Files
import Git

/// Installs, reports and removes docket's hooks: chained before existing ones, removed exactly.
package struct HookInstaller {
  private let repository: Repository
  /// Name and script of every hook for this repository.
  private let scripts: [(name: String, text: [UInt8])]
  private let program: String

  /// The folder where git looks for hooks.
  private let hooks: String

  /// Clones, where commits are made, get these; a bare repository, where pushes arrive, the others.
  private static let cloneHooks = ["pre-commit", "pre-merge-commit"]
  private static let serverHooks = ["pre-receive"]

  /// - Parameter scripts: every hook that docket has; those that fit the repository are used.
  init(_ repository: Repository, scripts: [(name: String, text: [UInt8])], program: String) {
    self.repository = repository
    hooks = repository.hooksDirectory
    let names = repository.isBare ? Self.serverHooks : Self.cloneHooks
    self.scripts = names.compactMap { name in scripts.first { $0.name == name } }
    self.program = program
  }

  package enum Status: Sendable, Equatable {
    case installed, chained, absent
    /// `core.hooksPath` names a folder that docket may not write in.
    case managed(String)
  }

  /// The hooks folder, if git uses the repository's own.
  private var folder: String? {
    let own = repository.commonDirectory + "/hooks"
    return hooks == own ? own : nil
  }

  package func status() throws(StoreError) -> [(name: String, status: Status)] {
    try scripts.map { (name, _) throws(StoreError) in
      let path = hooks + "/" + name
      // What can't be read isn't docket's.
      let isOwn = ((try? FileSystem.read(path)) ?? nil).map(HookScript.isOwn) ?? false
      if isOwn {
        let previous = try git { () throws(GitError) in
          try fileType(path + HookScript.previousSuffix)
        }
        return (name, previous == nil ? .installed : .chained)
      }
      return (name, folder == nil ? .managed(hooks) : .absent)
    }
  }

  /// Installs each hook; an existing one is moved aside and run first.
  ///
  /// - Returns: the names of the hooks that changed.
  package func install() throws(StoreError) -> [String] {
    guard let folder else { return [] }
    var changed: [String] = []
    for (name, template) in scripts {
      let path = folder + "/" + name
      let text = HookScript.text(template, program: program)
      let present = try git { () throws(GitError) in
        try reading { () throws(FileError) in try FileSystem.read(path) }
      }
      let installed = present.flatMap(HookScript.parts)
      var wanted = text
      if var parts = installed, let fresh = HookScript.parts(of: text) {
        parts.own = fresh.own
        wanted = parts.bytes
      }
      if present == wanted { continue }
      do throws(FileError) {
        try FileSystem.makeDirectories(folder)
        if present != nil, installed == nil {
          guard try FileSystem.fileType(path + HookScript.previousSuffix) == nil else {
            throw .exists(path + HookScript.previousSuffix)
          }
          try FileSystem.move(path, to: path + HookScript.previousSuffix)
        }
        try FileSystem.write(wanted, to: path, .replace, mode: 0o777)
        try FileSystem.setExecutable(path)
      } catch {
        throw .failed("can't install the \(name) hook: \(error)")
      }
      changed.append(name)
    }
    return changed
  }

  /// A removed hook of docket's.
  package struct Removal: Sendable {
    package let name: String
    /// The file with the lines that users had added to docket's hook, if any.
    package let added: String?
  }

  /// Removes docket's lines from each hook and restores the previous hook, byte for byte.
  ///
  /// Lines that users added remain a hook; if a previous hook is restored, they are kept in a file.
  package func uninstall() throws(StoreError) -> [Removal] {
    var removals: [Removal] = []
    for (name, _) in scripts {
      let path = hooks + "/" + name
      let text = try git { () throws(GitError) in
        try reading { () throws(FileError) in try FileSystem.read(path) }
      }
      guard let parts = text.flatMap(HookScript.parts) else { continue }
      let previous = path + HookScript.previousSuffix
      let hasAdded = !parts.added.allSatisfy { [9, 10, 13, 32].contains($0) }
      var kept: String?
      do throws(FileError) {
        if try FileSystem.fileType(previous) != nil {
          if hasAdded {
            let added = path + HookScript.addedSuffix
            try FileSystem.write(parts.before + parts.after, to: added, .mustBeAbsent)
            kept = added
          }
          try FileSystem.move(previous, to: path)
        } else if hasAdded {
          try FileSystem.write(parts.before + parts.after, to: path, .replace, mode: 0o777)
          try FileSystem.setExecutable(path)
          kept = path
        } else {
          FileSystem.remove(path)
        }
      } catch {
        throw .failed("can't put back the \(name) hook: \(error)")
      }
      removals.append(Removal(name: name, added: kept))
    }
    return removals
  }
}

extension HookInstaller {
  /// Returns the installer for the bare repository that `directory` is in, tracked or not: its
  /// first push may be the one that adds docket. Returns `nil` if it isn't a bare repository.
  package static func ofServer(
    at directory: String, context: ExecutionContext, scripts: [(name: String, text: [UInt8])],
    program: String
  ) throws(StoreError) -> HookInstaller? {
    let repository = try git { () throws(GitError) in
      try Repository.discover(from: directory, environment: context.environment)
    }
    guard let repository, repository.isBare else { return nil }
    return HookInstaller(repository, scripts: scripts, program: program)
  }
}

import Files
import Git
import JSONText

/// Installs, reports and removes docket's hooks: chained before existing ones, removed exactly.
package struct HookInstaller {
  private let repository: Repository
  /// Name and script of every hook for this repository.
  private let scripts: [(name: String, text: [UInt8])]
  private let program: String

  /// The folder where git looks for hooks.
  private let hooks: String

  /// Clones, where commits are made, get these; a bare repository, where pushes arrive, the others.
  private static let cloneHooks = ["pre-commit", "pre-merge-commit", "pre-push"]
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
    /// The file with this path runs the check: a hook of the user's with docket's line in it, or one
    /// that runs docket's, moved aside by another program that installs hooks.
    case called(String)
    /// `core.hooksPath` names a folder that docket may not write in.
    case managed(String)
  }

  /// The hooks folder, if git uses the repository's own.
  private var folder: String? {
    let own = repository.commonDirectory + "/hooks"
    return hooks == own ? own : nil
  }

  package func status() throws(StoreError) -> [(name: String, status: Status)] {
    try scripts.map { (name, _) throws(StoreError) in (name, try status(of: name)) }
  }

  private func status(of name: String) throws(StoreError) -> Status {
    let path = hooks + "/" + name
    let text = try text(path)
    if text.map(HookScript.isOwn) ?? false {
      let previous = try git { () throws(GitError) in
        try fileType(path + HookScript.previousSuffix)
      }
      return previous == nil ? .installed : .chained
    }
    if let text, FileSystem.isExecutable(path) {
      if HookScript.calls(name, in: text) { return .called(path) }
      // pre-commit moves the hook that it finds aside, and runs it before its own.
      let moved = path + ".legacy"
      if FileSystem.isExecutable(moved), let text = try self.text(moved),
        HookScript.calls(name, in: text)
      {
        return .called(moved)
      }
    }
    return folder == nil ? .managed(hooks) : .absent
  }

  /// Returns a hook's text, or `nil` if there is none.
  private func text(_ path: String) throws(StoreError) -> [UInt8]? {
    do throws(FileError) { return try FileSystem.read(path) } catch {
      throw .failed(
        "the hook \(error.path) can't be read: \(error.reason)",
        hint: error.isForbidden ? "chmod u+r \(ShellWord.quoted(error.path))" : nil)
    }
  }

  /// Installs each hook that doesn't run the check yet; an existing one is kept and run first.
  ///
  /// At every moment the user's hook is the one that git runs, or is run by the one that git runs:
  /// it gets a second name before docket's takes the first one over.
  ///
  /// - Returns: the names of the hooks that changed.
  package func install() throws(StoreError) -> [String] {
    guard let folder else { return [] }
    var changed: [String] = []
    for (name, template) in scripts {
      let path = folder + "/" + name
      if case .called = try status(of: name) { continue }
      let text = HookScript.text(template, program: program)
      let present = try self.text(path)
      let installed = present.flatMap(HookScript.parts)
      var wanted = text
      if var parts = installed, let fresh = HookScript.parts(of: text) {
        parts.own = fresh.own
        wanted = parts.bytes
      }
      if present == wanted { continue }
      let previous = path + HookScript.previousSuffix
      var made = false
      do throws(FileError) {
        try FileSystem.makeDirectories(folder)
        // A link that leads nowhere is the user's, too.
        if installed == nil, try FileSystem.fileType(path) != nil {
          made = try keep(path, as: previous)
        }
        try FileSystem.write(wanted, to: path, .replace, mode: 0o777)
      } catch {
        // Docket's may be in place, and only not be durable: then the other name is the user's only
        // one. What can't be read stays as well.
        if made, (try? FileSystem.read(path)) == present { FileSystem.remove(previous) }
        throw Self.problem(error, name, previous, after: changed)
      }
      changed.append(name)
    }
    return changed
  }

  /// Gives the user's hook a second name, under which docket's runs it.
  ///
  /// - Returns: whether the name is new; it may be there from an installation that was ended.
  private func keep(_ path: String, as previous: String) throws(FileError) -> Bool {
    if let type = try FileSystem.fileType(previous) {
      guard try type == FileSystem.fileType(path),
        try FileSystem.read(previous) == FileSystem.read(path)
      else { throw .exists(previous) }
      return false
    }
    try FileSystem.copy(path, to: previous)
    return true
  }

  private static func problem(
    _ error: FileError, _ name: String, _ previous: String, after installed: [String]
  ) -> StoreError {
    let done = installed.isEmpty ? "" : "installed \(installed.joined(separator: ", ")), but "
    guard error.exists, error.path == previous else {
      return .failed("\(done)can't install the \(name) hook: \(error)")
    }
    return .failed(
      "\(done)can't install the \(name) hook: \(previous) is there already and is another hook",
      hint:
        "mv \(ShellWord.quoted(previous)) \(ShellWord.quoted(previous + ".old")) && docket hooks install"
    )
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
            // It may be there from a removal that was ended.
            if try FileSystem.read(added) != parts.before + parts.after {
              try FileSystem.write(parts.before + parts.after, to: added, .mustBeAbsent)
            }
            kept = added
          }
          try FileSystem.move(previous, to: path)
        } else if hasAdded {
          try FileSystem.write(parts.before + parts.after, to: path, .replace, mode: 0o777)
          kept = path
        } else {
          try FileSystem.removeFile(path)
        }
      } catch {
        let done = removals.map(\.name).joined(separator: ", ")
        throw .failed(
          "\(done.isEmpty ? "" : "removed \(done), but ")can't put back the \(name) hook: \(error)")
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

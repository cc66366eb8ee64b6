package import Git

/// The text of docket's own hooks: short shell scripts that only call docket.
package enum HookScript {
  static let mark = "# docket's hook;"
  /// Where the hook that was there before is kept, to be run first and put back in the end.
  static let previousSuffix = ".before-docket"

  static func isOwn(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes.prefix(400), as: UTF8.self).contains(mark)
  }

  /// The script with the path of the docket that installs it, for shells whose PATH lacks it.
  static func text(_ template: [UInt8], program: String) -> [UInt8] {
    let quoted = "'" + program.replacing("'", with: "'\\''") + "'"
    return Array(
      String(decoding: template, as: UTF8.self).replacing("@DOCKET@", with: quoted).utf8)
  }
}

/// Installs, reports and removes docket's hooks: chained before what is there, removed exactly.
package struct HookInstaller {
  private let repository: Repository
  /// Name and script of every hook docket has.
  private let scripts: [(name: String, text: [UInt8])]
  private let program: String

  /// Where git looks for hooks.
  private let hooks: String

  package init(_ repository: Repository, scripts: [(name: String, text: [UInt8])], program: String)
  {
    self.repository = repository
    hooks = repository.hooksDirectory
    self.scripts = scripts
    self.program = program
  }

  package enum Status: Sendable, Equatable {
    case installed, chained, absent
    /// `core.hooksPath` names a folder that isn't docket's to write in.
    case managed(String)
  }

  /// The hooks folder, if git looks for hooks in the repository's own.
  private var folder: String? {
    let own = repository.commonDirectory + "/hooks"
    return hooks == own ? own : nil
  }

  package func status() -> [(name: String, status: Status)] {
    scripts.map { name, _ in
      let path = hooks + "/" + name
      let isOwn = Files.read(path).map(HookScript.isOwn) ?? false
      if isOwn {
        return (name, Files.sort(path + HookScript.previousSuffix) == nil ? .installed : .chained)
      }
      return (name, folder == nil ? .managed(hooks) : .absent)
    }
  }

  /// Puts each hook in place; one that is there is moved aside and run first.
  ///
  /// - Returns: the names of the hooks that changed.
  package func install() throws(StoreError) -> [String] {
    guard let folder else { return [] }
    var changed: [String] = []
    for (name, template) in scripts {
      let path = folder + "/" + name
      let text = HookScript.text(template, program: program)
      let present = Files.read(path)
      if present == text { continue }
      do throws(Files.Problem) {
        try Files.makeDirectories(folder, below: repository.commonDirectory)
        if let present, !HookScript.isOwn(present) {
          guard Files.sort(path + HookScript.previousSuffix) == nil else {
            throw Files.Problem(call: "rename", path: path + HookScript.previousSuffix, code: 17)
          }
          try Files.move(path, to: path + HookScript.previousSuffix)
        }
        try Files.write(text, to: path, .replace, mode: 0o777)
      } catch {
        throw .failed("can't install the \(name) hook: \(error)")
      }
      Files.setExecutable(path)
      changed.append(name)
    }
    return changed
  }

  /// Removes each hook of docket's and puts back what was there, byte for byte.
  package func uninstall() throws(StoreError) -> [String] {
    var changed: [String] = []
    for (name, _) in scripts {
      let path = hooks + "/" + name
      guard let present = Files.read(path), HookScript.isOwn(present) else { continue }
      let previous = path + HookScript.previousSuffix
      do throws(Files.Problem) {
        if Files.sort(previous) != nil {
          try Files.move(previous, to: path)
        } else {
          Files.remove(path)
        }
      } catch {
        throw .failed("can't put back the \(name) hook: \(error)")
      }
      changed.append(name)
    }
    return changed
  }
}

import ArgumentParser
import Files
import JSONText
import Store

struct HooksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hooks",
    abstract: "Install, show or remove docket's hooks, in a clone or on a server.",
    subcommands: [Install.self, Status.self, Uninstall.self, Run.self])

  /// What installs hooks, and in a clone the drivers, too; on a server nothing is merged.
  static func installers() throws -> (hooks: HookInstaller, drivers: DriverInstaller?) {
    let invocation = Invocation.current
    let server = try HookInstaller.ofServer(
      at: invocation.directory, context: invocation.context, scripts: BuiltIn.hooks,
      program: BuiltIn.programPath)
    if let server { return (server, nil) }
    let tracker = try Tracker(
      in: invocation.directory, context: invocation.context, toleratesFaults: true)
    return (
      tracker.hookInstaller(scripts: BuiltIn.hooks, program: BuiltIn.programPath),
      tracker.driverInstaller(program: BuiltIn.programPath)
    )
  }

  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put docket's hooks in place; one that is there is kept and run first.")
    @OptionGroup var common: CommonOptions

    mutating func run() throws {
      let (installer, drivers) = try HooksCommand.installers()
      if try drivers?.install() == true {
        Terminal.note("git merges records field by field here, and shows them in words in a diff")
      }
      let managed = try installer.status().compactMap { entry -> (name: String, folder: String)? in
        if case .managed(let folder) = entry.status { (entry.name, folder) } else { nil }
      }
      if let folder = managed.first(where: { $0.name != "pre-push" })?.folder {
        throw StoreError.refused(
          "git's hooks live in \(folder) here (core.hooksPath), which docket leaves alone",
          hint: managed.map { "add this line to its \($0.name): docket hooks run \($0.name)" }
            .joined(separator: "\n"))
      }
      let changed = try installer.install()
      Terminal.note(
        changed.isEmpty
          ? "the hooks are in place already" : "installed \(changed.joined(separator: ", "))")
    }
  }

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say which hooks are in place.")
    @OptionGroup var output: FormatOption
    @OptionGroup var common: CommonOptions

    mutating func run() throws {
      let installers = try HooksCommand.installers()
      let status = try installers.hooks.status()
      let drivers = try installers.drivers?.status() ?? []
      switch output.format {
      case .json:
        Output.write(
          Output.envelope(
            "hooks",
            [
              ("items", .array(status.map(Self.item))),
              ("drivers", .array(drivers.map(Self.item))),
            ]))
      case .jsonl: Output.writeLines(status.map(Self.item))
      case .text:
        for (name, status) in status { Terminal.print("\(name): \(Self.words(status, of: name))") }
        for (driver, status) in drivers {
          Terminal.print("\(Self.name(driver)): \(Self.words(status))")
        }
      }
    }

    private static func words(_ status: HookInstaller.Status, of name: String) -> String {
      switch status {
      case .installed: "installed"
      case .chained: "installed, runs the hook that was here first"
      case .called(let path): "run by \(Terminal.safe(path))"
      case .absent: "not installed (docket hooks install)"
      case .managed(let folder):
        // What it finds the others have found, unless somebody skipped them.
        name == "pre-push"
          ? "up to you: hooks live in \(Terminal.safe(folder)) (core.hooksPath)"
          : "not installed: hooks live in \(Terminal.safe(folder)) (core.hooksPath)"
      }
    }

    private static func name(_ driver: DriverInstaller.Driver) -> String {
      switch driver {
      case .merge: "merge driver"
      case .textconv: "words in git diff"
      }
    }

    private static func words(_ status: DriverInstaller.Status) -> String {
      switch status {
      case .installed: "installed"
      case .absent: "not installed (docket hooks install)"
      case .other:
        "another program of your own (git config merge.docket.driver, diff.docket.textconv)"
      }
    }

    private static func item(_ driver: DriverInstaller.Driver, _ status: DriverInstaller.Status)
      -> JSONValue
    {
      Output.object([
        ("driver", .string(driver.rawValue)), ("status", .string(status.rawValue)),
        ("next", status == .absent ? "docket hooks install" : nil),
      ])
    }

    private static func item(_ name: String, _ status: HookInstaller.Status) -> JSONValue {
      let (word, folder, next): (String, String?, String?) =
        switch status {
        case .installed: ("installed", nil, nil)
        case .chained: ("chained", nil, nil)
        case .called(let path): ("called", FileSystem.parent(of: path), nil)
        case .absent: ("absent", nil, "docket hooks install")
        case .managed(let folder): ("managed", folder, "docket hooks run \(name)")
        }
      return Output.object([
        ("hook", .string(name)), ("status", .string(word)),
        ("folder", folder.map { .string($0) }), ("next", next.map { .string($0) }),
      ])
    }
  }

  struct Uninstall: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove docket's hooks and put back what was there, byte for byte.")
    @OptionGroup var common: CommonOptions

    mutating func run() throws {
      let (installer, drivers) = try HooksCommand.installers()
      let changed = try installer.uninstall()
      if try drivers?.uninstall() == true {
        Terminal.note("removed the merge driver and the words for git diff")
      }
      Terminal.note(
        changed.isEmpty
          ? "there is no hook of docket's here"
          : "removed \(changed.map(\.name).joined(separator: ", "))")
      for removal in changed {
        guard let added = removal.added else { continue }
        Terminal.note("lines that were added to docket's \(removal.name) are kept in \(added)")
      }
    }
  }

  /// Only for `--help`; the work is done before the grammar is built.
  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run", abstract: "What the hooks call: check what is staged, merged or pushed.")
    @Argument(help: "The hook: pre-commit, pre-merge-commit, pre-push or pre-receive.") var name:
      String
    @Argument(parsing: .captureForPassthrough, help: "What git hands the hook.") var arguments:
      [String] = []

    mutating func run() throws { throw ExitCode(HookRun.run(name, arguments)) }
  }
}

import Store

/// What a clone of a tracked repository lacks of what `docket init` installs.
struct CloneParts {
  /// The names of absent hooks.
  private let hooks: [String]
  private let hasNoHook: Bool
  private let lacksDrivers: Bool

  /// In CI and in a bare repository nothing is missed.
  init(_ tracker: Tracker, _ invocation: Invocation) {
    guard tracker.root != nil, invocation.context.environment["CI"] == nil else {
      (hooks, hasNoHook, lacksDrivers) = ([], false, false)
      return
    }
    let installer = tracker.hookInstaller(scripts: BuiltIn.hooks, program: BuiltIn.programPath)
    // Only a note hangs on it.
    let status = (try? installer.status()) ?? []
    hooks = status.filter { $0.status == .absent }.map(\.name)
    hasNoHook = !hooks.isEmpty && hooks.count == status.count
    lacksDrivers = (try? tracker.lacksDrivers()) == true
  }

  /// Returns what is missing: `pre-push hook`, `merge driver`.
  var names: [String] { hooks.map { $0 + " hook" } + (lacksDrivers ? ["merge driver"] : []) }

  /// Returns a sentence on it, without what to do; `nil` if nothing is missing.
  var text: String? {
    if hasNoHook { return "this clone has no docket hooks yet" }
    guard !names.isEmpty else { return nil }
    return "this clone lacks docket's \(names.joined(separator: ", "))"
  }
}

extension Tracker {
  /// Returns a sentence on schemas of a later docket, with what to do; `nil` if there are none.
  var laterDocketText: String? {
    laterDocket.map {
      "schemas here are of docket \($0), and this is docket \(Docket.version): update docket"
    }
  }
}

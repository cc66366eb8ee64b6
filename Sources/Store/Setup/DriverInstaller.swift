import Files
import Git
import JSONText
import Records

/// Installs, reports and removes docket's merge driver and its words for `git diff` in a clone's
/// configuration (gitattributes(5)).
///
/// `.gitattributes` names both for the records folder; where a clone lacks them git does what it does
/// with any text.
package struct DriverInstaller {
  package enum Driver: String, Sendable, CaseIterable {
    case merge, textconv

    /// The section of the configuration, and its key.
    var section: String { self == .merge ? "[merge \"docket\"]" : "[diff \"docket\"]" }
    var key: String { self == .merge ? "driver" : "textconv" }
    /// What only docket's own line has.
    fileprivate var mark: String {
      self == .merge ? "docket merge %O %A %B" : "docket textconv \\\"$1\\\""
    }
  }

  package enum Status: String, Sendable {
    case installed, absent
    /// Another program, that the user has set, is called.
    case other
  }

  private let repository: Repository
  private let program: String

  init(_ repository: Repository, program: String) {
    (self.repository, self.program) = (repository, program)
  }

  package func status() throws(StoreError) -> [(driver: Driver, status: Status)] {
    let text = ConfigurationLines(
      try git { () throws(GitError) in try repository.configurationText })
    return Driver.allCases.map { driver in
      guard let line = text.value(of: driver) else { return (driver, .absent) }
      return (driver, line.contains(driver.mark) ? .installed : .other)
    }
  }

  /// Installs what is absent, or another docket's; what the user has set stays.
  ///
  /// - Returns: whether anything changed.
  package func install() throws(StoreError) -> Bool {
    try edit { text in
      let wanted = Driver.allCases.filter { driver in
        text.value(of: driver).map { $0.contains(driver.mark) } ?? true
      }
      if wanted.allSatisfy({ text.value(of: $0) == line(of: $0) }) { return }
      text.removeOwn()
      for driver in wanted { text.append(driver.section, lines(of: driver)) }
    }
  }

  /// Removes docket's lines, and its sections if nothing else is in them.
  package func uninstall() throws(StoreError) -> Bool {
    try edit { $0.removeOwn() }
  }

  private func edit(_ change: (inout ConfigurationLines) -> Void) throws(StoreError) -> Bool {
    try git { () throws(GitError) in
      try repository.editConfigurationFile { bytes in
        var text = ConfigurationLines(bytes)
        change(&text)
        return text.bytes
      }
    }
  }

  private func lines(of driver: Driver) -> [String] {
    let own = line(of: driver)
    return driver == .merge ? [ConfigurationLines.name, own] : [own]
  }

  /// Returns docket's line of the configuration, with the shell script that git runs.
  ///
  /// Git keeps ours, without a word, where a driver can't be run: so git's own merge comes after docket's
  /// where there is no docket, or it can't merge. The same for the words of a diff.
  private func line(of driver: Driver) -> String {
    let path = ShellWord.quoted(program)
    let script: String
    switch driver {
    case .merge:
      let arguments = "merge %O %A %B --path %P --marker-size %L"
      // Git replaces what begins with a percent sign.
      let place = path.replacing("%", with: "%%")
      script =
        "if command -v docket >/dev/null 2>&1; then docket \(arguments); s=$?; "
        + "elif [ -x \(place) ]; then \(place) \(arguments); s=$?; else s=2; fi; "
        + "[ $s -lt 2 ] && exit $s; "
        + "exec git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
    case .textconv:
      script =
        "f() { if command -v docket >/dev/null 2>&1; then docket textconv \"$1\" && return; "
        + "elif [ -x \(path) ]; then \(path) textconv \"$1\" && return; fi; cat \"$1\"; }; f"
    }
    let escaped = script.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\t\(driver.key) = \"\(escaped)\""
  }
}

extension Tracker {
  /// Whether git has nothing to call for a driver here, from the configuration that is read anyway.
  package func lacksDrivers() throws(StoreError) -> Bool {
    for key in ["merge.docket.driver", "diff.docket.textconv"] where try setting(key) == nil {
      return true
    }
    return false
  }
}

/// The lines of a configuration file, as far as docket's own sections go.
private struct ConfigurationLines {
  static let name = "\tname = docket: records are merged field by field"
  /// As bytes: they may be in any encoding.
  private var lines: [ArraySlice<UInt8>]

  init(_ bytes: [UInt8]) {
    lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }

  var bytes: [UInt8] { Array(lines.joined(separator: [UInt8(ascii: "\n")])) }

  /// Returns the last line that sets a driver in docket's section.
  func value(of driver: DriverInstaller.Driver) -> String? {
    var inside = false
    var found: String?
    for line in lines.map({ String(decoding: $0, as: UTF8.self) }) {
      if line.utf8.first == UInt8(ascii: "[") {
        inside = line == driver.section
      } else if inside, Self.key(of: line) == driver.key {
        found = line
      }
    }
    return found
  }

  private static func key(of line: String) -> String {
    line.prefix { $0 != "=" }.trimmed
  }

  mutating func append(_ section: String, _ new: [String]) {
    // The last element is what follows the last line feed.
    let rest = lines.removeLast()
    if !rest.isEmpty { lines.append(rest) }
    lines += ([section] + new + [""]).map { Array($0.utf8)[...] }
  }

  /// Takes out docket's lines; a section goes with them if they were all it had.
  mutating func removeOwn() {
    var kept: [ArraySlice<UInt8>] = []
    var section: (driver: DriverInstaller.Driver, start: Int, removed: Bool)?
    func end(_ kept: inout [ArraySlice<UInt8>]) {
      if let section, section.removed, kept.count == section.start + 1 { kept.removeLast() }
      section = nil
    }
    let lasting = lines
    for (index, bytes) in lasting.enumerated() {
      let line = String(decoding: bytes, as: UTF8.self)
      if line.utf8.first == UInt8(ascii: "[") || index == lasting.count - 1 { end(&kept) }
      if let driver = DriverInstaller.Driver.allCases.first(where: { $0.section == line }) {
        section = (driver, kept.count, false)
      } else if let driver = section?.driver, isOwn(line, driver) {
        section?.removed = true
        continue
      }
      kept.append(bytes)
    }
    lines = kept
  }

  private func isOwn(_ line: String, _ driver: DriverInstaller.Driver) -> Bool {
    line == Self.name || Self.key(of: line) == driver.key && line.contains(driver.mark)
  }
}

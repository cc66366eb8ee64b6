import Git
import TestSupport
import Testing

extension ScratchRepository {
  func open(environment extra: [String: String] = [:]) throws -> Repository {
    try #require(
      try Repository.discover(from: path, environment: environment.adding(extra)))
  }

  /// Makes a random tree over few names, so that files and directories change places.
  func writeRandomTree(_ random: inout SeededGenerator) throws -> String {
    try git("read-tree", "--empty")
    try fillIndexRandomly(&random, count: 14)
    return try git("write-tree", "--missing-ok")
  }

  /// Adds random entries; a file and a directory of one name replace each other.
  func fillIndexRandomly(_ random: inout SeededGenerator, count: Int) throws {
    let names = ["a", "b", "c", "a.x", "a-x", "a0"]
    let modes = ["100644", "100644", "100755", "120000", "160000"]
    var lines = ""
    for _ in 0..<count {
      let depth = Int.random(in: 1...4, using: &random)
      let path = (0..<depth).map { _ in names.randomElement(using: &random) ?? "a" }
      let digit = Int.random(in: 1...3, using: &random)
      let mode = modes.randomElement(using: &random) ?? "100644"
      lines +=
        "\(mode) \(String(repeating: "\(digit)", count: 40))\t\(path.joined(separator: "/"))\n"
    }
    try git("update-index", "--replace", "--index-info", input: lines)
  }
}

extension TreeChange {
  /// As `git diff --raw --no-abbrev` prints it.
  var rawLine: String {
    let mode = { (item: TreeItem?) in
      item.map { String($0.mode.rawValue, radix: 8) } ?? "000000"
    }
    let id = { (item: TreeItem?) in (item?.id ?? .zero).hex }
    let letter: String
    switch (old, new) {
    case (nil, _): letter = "A"
    case (_, nil): letter = "D"
    case (let old?, let new?):
      letter = old.mode.rawValue >> 12 == new.mode.rawValue >> 12 ? "M" : "T"
    }
    return ":\(mode(old)) \(mode(new)) \(id(old)) \(id(new)) \(letter)\t\(path)"
  }
}

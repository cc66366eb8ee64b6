/// Where a record lives: `docket/pain-points/2026/07/PP-8KX3M2Q4TZ-flaky-deploys.json`.
///
/// Folder, year, month and slug are fixed when the record is made and never compared with its content
/// again; only the directory must fit the prefix of the id.
package struct RecordPath: Sendable, Hashable {
  package let text: String
  package let directory: String
  package let id: RecordID

  package enum Problem: Error, Sendable, Hashable {
    /// Not below a kind's directory, or not `<yyyy>/<mm>/<ID>[-slug].json` there.
    case foreign(String)
  }

  /// Reads `path`, which is relative to the repository's root and lies under `folder`.
  package init(_ path: String, inFolder folder: String) throws(Problem) {
    if let (id, directory) = Self.plain(path, folder.utf8.count + 1) {
      (self.id, self.directory, text) = (id, directory, path)
      return
    }
    let rest = path.dropFirst(folder.utf8.count + 1)
    let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 4 else {
      throw .foreign("a record is stored as \(folder)/<directory>/<yyyy>/<mm>/<ID>.json")
    }
    guard Self.isNumber(parts[1], digits: 4), Self.isNumber(parts[2], digits: 2),
      ("01"..."12").contains(String(parts[2]))
    else {
      throw .foreign("\"\(parts[1])/\(parts[2])\" is not a year and a month, like 2026/07")
    }
    let name = parts[3]
    guard name.hasSuffix(".json") else {
      throw .foreign("\"\(name)\" does not end in .json")
    }
    var copy = String(name)
    guard let id = copy.withUTF8({ RecordID(startOfFileName: UnsafeRawBufferPointer($0)) }) else {
      throw .foreign("\"\(name)\" does not begin with a record's id")
    }
    let slug = name.dropFirst(id.text.utf8.count).dropLast(5)
    guard slug.isEmpty || Self.isSlug(slug.dropFirst()) else {
      throw .foreign("\"\(slug)\" is not a slug: lower-case letters and digits with single dashes")
    }
    text = path
    directory = String(parts[0])
    self.id = id
  }

  /// Reads the path of nearly every record, byte by byte; `nil` for those that need a closer look.
  private static func plain(_ path: String, _ start: Int) -> (RecordID, directory: String)? {
    var path = path
    return path.withUTF8 { bytes in
      guard start < bytes.count,
        let slash = bytes[start...].firstIndex(of: UInt8(ascii: "/")), slash > start
      else { return nil }
      // /2026/07/PP-
      let name = slash + 9
      guard bytes.count > name, bytes[slash + 5] == UInt8(ascii: "/"),
        bytes[slash + 8] == UInt8(ascii: "/"),
        [1, 2, 3, 4, 6, 7].allSatisfy({ isDigit(bytes[slash + $0]) })
      else { return nil }
      let month = (bytes[slash + 6] - 48) * 10 + bytes[slash + 7] - 48
      let file = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[name...]))
      guard (1...12).contains(month), let id = RecordID(startOfFileName: file),
        file.count == id.length + 5, file[id.length...].elementsEqual(".json".utf8)
      else { return nil }
      let directory = UnsafeBufferPointer(rebasing: bytes[start..<slash])
      return (id, String(decoding: directory, as: UTF8.self))
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// The path of a new record made in the month of `date`.
  package init(
    id: RecordID, directory: String, date: CivilDate, title: String?, folder: String
  ) {
    let slug = title.map(Self.slug) ?? ""
    let month = String(date.description.prefix(7)).split(separator: "-").joined(separator: "/")
    text = "\(folder)/\(directory)/\(month)/\(id)\(slug.isEmpty ? "" : "-" + slug).json"
    self.directory = directory
    self.id = id
  }

  /// The path of the vendored schema as the record's `$schema` gives it, relative to the record.
  package static func schemaReference(kind: String, fromFolder folder: String) -> String {
    // From <folder>/<directory>/<yyyy>/<mm>/ up to the root.
    let steps = folder.split(separator: "/").count + 3
    return String(repeating: "../", count: steps) + ".docket/schema/\(kind).schema.json"
  }

  /// At most six words and forty-eight bytes of the title, in ASCII: for people who browse the folder.
  package static func slug(_ title: String) -> String {
    var words: [String] = []
    var word = ""
    for scalar in title.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": word.unicodeScalars.append(scalar)
      case "'", "’": continue
      default:
        if let plain = folded[scalar] {
          word += plain
        } else if !word.isEmpty {
          words.append(word)
          word = ""
        }
      }
    }
    if !word.isEmpty { words.append(word) }
    var slug = ""
    for word in words.prefix(6) {
      let next = slug.isEmpty ? word : slug + "-" + word
      if next.utf8.count > 48 { break }
      slug = next
    }
    return slug
  }

  private static let folded: [Unicode.Scalar: String] = [
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "à": "a", "á": "a", "â": "a", "ã": "a", "å": "a",
    "ç": "c", "è": "e", "é": "e", "ê": "e", "ë": "e", "ì": "i", "í": "i", "î": "i", "ï": "i",
    "ñ": "n", "ò": "o", "ó": "o", "ô": "o", "õ": "o", "ø": "o", "ù": "u", "ú": "u", "û": "u",
    "ý": "y", "ÿ": "y", "æ": "ae", "œ": "oe", "ł": "l", "š": "s", "ž": "z", "č": "c", "ř": "r",
  ]

  private static func isNumber(_ text: Substring, digits: Int) -> Bool {
    text.utf8.count == digits && text.utf8.allSatisfy { (48...57).contains($0) }
  }

  private static func isSlug(_ text: Substring) -> Bool {
    !text.isEmpty && !text.hasPrefix("-") && !text.hasSuffix("-") && !text.contains("--")
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }
}

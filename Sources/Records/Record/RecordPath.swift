package import Files

/// A record's path: `docket/pain-points/2026/07/PP-8KX3M2Q4TZ-flaky-deploys.json`.
///
/// Folder, year, month and slug are fixed when the record is created and never compared with its
/// content again; only the directory must match the prefix of the id.
package struct RecordPath: Sendable, Hashable {
  package let path: RepositoryPath
  package let directory: String
  package let id: RecordID

  package enum Problem: Error, Sendable, Hashable {
    /// Not below a kind's directory, or not `<yyyy>/<mm>/<ID>[-slug].json` there.
    case foreign(String)
  }

  /// Parses `path`, relative to the repository's root; a path outside `folder` is foreign.
  package init(_ path: RepositoryPath, inFolder folder: RepositoryPath) throws(Problem) {
    // Runs for every file of a long history.
    (directory, id) = try path.bytes.withUnsafeBufferPointer {
      Self.read($0, inFolder: folder)
    }.get()
    self.path = path
  }

  private static func read(_ path: UnsafeBufferPointer<UInt8>, inFolder folder: RepositoryPath)
    -> Result<(String, RecordID), Problem>
  {
    let start = folder.bytes.count + 1
    let isBelow =
      path.count >= start && path[start - 1] == UInt8(ascii: "/")
      && path[..<(start - 1)].elementsEqual(folder.bytes)
    var slashes = (path.count, path.count, path.count)
    var count = 0
    for at in start..<max(start, path.count) where path[at] == UInt8(ascii: "/") {
      slashes = (slashes.1, slashes.2, at)
      count += 1
    }
    guard isBelow, count == 3 else {
      return .failure(
        .foreign("a record is stored as \(folder)/<directory>/<yyyy>/<mm>/<ID>.json"))
    }
    let year = UnsafeBufferPointer(rebasing: path[slashes.0 + 1..<slashes.1])
    let month = UnsafeBufferPointer(rebasing: path[slashes.1 + 1..<slashes.2])
    let name = UnsafeBufferPointer(rebasing: path[(slashes.2 + 1)...])
    guard isNumber(year, digits: 4), isNumber(month, digits: 2),
      (1...12).contains(month.reduce(0) { $0 * 10 + Int($1) - 48 })
    else {
      return .failure(
        .foreign("\"\(text(year))/\(text(month))\" is not a year and a month, like 2026/07"))
    }
    guard name.suffix(5).elementsEqual(".json".utf8) else {
      return .failure(.foreign("\"\(text(name))\" does not end in .json"))
    }
    guard let id = RecordID(startOfFileName: UnsafeRawBufferPointer(name)) else {
      return .failure(.foreign("\"\(text(name))\" does not begin with a record's id"))
    }
    let slug = UnsafeBufferPointer(rebasing: name.dropFirst(id.length).dropLast(5))
    guard slug.isEmpty || isSlug(slug.dropFirst()) else {
      return .failure(
        .foreign(
          "\"\(text(slug))\" is not a slug: lower-case letters and digits with single dashes"))
    }
    return .success((text(UnsafeBufferPointer(rebasing: path[start..<slashes.0])), id))
  }

  private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// Makes the path of a new record created in the month of `date`.
  package init(
    id: RecordID, directory: String, date: CivilDate, title: String?, folder: RepositoryPath
  ) {
    let slug = title.map(Self.slug) ?? ""
    let month = String(date.description.prefix(7)).split(separator: "-").joined(separator: "/")
    path = folder.appending(
      "\(directory)/\(month)/\(id)\(slug.isEmpty ? "" : "-" + slug).json")
    self.directory = directory
    self.id = id
  }

  /// Returns the `$schema` of a record: the path of the vendored schema, relative to the record.
  package static func schemaReference(kind: String, fromFolder folder: RepositoryPath) -> String {
    // From <folder>/<directory>/<yyyy>/<mm>/ up to the root.
    let steps = folder.components.count + 3
    return String(repeating: "../", count: steps) + ".docket/schema/\(kind).schema.json"
  }

  /// Returns at most six words and forty-eight bytes of the title, in ASCII, for people who browse
  /// the folder; none of a title with letters that have no form in it: what is left of such a title, a
  /// product's name or a number, says something else.
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
        } else if scalar.properties.generalCategory == .nonspacingMark, !word.isEmpty {
          // An accent of its own, behind the letter that it belongs to.
          continue
        } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
          return ""
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

  private static func isNumber(_ text: UnsafeBufferPointer<UInt8>, digits: Int) -> Bool {
    text.count == digits && text.allSatisfy { (48...57).contains($0) }
  }

  private static func isSlug(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let dash = UInt8(ascii: "-")
    var last = dash
    for byte in text {
      guard (97...122).contains(byte) || (48...57).contains(byte) || byte == dash && last != dash
      else { return false }
      last = byte
    }
    return last != dash
  }
}

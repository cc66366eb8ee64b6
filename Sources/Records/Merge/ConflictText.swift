/// The text of a merged file in which each conflict shows both sides, between git's markers.
///
/// The two versions differ in what is in conflict alone. Each half of all marked parts makes a whole,
/// valid file.
package struct ConflictText: Sendable {
  package let ours: [UInt8]
  package let theirs: [UInt8]

  package init(ours: [UInt8], theirs: [UInt8]) { (self.ours, self.theirs) = (ours, theirs) }

  /// Merges three texts line by line.
  package init(base: [UInt8], ours: [UInt8], theirs: [UInt8]) {
    let merge = SequenceMerge(
      base: Self.lines(base), ours: Self.lines(ours), theirs: Self.lines(theirs),
      joinsAppended: false)
    self.init(
      ours: Array(merge.elements(.ours).joined()), theirs: Array(merge.elements(.theirs).joined()))
  }

  /// The length of git's markers, where no attribute says otherwise (gitattributes(5)).
  package static let markerSize = 7

  /// Returns the text with markers.
  ///
  /// - Parameter labels: what the sides are called behind the markers; on one line each.
  package func marked(
    size: Int = markerSize, labels: (ours: String, theirs: String)
  ) -> [UInt8] {
    let (mine, other) = (Self.lines(ours), Self.lines(theirs))
    func marker(_ character: Unicode.Scalar, _ label: String) -> [UInt8] {
      let mark = String(repeating: String(character), count: size)
      return Array((label.isEmpty ? mark : mark + " " + label).utf8) + [UInt8(ascii: "\n")]
    }
    var text: [UInt8] = []
    var place = 0
    for part in Self.parts(mine, other) {
      for line in mine[place..<part.ours.lowerBound] { text += line }
      text += marker("<", labels.ours)
      for line in mine[part.ours] { text += line }
      text += marker("=", "")
      for line in other[part.theirs] { text += line }
      text += marker(">", labels.theirs)
      place = part.ours.upperBound
    }
    for line in mine[place...] { text += line }
    return text
  }

  /// Returns the two versions of a text with markers; `nil` if it has none, or if they don't match.
  package init?(marked text: [UInt8]) {
    enum Part { case both, ours, base, theirs }
    var part = Part.both
    var (mine, other): ([UInt8], [UInt8]) = ([], [])
    var size = 0
    for line in Self.lines(text) {
      let run = line.prefix { $0 == line.first }.count
      let mark = run >= Self.markerSize ? line.first : nil
      switch (part, mark) {
      case (.both, UInt8(ascii: "<")?):
        (part, size) = (.ours, run)
      case (.ours, UInt8(ascii: "|")?) where run == size: part = .base
      case (.ours, UInt8(ascii: "=")?) where run == size,
        (.base, UInt8(ascii: "=")?) where run == size:
        part = .theirs
      case (.theirs, UInt8(ascii: ">")?) where run == size: part = .both
      case (.both, _):
        mine += line
        other += line
      case (.ours, _): mine += line
      case (.base, _): continue
      case (.theirs, _): other += line
      }
    }
    guard part == .both, size > 0 else { return nil }
    (ours, theirs) = (mine, other)
  }

  /// Returns the words of a text, a line each: without indentation, the comma at the end, and the lines
  /// of markers.
  package static func words(_ text: [UInt8]) -> [[UInt8]] {
    lines(text).compactMap { line in
      let mark = line.first.map { first in
        [0x3C, 0x3D, 0x3E, 0x7C].contains(first) && line.prefix { $0 == first }.count >= markerSize
      }
      if mark == true { return nil }
      var words = line.drop { $0 <= 0x20 }
      while let last = words.last, last <= 0x20 || last == UInt8(ascii: ",") { words.removeLast() }
      return words.isEmpty ? nil : Array(words)
    }
  }

  private static func lines(_ text: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
      lines.append(Array(text[start..<end]))
      start = end
    }
    return lines
  }

  /// Returns the parts that differ; those with hardly a line between them as one.
  private static func parts(_ ours: [[UInt8]], _ theirs: [[UInt8]])
    -> [(ours: Range<Int>, theirs: Range<Int>)]
  {
    var parts: [(ours: Range<Int>, theirs: Range<Int>)] = []
    var shift = 0
    for hunk in SequenceHunk.between(ours, theirs) {
      let start = hunk.range.lowerBound + shift
      let range = start..<start + hunk.elements.count
      shift += hunk.elements.count - hunk.range.count
      if let last = parts.last, hunk.range.lowerBound - last.ours.upperBound <= 2 {
        parts[parts.count - 1] = (
          last.ours.lowerBound..<hunk.range.upperBound, last.theirs.lowerBound..<range.upperBound
        )
      } else {
        parts.append((hunk.range, range))
      }
    }
    return parts
  }
}

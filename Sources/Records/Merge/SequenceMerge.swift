/// A three-way merge of lists by their elements, as of the lines of a text (diff3).
///
/// Changes of different elements are put together, also where they touch; so is what both sides append
/// at the end. Changes of the same elements, and insertions at the same place, conflict.
struct SequenceMerge<Element: Hashable> {
  private enum Segment {
    case clean([Element])
    case conflict(ours: [Element], theirs: [Element])
  }

  private var segments: [Segment] = []

  /// - Parameter joinsAppended: whether what both sides append is put together, ours first.
  init(base: [Element], ours: [Element], theirs: [Element], joinsAppended: Bool) {
    var mine = SequenceHunk.between(base, ours)[...]
    var other = SequenceHunk.between(base, theirs)[...]
    var place = 0
    while let first = Self.earlier(mine.first, other.first) {
      var range = first
      var (ourHunks, theirHunks) = ([SequenceHunk<Element>](), [SequenceHunk<Element>]())
      func take(
        _ hunks: inout ArraySlice<SequenceHunk<Element>>, _ taken: inout [SequenceHunk<Element>]
      ) -> Bool {
        guard let next = hunks.first, next.overlaps(range) else { return false }
        range =
          min(
            range.lowerBound, next.range.lowerBound)..<max(
            range.upperBound, next.range.upperBound)
        taken.append(hunks.removeFirst())
        return true
      }
      // Both, again and again: each hunk that is taken may reach the next of the other side.
      while true {
        let more = (take(&mine, &ourHunks), take(&other, &theirHunks))
        if !more.0, !more.1 { break }
      }
      if place < range.lowerBound { segments.append(.clean(Array(base[place..<range.lowerBound]))) }
      segments.append(
        Self.segment(
          base, range, ourHunks, theirHunks,
          joins: joinsAppended && range.lowerBound == base.count))
      place = range.upperBound
    }
    if place < base.count { segments.append(.clean(Array(base[place...]))) }
  }

  /// Returns the base range of the hunk that comes first; an insertion goes before a replacement.
  private static func earlier(_ mine: SequenceHunk<Element>?, _ other: SequenceHunk<Element>?)
    -> Range<Int>?
  {
    guard let mine else { return other?.range }
    guard let other else { return mine.range }
    let isOurs =
      (mine.range.lowerBound, mine.range.upperBound)
      <= (other.range.lowerBound, other.range.upperBound)
    return isOurs ? mine.range : other.range
  }

  private static func segment(
    _ base: [Element], _ range: Range<Int>, _ ours: [SequenceHunk<Element>],
    _ theirs: [SequenceHunk<Element>], joins: Bool
  ) -> Segment {
    func applied(_ hunks: [SequenceHunk<Element>]) -> [Element] {
      var result: [Element] = []
      var place = range.lowerBound
      for hunk in hunks {
        result += base[place..<hunk.range.lowerBound] + hunk.elements
        place = hunk.range.upperBound
      }
      return result + base[place..<range.upperBound]
    }
    let (mine, other) = (applied(ours), applied(theirs))
    if theirs.isEmpty || mine == other { return .clean(mine) }
    if ours.isEmpty { return .clean(other) }
    if joins, range.isEmpty {
      let common = zip(mine, other).prefix { $0 == $1 }.count
      return .clean(mine + other[common...])
    }
    return .conflict(ours: mine, theirs: other)
  }

  var hasConflict: Bool {
    segments.contains { if case .conflict = $0 { true } else { false } }
  }

  /// Returns the merged elements, with a side's, or both sides', where there is a conflict.
  func elements(_ choice: RecordMerge.Choice) -> [Element] {
    segments.flatMap { segment in
      switch segment {
      case .clean(let elements): return elements
      case .conflict(let ours, let theirs):
        switch choice {
        case .ours: return ours
        case .theirs: return theirs
        case .both:
          let known = Set(ours)
          return ours + theirs.filter { !known.contains($0) }
        }
      }
    }
  }
}

/// A part of a list that another version replaces.
struct SequenceHunk<Element: Hashable> {
  /// In the earlier version; empty where elements are only added.
  private(set) var range: Range<Int>
  private(set) var elements: [Element]

  /// Whether the hunk changes what lies in a range; for insertions, whether they are inside it, or at
  /// the same place.
  func overlaps(_ other: Range<Int>) -> Bool {
    if range == other { return true }
    if range.isEmpty || other.isEmpty {
      let (point, span) = range.isEmpty ? (range, other) : (other, range)
      return span.lowerBound < point.lowerBound && point.lowerBound < span.upperBound
    }
    return range.overlaps(other)
  }

  /// Returns the differences of two lists, in order; no two of them touch.
  static func between(_ old: [Element], _ new: [Element]) -> [SequenceHunk] {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
    let (left, right) = (start..<old.count - end, start..<new.count - end)
    if left.isEmpty && right.isEmpty { return [] }
    var hunks: [SequenceHunk] = []
    // Beyond this, the time of a comparison is felt, and no person has written the lists.
    if left.isEmpty || right.isEmpty || left.count * right.count > 100_000_000 {
      hunks = [SequenceHunk(range: left, elements: Array(new[right]))]
    } else {
      hunks = compared(old, left, new, right)
    }
    return slidDown(hunks, in: old)
  }

  private static func compared(
    _ old: [Element], _ left: Range<Int>, _ new: [Element], _ right: Range<Int>
  ) -> [SequenceHunk] {
    var numbers: [Element: Int] = [:]
    func number(_ element: Element) -> Int {
      if let known = numbers[element] { return known }
      numbers[element] = numbers.count
      return numbers.count - 1
    }
    let (before, after) = (old[left].map(number), new[right].map(number))
    let difference = after.difference(from: before)
    var removed = [Bool](repeating: false, count: before.count)
    var inserted = [Bool](repeating: false, count: after.count)
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed[offset] = true
      case .insert(let offset, _, _): inserted[offset] = true
      }
    }
    var hunks: [SequenceHunk] = []
    var (i, j) = (0, 0)
    while i < before.count || j < after.count {
      let (from, to) = (i, j)
      while i < before.count, removed[i] { i += 1 }
      while j < after.count, inserted[j] { j += 1 }
      if from < i || to < j {
        hunks.append(
          SequenceHunk(
            range: left.lowerBound + from..<left.lowerBound + i,
            elements: Array(new[right.lowerBound + to..<right.lowerBound + j])))
      } else {
        (i, j) = (i + 1, j + 1)
      }
    }
    return hunks
  }

  /// Moves what could as well be further down as far down as it goes, as git does, so that what is
  /// appended is seen to be: `a` to `a a` adds the second.
  private static func slidDown(_ hunks: [SequenceHunk], in old: [Element]) -> [SequenceHunk] {
    var result: [SequenceHunk] = []
    for hunk in hunks.reversed() {
      var hunk = hunk
      let limit = result.last?.range.lowerBound ?? old.count
      if hunk.range.isEmpty, let first = hunk.elements.first {
        var next = first
        while hunk.range.lowerBound < limit, old[hunk.range.lowerBound] == next {
          hunk.elements.append(hunk.elements.removeFirst())
          hunk.range = hunk.range.lowerBound + 1..<hunk.range.upperBound + 1
          next = hunk.elements[0]
        }
      } else if hunk.elements.isEmpty {
        while hunk.range.upperBound < limit,
          old[hunk.range.lowerBound] == old[hunk.range.upperBound]
        {
          hunk.range = hunk.range.lowerBound + 1..<hunk.range.upperBound + 1
        }
      }
      if let last = result.last, hunk.range.upperBound == last.range.lowerBound {
        hunk.range = hunk.range.lowerBound..<last.range.upperBound
        hunk.elements += last.elements
        result.removeLast()
      }
      result.append(hunk)
    }
    return result.reversed()
  }
}

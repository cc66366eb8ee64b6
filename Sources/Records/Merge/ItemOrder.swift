/// The order of a merged list whose elements are told apart: a keyed list, or a set.
///
/// The side that changed the order leads; what only the other side has comes behind the element that it
/// follows there, and behind what the leading side put there.
struct ItemOrder<Element: Hashable> {
  private let base: [Element]
  private let ours: [Element]
  private let theirs: [Element]
  private let isKept: (Element) -> Bool
  /// Whether both sides changed the order, differently.
  let isDisputed: Bool
  var leader: RecordMerge.Side

  init(
    base: [Element], ours: [Element], theirs: [Element], keeping isKept: @escaping (Element) -> Bool
  ) {
    (self.base, self.ours, self.theirs, self.isKept) = (base, ours, theirs, isKept)
    let (mine, other) = (Set(ours), Set(theirs))
    let common = Set(base.filter { mine.contains($0) && other.contains($0) && isKept($0) })
    let before = base.filter(common.contains)
    let oursMoved = ours.filter(common.contains) != before
    let theirsMoved = theirs.filter(common.contains) != before
    isDisputed =
      oursMoved && theirsMoved && ours.filter(common.contains) != theirs.filter(common.contains)
    leader = theirsMoved && !oursMoved ? .theirs : .ours
  }

  var merged: [Element] {
    let (lead, rest) = leader == .ours ? (ours, theirs) : (theirs, ours)
    var result = lead.filter(isKept)
    let leading = Set(result)
    let known = Set(base).union(rest)
    var previous: Element?
    for element in rest where isKept(element) {
      defer { previous = element }
      if leading.contains(element) { continue }
      var place = previous.flatMap { result.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
      while place < result.count, leading.contains(result[place]), !known.contains(result[place]) {
        place += 1
      }
      result.insert(element, at: place)
    }
    return result
  }
}

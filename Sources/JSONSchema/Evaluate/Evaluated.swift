/// The members or elements of one instance that successful keywords have evaluated, and that
/// `unevaluatedProperties` and `unevaluatedItems` skip (core §11).
struct Evaluated {
  /// Whether any keyword needs the result; if not, single members and elements are not noted.
  let isWanted: Bool
  private(set) var hasAll = false
  /// The number of leading elements that are all evaluated.
  private var prefix = 0
  /// A bit set by the position of a member or element.
  private var words: [UInt64] = []

  init(isWanted: Bool) { self.isWanted = isWanted }

  /// Whether all evaluated elements come before the others.
  var isPrefix: Bool { words.isEmpty }

  mutating func noteAll() { hasAll = true }

  mutating func notePrefix(_ count: Int) { prefix = max(prefix, count) }

  mutating func note(_ place: Int) {
    guard isWanted, !hasAll else { return }
    while words.count <= place >> 6 { words.append(0) }
    words[place >> 6] |= 1 << UInt64(place & 63)
  }

  func contains(_ place: Int) -> Bool {
    hasAll || place < prefix
      || place >> 6 < words.count && words[place >> 6] & 1 << UInt64(place & 63) != 0
  }

  mutating func merge(_ other: Evaluated) {
    guard isWanted, !hasAll else { return }
    hasAll = other.hasAll
    prefix = max(prefix, other.prefix)
    while words.count < other.words.count { words.append(0) }
    for index in other.words.indices { words[index] |= other.words[index] }
  }
}

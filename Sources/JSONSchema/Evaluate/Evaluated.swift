/// Which members or elements of one instance have been evaluated by successful keywords: what
/// `unevaluatedProperties` and `unevaluatedItems` leave alone (core §11).
struct Evaluated {
  /// Whether anybody will ask; if not, nothing is noted.
  let isWanted: Bool
  private(set) var hasAll = false
  /// Elements before this one.
  private var prefix = 0
  /// Bits by the place of a member or element.
  private var words: [UInt64] = []

  init(isWanted: Bool) { self.isWanted = isWanted }

  /// Whether all of them stand before the others.
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

import Testing

@testable import JSONSchema

@Suite("nearest spelling") struct NearestSpellingTests {
  /// The definition of optimal string alignment, without any cleverness.
  private func distance(_ a: ArraySlice<Unicode.Scalar>, _ b: ArraySlice<Unicode.Scalar>) -> Int {
    guard let x = a.last, let y = b.last else { return max(a.count, b.count) }
    var best = min(
      distance(a.dropLast(), b) + 1, distance(a, b.dropLast()) + 1,
      distance(a.dropLast(), b.dropLast()) + (x == y ? 0 : 1))
    if a.count > 1, b.count > 1, x == b[b.endIndex - 2], y == a[a.endIndex - 2] {
      best = min(best, distance(a.dropLast(2), b.dropLast(2)) + 1)
    }
    return best
  }

  @Test("edits between words are counted as defined")
  func edits() {
    let letters = Array("abc".unicodeScalars)
    for _ in 0..<300 {
      let a = (0..<Int.random(in: 1...5)).compactMap { _ in letters.randomElement() }
      let b = (0..<Int.random(in: 1...5)).compactMap { _ in letters.randomElement() }
      #expect(NearestSpelling.distance(a, b) == distance(a[...], b[...]), "\(a) \(b)")
    }
  }
}

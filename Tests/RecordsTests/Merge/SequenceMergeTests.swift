import TestSupport
import Testing

@testable import Records

@Suite("a merge of lists by their elements") struct SequenceMergeTests {
  private func merge(_ base: String, _ ours: String, _ theirs: String, joins: Bool = true)
    -> SequenceMerge<Character>
  {
    SequenceMerge(
      base: Array(base), ours: Array(ours), theirs: Array(theirs), joinsAppended: joins)
  }

  @Test(
    "what doesn't overlap is put together",
    arguments: [
      ("abc", "xbc", "aby", "xby"), ("abc", "abc", "ab", "ab"), ("ab", "xb", "ay", "xy"),
      ("abc", "axc", "abcd", "axcd"), ("abc", "bc", "ab", "b"), ("abc", "abcx", "abcy", "abcxy"),
      ("ab", "ab1", "xb", "xb1"), ("a", "aa", "ab", "aab"), ("", "x", "y", "xy"),
      ("abc", "abcq", "abcqr", "abcqr"), ("abc", "axbc", "axbc", "axbc"),
      ("abcdef", "abXdef", "abcdYf", "abXdYf"), ("ab", "abab", "ab", "abab"),
    ])
  func disjoint(_ base: String, _ ours: String, _ theirs: String, _ expected: String) {
    let merged = merge(base, ours, theirs)
    #expect(!merged.hasConflict)
    #expect(String(merged.elements(.ours)) == expected)
    #expect(String(merged.elements(.theirs)) == expected)
  }

  @Test(
    "what overlaps is in conflict, and each half keeps what doesn't",
    arguments: [
      ("abc", "axc", "ayc", "axc", "ayc"), ("abc", "ac", "axc", "ac", "axc"),
      ("abc", "axbc", "aybc", "axbc", "aybc"), ("abcdz", "Xbcdz", "YbcdZ", "XbcdZ", "YbcdZ"),
    ])
  func overlapping(
    _ base: String, _ ours: String, _ theirs: String, _ mine: String, _ other: String
  ) {
    let merged = merge(base, ours, theirs)
    #expect(merged.hasConflict)
    #expect(String(merged.elements(.ours)) == mine && String(merged.elements(.theirs)) == other)
  }

  @Test("what both append is a conflict where the order of additions says something")
  func appended() {
    #expect(merge("", "x", "y", joins: false).hasConflict)
    #expect(String(merge("a", "ax", "ay", joins: false).elements(.both)) == "axy")
  }

  @Test("hunks of random lists turn one into the other, and never touch")
  func hunks() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      func list() -> [Int] {
        (0..<Int.random(in: 0...9, using: &random)).map { _ in
          Int.random(in: 0...3, using: &random)
        }
      }
      let (old, new) = (list(), list())
      var result: [Int] = []
      var place = 0
      var last = -1
      for hunk in SequenceHunk.between(old, new) {
        #expect(hunk.range.lowerBound > last)
        last = hunk.range.upperBound
        result += old[place..<hunk.range.lowerBound] + hunk.elements
        place = hunk.range.upperBound
      }
      #expect(result + old[place...] == new)
    }
  }
}

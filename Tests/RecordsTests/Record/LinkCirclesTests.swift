import Testing

@testable import Records

@Suite("circles of links") struct LinkCirclesTests {
  private func id(_ number: Int) -> RecordID { RecordID(prefix: "PP", random: UInt64(number)) }

  @Test("a link is in a circle if it can be followed back to its record")
  func circles() {
    let links = [1: [2, 9], 2: [3], 3: [1, 4], 4: [5], 5: [], 6: [6], 7: [8], 8: [7]]
    let circles = LinkCircles(
      Dictionary(uniqueKeysWithValues: links.map { (id($0), $1.map { id($0) }) }))
    let found = links.flatMap { source, targets in
      targets.filter { circles.joins(id(source), id($0)) }.map { "\(source)>\($0)" }
    }
    #expect(found.sorted() == ["1>2", "2>3", "3>1", "6>6", "7>8", "8>7"])
    #expect([1, 2, 3, 6, 7, 8].allSatisfy { circles.joins(id($0)) })
    #expect(![4, 5, 9].contains { circles.joins(id($0)) })
    #expect(circles.way(from: id(2), backTo: id(1)) == [1, 2, 3, 1].map { id($0) })
    #expect(circles.way(from: id(6), backTo: id(6)) == [id(6), id(6)])
  }

  @Test("a chain as long as there are records costs neither stack nor squares")
  func chain() {
    let count = 50_000
    var links = Dictionary(uniqueKeysWithValues: (0..<count).map { (id($0), [id($0 + 1)]) })
    #expect(!LinkCircles(links).joins(id(0)))
    links[id(count)] = [id(count / 2)]
    let circles = LinkCircles(links)
    #expect(!circles.joins(id(0)) && circles.joins(id(count / 2)) && circles.joins(id(count)))
  }
}

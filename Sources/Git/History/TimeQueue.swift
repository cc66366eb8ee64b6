/// A priority queue of positions by time, newest first; equal times in insertion order.
package struct TimeQueue {
  private struct Item {
    let time: Int64
    let order: Int
    let position: Int

    func precedes(_ other: Item) -> Bool {
      time != other.time ? time > other.time : order < other.order
    }
  }

  /// A binary heap.
  private var items: [Item] = []
  private var inserted = 0

  package init() {}

  package var isEmpty: Bool { items.isEmpty }
  var positions: some Sequence<Int> { items.lazy.map(\.position) }

  package mutating func insert(_ position: Int, time: Int64) {
    items.append(Item(time: time, order: inserted, position: position))
    inserted += 1
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard items[child].precedes(items[parent]) else { break }
      items.swapAt(child, parent)
      child = parent
    }
  }

  package mutating func removeNewest() -> Int? {
    guard let first = items.first else { return nil }
    let last = items.removeLast()
    guard !items.isEmpty else { return first.position }
    items[0] = last
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < items.count {
        if items[child].precedes(items[best]) { best = child }
      }
      if best == parent { return first.position }
      items.swapAt(best, parent)
      parent = best
    }
  }
}

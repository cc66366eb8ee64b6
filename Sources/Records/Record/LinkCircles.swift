/// Which records of a graph of links lead back to themselves.
///
/// By Tarjan's strongly connected components, in time linear in records and links.
package struct LinkCircles: Sendable {
  private let targets: [RecordID: [RecordID]]
  /// The number of each record's component.
  private var component: [RecordID: Int] = [:]

  /// - Parameter targets: the records that each record links to.
  package init(_ targets: [RecordID: [RecordID]]) {
    self.targets = targets
    var number: [RecordID: Int] = [:]
    var lowest: [RecordID: Int] = [:]
    var open: [RecordID] = []
    var components = 0
    for start in targets.keys where number[start] == nil {
      // Without recursion: a chain may be as long as there are records.
      var path: [(id: RecordID, next: Int)] = [(start, 0)]
      while let (id, next) = path.last {
        if next == 0 {
          number[id] = number.count
          lowest[id] = number[id]
          open.append(id)
        }
        let links = targets[id] ?? []
        if next < links.count {
          path[path.count - 1].next += 1
          let target = links[next]
          if number[target] == nil {
            path.append((target, 0))
          } else if component[target] == nil {
            lowest[id] = min(lowest[id] ?? 0, number[target] ?? 0)
          }
          continue
        }
        path.removeLast()
        let low = lowest[id] ?? 0
        if let parent = path.last?.id { lowest[parent] = min(lowest[parent] ?? low, low) }
        guard low == number[id] else { continue }
        while let member = open.popLast() {
          component[member] = components
          if member == id { break }
        }
        components += 1
      }
    }
  }

  /// Whether a link from `source` to `target`, of this graph, is part of a circle.
  package func joins(_ source: RecordID, _ target: RecordID) -> Bool {
    source == target || component[source].map { $0 == component[target] } ?? false
  }

  /// Whether a record is part of a circle.
  package func joins(_ id: RecordID) -> Bool {
    targets[id]?.contains { joins(id, $0) } ?? false
  }

  /// Returns the shortest way from a record back to the source of a link to it, with that source at
  /// both ends.
  package func way(from target: RecordID, backTo source: RecordID) -> [RecordID] {
    var came: [RecordID: RecordID] = [:]
    var queue = [target]
    var index = 0
    while index < queue.count, came[source] == nil, target != source {
      let here = queue[index]
      index += 1
      for next in targets[here] ?? [] where came[next] == nil && next != target {
        came[next] = here
        queue.append(next)
      }
    }
    var way = [source]
    while let last = way.last, last != target, let previous = came[last] { way.append(previous) }
    return [source] + way.reversed()
  }
}

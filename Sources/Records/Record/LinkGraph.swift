import JSONText

/// All links of a state, indexed in both directions.
package struct LinkGraph: Sendable {
  package struct Edge: Sendable, Hashable {
    package let source: RecordID
    package let relation: String
    package let target: RecordID

    package init(source: RecordID, relation: String, target: RecordID) {
      (self.source, self.relation, self.target) = (source, relation, target)
    }
  }

  package private(set) var from: [RecordID: [Edge]] = [:]
  package private(set) var to: [RecordID: [Edge]] = [:]

  package init() {}

  package mutating func add(_ record: RecordFile, kind: Kind) {
    for link in kind.links.flatMap({ $0.links(in: record.root) }) {
      add(Edge(source: record.id, relation: link.relation, target: link.target))
    }
  }

  package mutating func add(_ edge: Edge) {
    from[edge.source, default: []].append(edge)
    to[edge.target, default: []].append(edge)
  }

  /// Returns the records that each record links to along `relation`.
  package func targets(along relation: String) -> [RecordID: [RecordID]] {
    from.compactMapValues { edges in
      let targets = edges.filter { $0.relation == relation }.map(\.target)
      return targets.isEmpty ? nil : targets
    }
  }

  /// Returns the path from `start` back to itself along `relation`, if there is one.
  package func cycle(from start: RecordID, along relation: String) -> [RecordID]? {
    var came: [RecordID: RecordID] = [:]
    var queue = [start]
    var index = 0
    while index < queue.count {
      let here = queue[index]
      index += 1
      for edge in from[here] ?? [] where edge.relation == relation {
        if edge.target == start {
          var way = [start, here]
          while let last = way.last, last != start, let previous = came[last] {
            way.append(previous)
          }
          return way.reversed()
        }
        if came[edge.target] == nil, edge.target != start {
          came[edge.target] = here
          queue.append(edge.target)
        }
      }
    }
    return nil
  }
}

import JSONText

/// The keys, items and people of a kind's schema, in flat memory. Detects what `RecordWalk` would
/// report, without making findings.
struct FlatShapes: Sendable {
  private struct Shape {
    /// The range of the known keys in `keys`.
    let keys: Range<Int>
    let isOpen: Bool
    let isPerson: Bool
    /// The index of the shape of a list's items, -1 if unknown.
    let items: Int
    /// The range in `texts` of the key that identifies them.
    let itemKey: Range<Int>?
  }

  private struct Key {
    let text: Range<Int>
    let shape: Int
  }

  private var shapes: [Shape] = []
  private var keys: [Key] = []
  private var texts: [UInt8] = []
  /// Whether the whole schema was small enough to be flattened.
  private(set) var isPlain = true

  /// Identifies a shape by its schema nodes, so that recursive schemas end.
  private struct Layers: Hashable {
    let places: [Place]

    struct Place: Hashable {
      let document: ObjectIdentifier
      let index: Int
    }

    init(_ view: SchemaView) {
      places = view.layers.map {
        Place(document: ObjectIdentifier($0.document), index: $0.index)
      }
    }
  }

  init(_ view: SchemaView) {
    var numbers: [Layers: Int] = [:]
    var pending: [SchemaView] = []
    func number(of view: SchemaView) -> Int {
      let layers = Layers(view)
      if let known = numbers[layers] { return known }
      numbers[layers] = pending.count
      pending.append(view)
      return pending.count - 1
    }
    _ = number(of: view)
    var next = 0
    while next < pending.count {
      guard next < 10_000 else {
        isPlain = false
        return
      }
      let view = pending[next]
      next += 1
      let first = keys.count
      for name in view.propertyNames {
        guard let inner = view.property(name) else { continue }
        let text = add(name)
        let shape = number(of: inner)
        keys.append(Key(text: text, shape: shape))
      }
      shapes.append(
        Shape(
          keys: first..<keys.count, isOpen: view.isOpen, isPerson: view.isPerson,
          items: view.items.map(number) ?? -1, itemKey: view.itemKey.map { add($0) }))
    }
  }

  private mutating func add(_ text: String) -> Range<Int> {
    let start = texts.count
    texts += text.utf8
    return start..<texts.count
  }

  /// Whether `RecordWalk` would find nothing but what `TextScan` finds.
  ///
  /// - Parameter people: the roster; people with a `from` or `to` are left to the walk.
  func fit(_ text: NodeText, _ people: [String: Roster.Person]) -> Bool {
    shapes.withUnsafeBufferPointer { shapes in
      keys.withUnsafeBufferPointer { keys in
        texts.withUnsafeBufferPointer { texts in
          Walk(text: text, people: people, shapes: shapes, keys: keys, texts: texts).fits(0, 0)
        }
      }
    }
  }

  private struct Walk {
    let text: NodeText
    let people: [String: Roster.Person]
    let shapes: UnsafeBufferPointer<Shape>
    let keys: UnsafeBufferPointer<Key>
    let texts: UnsafeBufferPointer<UInt8>

    func fits(_ index: Int, _ number: Int) -> Bool {
      let shape = shapes[number]
      if text.isObject(index) { return membersFit(index, shape) }
      if text.isArray(index) { return itemsFit(index, shape) }
      guard shape.isPerson, text.isString(index), !people.isEmpty else { return true }
      if text.isEscaped(index) { return false }
      guard let person = people[String(decoding: text.content(index), as: UTF8.self)] else {
        return false
      }
      return person.from == nil && person.to == nil
    }

    private func membersFit(_ object: Int, _ shape: Shape) -> Bool {
      var place = shape.keys.lowerBound
      var key = object + 1
      let end = text.next(object)
      while key < end {
        if text.isEscaped(key) { return false }
        var inner = -1
        for _ in shape.keys {
          let known = keys[place]
          place = place + 1 == shape.keys.upperBound ? shape.keys.lowerBound : place + 1
          if text.isText(key, UnsafeBufferPointer(rebasing: texts[known.text])) {
            inner = known.shape
            break
          }
        }
        if inner >= 0 {
          if !fits(key + 1, inner) { return false }
        } else if !shape.isOpen {
          return false
        }
        key = text.next(key + 1)
      }
      return true
    }

    private func itemsFit(_ list: Int, _ shape: Shape) -> Bool {
      if let key = shape.itemKey, !namesDiffer(list, UnsafeBufferPointer(rebasing: texts[key])) {
        return false
      }
      guard shape.items >= 0 else { return true }
      var element = list + 1
      let end = text.next(list)
      while element < end {
        if !fits(element, shape.items) { return false }
        element = text.next(element)
      }
      return true
    }

    /// Whether no two items have the same name; lists too long to compare pairwise are left to the
    /// walk.
    private func namesDiffer(_ list: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
      guard text.count(list) <= 32 else { return false }
      return withUnsafeTemporaryAllocation(of: Int.self, capacity: 32) { names in
        var count = 0
        var element = list + 1
        let end = text.next(list)
        while element < end {
          if let name = text.member(key, of: element), text.isString(name) {
            if text.isEscaped(name) { return false }
            let content = text.content(name)
            for other in names[..<count] where text.isText(other, content) { return false }
            names[count] = name
            count += 1
          }
          element = text.next(element)
        }
        return true
      }
    }
  }
}

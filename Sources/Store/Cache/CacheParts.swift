/// What a question needs of the index; each part is brought up to date by itself.
struct CacheParts: OptionSet {
  let rawValue: Int
  static let history = CacheParts(rawValue: 1)
  /// What changed in fields; implies history.
  static let fields = CacheParts(rawValue: 2)
  static let records = CacheParts(rawValue: 4)
  /// Words for full-text search; implies records.
  static let words = CacheParts(rawValue: 8)
  /// How ranked records stand today; implies records.
  static let rankPositions = CacheParts(rawValue: 16)
  static let everything: CacheParts = [.history, .fields, .records, .words]
}

/// The parts of the cache that a query needs; each is updated by itself.
struct CacheParts: OptionSet {
  let rawValue: Int
  static let history = CacheParts(rawValue: 1)
  /// Changes of fields; implies history.
  static let fields = CacheParts(rawValue: 2)
  static let records = CacheParts(rawValue: 4)
  /// Words for full-text search; implies records.
  static let words = CacheParts(rawValue: 8)
  /// The rank positions of ranked records today; implies records.
  static let rankPositions = CacheParts(rawValue: 16)
  /// The links that records of collections had in any version; implies history
  /// and records.
  static let formerLinks = CacheParts(rawValue: 32)
  /// What happened to items of lists that are records of their own at HEAD; implies history and
  /// records.
  static let formerItems = CacheParts(rawValue: 64)
  static let everything: CacheParts = [.history, .fields, .records, .words, .formerItems]
}

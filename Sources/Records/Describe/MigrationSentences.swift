extension RecordChange {
  /// Says, list by list, which items are records of their own from the change on.
  package var migrationSentences: [String] {
    var lists: [String] = []
    for item in wentOn where !lists.contains(item.origin.list) { lists.append(item.origin.list) }
    return lists.map { list in
      let items = wentOn.filter { $0.origin.list == list }
      let names = items.prefix(3).map { "\($0.origin.item) is now \($0.record)" }
      let rest = items.count - names.count
      return "\(list): \(names.joined(separator: ", "))" + (rest > 0 ? " and \(rest) more" : "")
    }
  }
}

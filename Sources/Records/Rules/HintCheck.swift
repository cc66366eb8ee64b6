/// Checks that the commands in a rule's hint work: their keys, lists, states and relations exist.
enum HintCheck {
  static func problems(in hint: String, of kind: Kind) -> [String] {
    commands(in: hint).flatMap { problems(of: $0, kind) }
  }

  /// Returns the words of every `docket …` command in a hint.
  private static func commands(in hint: String) -> [[String]] {
    var commands: [[String]] = []
    var words: [String] = []
    for word in split(hint) {
      let ends = word.hasSuffix(";") || word == "&&" || word == "or"
      if word == "docket" {
        commands.append(words)
        words = []
      }
      words.append(ends ? String(word.drop { $0 == ";" }.prefix { $0 != ";" }) : word)
      if ends {
        commands.append(words)
        words = []
      }
    }
    commands.append(words)
    return commands.filter { $0.first == "docket" && $0.count > 1 }
      .map { $0.filter { !$0.isEmpty && $0 != "or" && $0 != "&&" } }
  }

  private static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case " " where !isQuoted:
        if !word.isEmpty { words.append(word) }
        word = ""
      default: word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private static func problems(of words: [String], _ kind: Kind) -> [String] {
    let rest = words.dropFirst(2)
    // A command on another record depends on that record's kind.
    guard words.count > 2, rest.first == "{id}" || words[1] == "new" else { return [] }
    let arguments = Array(rest.dropFirst())
    switch words[1] {
    case "edit": return arguments.compactMap { unknownKey($0, kind.view, kind) }
    case "move":
      guard let state = arguments.first, let workflow = kind.workflow else {
        return ["\(kind.title.lowercased()) records have no states"]
      }
      if state.contains("{") || state.contains("…") { return [] }
      let keys = arguments.dropFirst().compactMap { unknownKey($0, kind.view, kind) }
      return workflow.states.contains(state) ? keys : ["there is no state \(state)"] + keys
    case "add":
      guard let list = arguments.first else { return ["it names no list"] }
      // What is added to a collection is a record of another kind.
      if list.hasPrefix("{") || kind.collections.contains(where: { $0.name == list }) { return [] }
      let place = list.split(separator: ".").map {
        $0 == "ITEM" || $0.hasPrefix("{") ? "*" : String($0)
      }
      guard let items = SchemaConsistency.view(of: place[...], in: kind.view)?.items else {
        return ["\(list) is no list"]
      }
      return arguments.dropFirst().compactMap { unknownKey($0, items, kind) }
    case "link":
      guard let relation = arguments.first else { return ["it names no relation"] }
      return kind.links.contains { $0.name == relation }
        ? [] : ["there is no relation \(relation)"]
    default: return []
    }
  }

  private static func unknownKey(_ word: String, _ view: SchemaView, _ kind: Kind) -> String? {
    guard let assignment = try? Assignment(word), let tokens = try? FieldKey.tokens(assignment.key)
    else { return nil }
    // A placeholder such as `{key}` can be any place.
    if tokens.first?.hasPrefix("{") == true { return nil }
    // ITEM, or a placeholder in braces, is replaced by an item's id.
    let places = tokens.map { $0 == "ITEM" || $0.hasPrefix("{") ? "*" : $0 }
    return SchemaConsistency.view(of: places[...], in: view) == nil
      ? "there is no key \(assignment.key)" : nil
  }
}

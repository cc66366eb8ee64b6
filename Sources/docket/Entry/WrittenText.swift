import ArgumentParser
import Files
import JSONText
import Records
import Store

/// A text and values at the end of a command line, with the options among them: what `docket note` and
/// `docket tell` write.
struct WrittenText: ParsableArguments {
  @Argument(
    parsing: .remaining,
    help: ArgumentHelp("The text, then values: key=text, key:=json, key+=item.", valueName: "text"),
    completion: Completions.assignments)
  var values: [String] = []

  @OptionGroup var output: FormatOption
  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  /// Returns the words of the line; those that set no key of the kind are the text.
  func words(for kind: Kind) throws -> TrailingWords {
    try TrailingWords(
      values, DraftInput(), write, common, format: output.format,
      keys: Set(kind.view.propertyNames))
  }
}

extension TrailingWords {
  /// Returns a new record of a kind with the text and the values.
  ///
  /// - Parameters:
  ///   - place: where the text belongs.
  ///   - asks: whether a missing text is asked for on a terminal.
  func draft(of kind: Kind, text place: JSONPointer, _ tracker: Tracker, asks: Bool = false)
    throws -> Draft
  {
    var draft = tracker.draft(of: kind)
    if let text = try text(at: place, kind, asks: asks) { draft.value[place] = text }
    try draft.apply(assignments, makeItemID: tracker.makeItemID)
    return draft
  }

  /// Returns the text from the words of the line, from standard input for `-`, or asked for; `nil` if
  /// there is none.
  private func text(at place: JSONPointer, _ kind: Kind, asks: Bool) throws -> JSONValue? {
    var text = texts.joined(separator: " ")
    if text == "-" {
      let bytes = try OpenFile.standardInput()
      guard let read = String(validating: bytes, as: UTF8.self) else {
        throw StoreError.refused("standard input isn't UTF-8")
      }
      text = read
    }
    if text.isEmpty, asks, Terminal.isInteractive, !common.noInput {
      Terminal.ask("\(kind.view.at(place)?.title ?? kind.title) > ")
      text = readLine() ?? ""
    }
    text = text.trimmed
    if text.isEmpty { return nil }
    return try Assignment.reading(
      text, as: kind.view.at(place), key: place.tokens.joined(separator: "."))
  }
}

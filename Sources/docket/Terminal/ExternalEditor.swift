import Files
import Git
import JSONText
import Records
import Store

/// Edits a record in the user's own editor, chosen as git does (git-var(1), GIT_EDITOR).
enum ExternalEditor {
  private static let stem = "DOCKET_EDIT-"

  /// Returns a path where no file exists, so that no earlier text is lost.
  ///
  /// The name has the blob of the version that the text was written over, so that what others change
  /// until it is taken isn't undone.
  private static func freePath(for draft: Draft, in tracker: Tracker) -> String {
    let base = draft.base.map { "-\($0.item.id.hex)" } ?? ""
    let stem = tracker.gitDirectory + "/\(stem)\(draft.id)\(base)"
    var path = stem + ".json"
    var number = 2
    while exists(path) {
      path = "\(stem)-\(number).json"
      number += 1
    }
    return path
  }

  /// Returns the version that a kept text was written over; `nil` for any other file.
  static func base(ofText path: String, of id: RecordID, in tracker: Tracker) throws -> JSONValue? {
    let name = RepositoryPath(path).name.text
    guard name.hasPrefix(stem + id.text + "-") else { return nil }
    let parts = name.dropFirst(stem.utf8.count + id.text.utf8.count + 1)
      .split { $0 == "-" || $0 == "." }
    return try parts.first.flatMap { try tracker.value(ofBlob: String($0)) }
  }

  /// Removes a kept text that has been taken.
  static func removeText(_ path: String, of id: RecordID) {
    if RepositoryPath(path).name.text.hasPrefix(stem + id.text) { FileSystem.remove(path) }
  }

  /// Whether anything is there, or may be: the place of a text that must not be lost.
  private static func exists(_ path: String) -> Bool {
    do { return try FileSystem.fileType(path) != nil } catch { return true }
  }

  /// Commits what the user has just written; if that is refused, the text is kept and its path
  /// printed.
  static func commit(_ drafts: [Draft], in tracker: Tracker, _ options: WriteOptions) async throws
    -> WriteResult
  {
    do {
      return try await tracker.commit(drafts, options)
    } catch {
      for var draft in drafts {
        // What others changed meanwhile goes in; where both changed the same, the text has been told of,
        // and stays as it was typed.
        _ = try? tracker.update(&draft, onto: options.branch) { _ in .theirs }
        var value = draft.value
        // A new record gets another id.
        if draft.base == nil { value["id"] = nil }
        let path = freePath(for: draft, in: tracker)
        let bytes = JSONPrinter.canonical(value, order: draft.kind.view)
        // Where it can't be kept there is nothing to name.
        guard (try? FileSystem.write(bytes, to: path, .mustBeAbsent, durable: .none)) != nil else {
          continue
        }
        Terminal.note("nothing was written; your text is in \(path)")
        Terminal.complain(
          "  correct it, then: \(command(for: draft)) --from \(ShellWord.quoted(path))")
      }
      throw error
    }
  }

  private static func command(for draft: Draft) -> String {
    draft.base == nil ? "docket new \(draft.kind.name)" : "docket edit \(draft.id)"
  }

  static func edit(_ draft: Draft, in tracker: Tracker) async throws -> Draft {
    var draft = draft
    let path = freePath(for: draft, in: tracker)
    let before = JSONPrinter.canonical(draft.value, order: draft.kind.view)
    try FileSystem.write(before, to: path, .replace, durable: .none)
    let editor = try editor(tracker)
    let result = try ChildProgram.run(
      "/bin/sh", ["-c", "\(editor) \"$@\"", editor, path],
      environment: Invocation.current.context.environment, input: .inherited, output: .inherited,
      errors: .inherited, takesKeyboard: true)
    guard result.isSuccess else {
      throw StoreError.refused(
        "the editor \(editor) ended badly; nothing was written", hint: "your text is in \(path)")
    }
    let bytes = try FileSystem.contents(path)
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(parsing: bytes)
      guard document.root.isObject, document.duplicateKeys.isEmpty else {
        throw JSONSyntaxError(code: .expectedValue, offset: 0)
      }
      draft.value = document.root.value
    } catch {
      throw StoreError.refused(
        "\(path):\(SourcePosition(of: error.offset, in: bytes)): \(error.message)",
        hint:
          "your text is kept there: correct it, \(draft.base == nil ? "take \"id\" out, " : "")then: "
          + "\(command(for: draft)) --from \(ShellWord.quoted(path))")
    }
    guard draft.value["id"]?.string == draft.id.text else {
      throw StoreError.refused(
        "the id can't be edited; nothing was written", hint: "your text is in \(path)")
    }
    FileSystem.remove(path)
    return draft
  }

  private static func editor(_ tracker: Tracker) throws -> String {
    let environment = tracker.context.environment
    if let editor = environment["GIT_EDITOR"] { return editor }
    if let editor = try tracker.setting("core.editor") { return editor }
    let isDumb = (environment["TERM"] ?? "dumb") == "dumb"
    if !isDumb, let editor = environment["VISUAL"] { return editor }
    if let editor = environment["EDITOR"] { return editor }
    guard !isDumb else {
      throw StoreError.failed(
        "there is no editor: the terminal is dumb and EDITOR is unset", hint: "EDITOR=… docket …")
    }
    return "vi"
  }
}

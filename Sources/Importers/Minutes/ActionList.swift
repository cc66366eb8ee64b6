/// Reads the lines under an "Action items" heading.
enum ActionList {
  /// Reads one action per line or list item; deeper lists are left to the caller.
  static func read(
    _ part: MeetingPart, lines: [String], taken: Set<Int>, roster: AttendeeRoster
  ) -> (actions: [ActionDraft], taken: Set<Int>) {
    var actions: [ActionDraft] = []
    var used: Set<Int> = []
    let body = part.lines.filter { !taken.contains($0) && !lines[$0 - 1].isBlank }
    let indentation = body.map { lines[$0 - 1].indentation.count }.min() ?? 0
    var texts: [(line: Int, text: String, done: Bool, addressee: String?)] = []
    for line in body {
      let source = lines[line - 1]
      let isBullet = MarkdownLine.bulletEnd(of: source.trimmed[...]) != nil
      if source.indentation.count > indentation {
        if !isBullet, let last = texts.indices.last, used.contains(line - 1) {
          texts[last].text += " " + InlineText(source.trimmed).plain
          used.insert(line)
        }
        continue
      }
      used.insert(line)
      let label = SpokenLabel.find(in: source)
      if let label, label.kind == .action, !label.text.isEmpty {
        texts.append((line, label.text, label.isDone, label.addressee))
      } else {
        texts.append((line, InlineText(MarkdownLine.content(of: source)).plain, false, nil))
      }
    }
    for (line, text, done, addressee) in texts {
      if SpokenLabel.isNone(text) {
        used.remove(line)
      } else {
        actions.append(
          ActionText.parse(
            text, addressee: addressee, done: done, agenda: nil, line: line, roster: roster))
      }
    }
    return (actions, used)
  }
}

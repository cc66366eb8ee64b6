package import Records

/// The views that `docket sql` queries: a documented interface, independent of the tables.
package enum SQLViews {
  package struct View: Sendable {
    package let name: String
    package let about: String
    package let columns: [String]
    let definition: String
  }

  /// Returns the views over everything, and one for each kind with its fields as columns.
  package static func all(of catalog: KindCatalog) -> [View] {
    let time = { (column: String) in "strftime('%Y-%m-%dT%H:%M:%SZ', \(column), 'unixepoch')" }
    let created = """
      (SELECT \(time("h.committed_at")) FROM main.change c JOIN main.history h ON h.seq = c.commit_seq
        WHERE c.record = r.id AND h.position IS NOT NULL ORDER BY h.position LIMIT 1)
      """
    let changed = created.replacing("LIMIT 1", with: "DESC LIMIT 1")
    var views = [
      View(
        name: "record", about: "the records at HEAD",
        columns: [
          "id", "kind", "title", "state", "path", "created_at", "changed_at", "json", "text",
          "rowid",
        ],
        definition: """
          SELECT r.id, r.kind, r.heading AS title, r.state, r.path, \(created) AS created_at,
            \(changed) AS changed_at, r.json,
            (SELECT b.text FROM main.body b WHERE b.seq = r.seq) AS text, r.seq AS rowid
          FROM main.record r WHERE r.problem IS NULL
          """),
      View(
        name: "unreadable", about: "files at HEAD that can't be read as records",
        columns: ["path", "line", "column", "problem"],
        definition: """
          SELECT path, line, "column", problem FROM main.record WHERE problem IS NOT NULL
          """),
      View(
        name: "change", about: "what each commit did to each record",
        columns: [
          "commit", "record", "kind", "change", "path", "from_path", "committed_at", "position",
        ],
        definition: """
          SELECT docket_ids(h.oid) AS "commit", c.record, \(kind("c.record", catalog)) AS kind,
            CASE WHEN c.old_path IS NULL THEN 'added' WHEN c.new_path IS NULL THEN 'deleted'
              WHEN c.old_path <> c.new_path THEN 'renamed' ELSE 'modified' END AS change,
            coalesce(c.new_path, c.old_path) AS path,
            CASE WHEN c.old_path <> c.new_path THEN c.old_path END AS from_path,
            \(time("h.committed_at")) AS committed_at, h.position
          FROM main.change c JOIN main.history h ON h.seq = c.commit_seq
          WHERE h.position IS NOT NULL
          """),
      View(
        name: "field_change", about: "what each commit did to each field",
        columns: [
          "commit", "record", "kind", "field", "key", "pointer", "before", "after",
          "committed_at", "position",
        ],
        definition: """
          SELECT docket_ids(h.oid) AS "commit", c.record, \(kind("c.record", catalog)) AS kind,
            f.name AS field, f.key, f.pointer, f.before ->> '$' AS before, f.after ->> '$' AS after,
            \(time("h.committed_at")) AS committed_at, h.position
          FROM main.field f JOIN main.change c ON c.seq = f.change_seq
            JOIN main.history h ON h.seq = c.commit_seq WHERE h.position IS NOT NULL
          """),
      View(
        name: "link", about: "links at HEAD, to be asked either way",
        columns: ["source", "relation", "target"],
        definition: "SELECT source, relation, target FROM main.link"),
      View(
        name: "commit_info", about: "the commits that HEAD reaches, newest last",
        columns: [
          "commit", "parents", "author_name", "author_email", "authored_at", "committed_at",
          "brought_at", "subject", "position",
        ],
        definition: """
          SELECT docket_ids(oid) AS "commit", docket_ids(parents) AS parents,
            docket_author(author_name, author_email, 0) AS author_name,
            docket_author(author_name, author_email, 1) AS author_email,
            \(time("authored_at")) AS authored_at, \(time("committed_at")) AS committed_at,
            \(time("brought_at")) AS brought_at, subject, position
          FROM main.history WHERE position IS NOT NULL
          """),
      stateChange(catalog, time), firstSet(catalog, time),
    ]
    for kind in catalog.kinds { views.append(view(of: kind, created, changed, taken: views)) }
    return views
  }

  /// Each change of a record's state, with the hours since the record was first committed.
  private static func stateChange(_ catalog: KindCatalog, _ time: (String) -> String) -> View {
    let workflows = catalog.kinds.compactMap { kind in
      kind.workflow.map { (kind.prefix, $0.property) }
    }
    let isState =
      workflows.isEmpty
      ? "0"
      : workflows.map { "(f.name = \(quoted($0.1)) AND c.record GLOB \(quoted($0.0 + "-*")))" }
        .joined(separator: " OR ")
    return View(
      name: "state_change", about: "each step of a workflow, with the hours since the record came",
      columns: ["record", "kind", "before", "after", "at", "hours", "commit", "position"],
      definition: """
        SELECT c.record, \(kind("c.record", catalog)) AS kind, f.before ->> '$' AS before,
          f.after ->> '$' AS after, \(time("h.committed_at")) AS at,
          (h.committed_at - \(firstTime)) / 3600.0 AS hours, docket_ids(h.oid) AS "commit",
          h.position
        FROM main.field f JOIN main.change c ON c.seq = f.change_seq
          JOIN main.history h ON h.seq = c.commit_seq
        WHERE h.position IS NOT NULL AND (\(isState)) AND f.after IS NOT NULL
        """)
  }

  /// When a top-level field of a record was first filled, in the order of history, since clocks may
  /// be wrong.
  private static func firstSet(_ catalog: KindCatalog, _ time: (String) -> String) -> View {
    View(
      name: "first_set",
      about: "when a field was first filled, with the hours since the record came",
      columns: ["record", "kind", "field", "at", "hours"],
      definition: """
        SELECT record, kind, field, \(time("first")) AS at, (first - came) / 3600.0 AS hours FROM (
          SELECT c.record, \(kind("c.record", catalog)) AS kind,
            substr(f.name, 1, instr(f.name || '.', '.') - 1) AS field,
            min(h.position), h.committed_at AS first, \(firstTime) AS came
          FROM main.field f JOIN main.change c ON c.seq = f.change_seq
            JOIN main.history h ON h.seq = c.commit_seq
          WHERE h.position IS NOT NULL AND f.after IS NOT NULL AND f.after NOT IN ('[]', '{}', 'null')
          GROUP BY c.record, 3)
        """)
  }

  private static let firstTime = """
    (SELECT h1.committed_at FROM main.change c1 JOIN main.history h1 ON h1.seq = c1.commit_seq
      WHERE c1.record = c.record AND h1.position IS NOT NULL ORDER BY h1.position LIMIT 1)
    """

  /// Returns the SQL expression for the kind of a record's prefix.
  private static func kind(_ column: String, _ catalog: KindCatalog) -> String {
    guard !catalog.kinds.isEmpty else { return "NULL" }
    let cases = catalog.kinds.map { "WHEN \(quoted($0.prefix)) THEN \(quoted($0.name))" }
    return
      "CASE substr(\(column), 1, instr(\(column), '-') - 1) \(cases.joined(separator: " ")) END"
  }

  private static func view(
    of kind: Kind, _ created: String, _ changed: String, taken: [View]
  ) -> View {
    var name = kind.name.replacing("-", with: "_")
    while taken.contains(where: { $0.name == name }) { name += "_" }
    var columns = ["id", "path", "created_at", "changed_at"]
    var terms = ["r.id", "r.path", "\(created) AS created_at", "\(changed) AS changed_at"]
    for key in kind.view.propertyNames where !["id", "$schema"].contains(key) {
      var column = key
      while columns.contains(where: { $0.lowercased() == column.lowercased() }) { column += "_" }
      columns.append(column)
      // A JSON path cannot express keys with quotes or backslashes.
      let path = quoted("$.\"\(key)\"")
      let value =
        key.contains(where: { "\"\\".contains($0) })
        ? "NULL"
        : kind.view.property(key)?.isText == true
          ? """
          CASE json_type(r.json, \(path)) WHEN 'array' THEN (SELECT group_concat(value, char(10))
            FROM json_each(r.json, \(path))) ELSE r.json ->> \(path) END
          """ : "r.json ->> \(path)"
      terms.append("\(value) AS \(identifier(column))")
    }
    return View(
      name: name, about: kind.plural, columns: columns,
      definition: """
        SELECT \(terms.joined(separator: ", ")) FROM main.record r WHERE r.kind = \(quoted(kind.name))
        """)
  }

  static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

  static func identifier(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

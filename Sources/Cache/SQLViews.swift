import JSONText
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
  ///
  /// - Parameter isShallow: whether history may not reach back to where a record was added: then nobody
  ///   knows when that was, and the time is null.
  package static func all(of catalog: KindCatalog, isShallow: Bool = false) -> [View] {
    let time = { (column: String) in "strftime('%Y-%m-%dT%H:%M:%SZ', \(column), 'unixepoch')" }
    let commits = commits(of: "r.id", isShallow)
    let created = "(SELECT \(time("added_at")) FROM \(commits) LIMIT 1)"
    let changed = "(SELECT \(time("committed_at")) FROM \(commits) DESC LIMIT 1)"
    var views = [
      View(
        name: "record", about: "the records at HEAD",
        columns: [
          "id", "kind", "title", "state", "path", "created_at", "changed_at", "json", "text",
        ],
        definition: """
          SELECT r.id, r.kind, r.heading AS title, r.state, r.path, \(created) AS created_at,
            \(changed) AS changed_at, r.json,
            (SELECT b.text FROM main.body b WHERE b.seq = r.seq) AS text
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
      stateChange(catalog, isShallow, time), firstSet(catalog, isShallow, time),
    ]
    views += collectionViews(catalog)
    for kind in catalog.kinds { views.append(view(of: kind, created, changed, taken: views)) }
    return views
  }

  /// Returns a view for each name of a collection, over its records and the items of retired lists of
  /// that name; what was set aside isn't in it.
  private static func collectionViews(_ catalog: KindCatalog) -> [View] {
    var views: [View] = []
    var seen: Set<String> = []
    for owner in catalog.kinds {
      for collection in catalog.collections(of: owner)
      where seen.insert(collection.collection.name).inserted {
        views.append(view(ofCollection: collection.collection.name, catalog))
      }
    }
    return views
  }

  private static func view(ofCollection name: String, _ catalog: KindCatalog) -> View {
    var fields: [String] = []
    var parts: [String] = []
    let owners = catalog.kinds.compactMap { owner in
      catalog.collection(name, of: owner).map { (owner: owner, collection: $0) }
    }
    for (owner, collection) in owners {
      // What the rank reads comes first, then what else the list or the kind has.
      let ranked = owner.rankBinding.flatMap { binding in
        binding.evidence.collection?.name == name ? binding.evidence : nil
      }
      let read = [ranked?.said, ranked?.observed, ranked?.who, ranked?.team, ranked?.date]
      let list = owner.view.property(name)?.items?.propertyNames
      let renames = owner.retired(name)?.renames ?? [:]
      let others = list.map { $0.map { renames[$0] ?? $0 } } ?? collection.kind.view.propertyNames
      for field in read.compactMap({ $0?.tokens.first }) + others
      where !fields.contains(field) && !Kind.identityKeys.contains(field)
        && collection.kind.view.property(field) != nil
      {
        fields.append(field)
      }
    }
    fields.removeAll { ["target", "record", "item"].contains($0.lowercased()) }
    for (owner, collection) in owners {
      let kind = collection.kind
      let values = fields.map { field in
        value(of: field, in: "r.json", isText: kind.view.property(field)?.isText ?? false)
          + " AS " + identifier(field)
      }
      let closed = kind.workflow?.closed ?? []
      let open =
        closed.isEmpty
        ? "" : " AND coalesce(r.state, '') NOT IN (\(closed.map(quoted).joined(separator: ", ")))"
      parts.append(
        """
        SELECT DISTINCT l.target AS target, r.id AS record, NULL AS item, \(values.joined(separator: ", "))
          FROM main.link l JOIN main.record r ON r.seq = l.record_seq
          WHERE l.relation = \(quoted(collection.relation.name)) AND r.kind = \(quoted(kind.name))
            AND l.target GLOB \(quoted(owner.prefix + "-*"))\(open)
        """)
      guard let list = owner.view.property(name), let items = list.items else { continue }
      let renames = owner.retired(name)?.renames ?? [:]
      let old = Dictionary(renames.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      let retired = fields.map { field in
        let key = old[field] ?? field
        return value(of: key, in: "j.value", isText: items.property(key)?.isText ?? false)
          + " AS " + identifier(field)
      }
      parts.append(
        """
        SELECT r.id AS target, r.id AS record, j.value ->> '$.id' AS item, \(retired.joined(separator: ", "))
          FROM main.record r, json_each(r.json, \(quoted("$.\"\(name)\""))) j
          WHERE r.kind = \(quoted(owner.name)) AND json_type(j.value) = 'object'
        """)
    }
    return View(
      name: name,
      about: "\(name) of records, one a row: records of its own, and items of retired lists",
      columns: ["target", "record", "item"] + fields,
      definition: parts.joined(separator: " UNION ALL "))
  }

  /// Returns the SQL expression for a property of a JSON object; a text's lines become one text.
  private static func value(of key: String, in json: String, isText: Bool) -> String {
    // A JSON path cannot express keys with quotes or backslashes.
    if key.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
      return "NULL"
    }
    let path = quoted("$.\"\(key)\"")
    guard isText else { return "\(json) ->> \(path)" }
    return """
      CASE json_type(\(json), \(path)) WHEN 'array' THEN (SELECT group_concat(value, char(10))
        FROM json_each(\(json), \(path))) ELSE \(json) ->> \(path) END
      """
  }

  /// Each change of a record's state, with the hours since the record was first committed.
  private static func stateChange(
    _ catalog: KindCatalog, _ isShallow: Bool, _ time: (String) -> String
  ) -> View {
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
          (h.committed_at - \(firstTime(isShallow))) / 3600.0 AS hours, docket_ids(h.oid) AS "commit",
          h.position
        FROM main.field f JOIN main.change c ON c.seq = f.change_seq
          JOIN main.history h ON h.seq = c.commit_seq
        WHERE h.position IS NOT NULL AND (\(isState)) AND f.after IS NOT NULL
        """)
  }

  /// When a top-level field of a record was first filled, in the order of history, since clocks may
  /// be wrong.
  private static func firstSet(
    _ catalog: KindCatalog, _ isShallow: Bool, _ time: (String) -> String
  ) -> View {
    View(
      name: "first_set",
      about: "when a field was first filled, with the hours since the record came",
      columns: ["record", "kind", "field", "at", "hours"],
      definition: """
        SELECT record, kind, field, \(time("first")) AS at, (first - came) / 3600.0 AS hours FROM (
          SELECT c.record, \(kind("c.record", catalog)) AS kind,
            substr(f.name, 1, instr(f.name || '.', '.') - 1) AS field,
            min(h.position), \(isShallow ? "CASE WHEN f.before IS NULL THEN h.committed_at END" : "h.committed_at") AS first, \(firstTime(isShallow)) AS came
          FROM main.field f JOIN main.change c ON c.seq = f.change_seq
            JOIN main.history h ON h.seq = c.commit_seq
          WHERE h.position IS NOT NULL AND f.after IS NOT NULL AND f.after NOT IN ('[]', '{}', 'null')
          GROUP BY c.record, 3)
        """)
  }

  private static func firstTime(_ isShallow: Bool) -> String {
    "(SELECT added_at FROM \(commits(of: "c.record", isShallow)) LIMIT 1)"
  }

  /// Returns the SQL source for the commits that changed a record, or the item of a list that it was
  /// before a migration, oldest first.
  private static func commits(of record: String, _ isShallow: Bool) -> String {
    // What history knows first of a record is where it was added, unless it was there before.
    let added =
      isShallow ? "CASE WHEN c1.old_path IS NULL THEN h1.committed_at END" : "h1.committed_at"
    let was = isShallow ? "NULL" : "h1.committed_at"
    return """
      (SELECT h1.committed_at, \(added) AS added_at, h1.position FROM main.change c1
          JOIN main.history h1 ON h1.seq = c1.commit_seq
          WHERE c1.record = \(record) AND h1.position IS NOT NULL
        UNION ALL SELECT h1.committed_at, \(was), h1.position FROM main.origin o1
          JOIN main.former_item i1 ON i1.owner = o1.owner AND i1.list = o1.list AND i1.item = o1.item
          JOIN main.change c1 ON c1.seq = i1.change_seq
          JOIN main.history h1 ON h1.seq = c1.commit_seq
          WHERE o1.record = \(record) AND h1.position IS NOT NULL) ORDER BY position
      """
  }

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
      let value = value(
        of: key, in: "r.json", isText: kind.view.property(key)?.isText ?? false)
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

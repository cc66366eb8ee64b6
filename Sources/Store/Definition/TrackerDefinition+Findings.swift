import JSONSchema
import JSONText
package import Records

extension TrackerDefinition {
  /// Everything wrong with the ground, its files judged by their own schemas too (slower).
  ///
  /// - Parameter judgesSchemas: whether the schemas are judged too, which is most of the work.
  package func thoroughFindings(checksSchemas: Bool = true) -> [Finding] {
    findings + fileFindings() + (checksSchemas ? schemaFindings() : []) + unknownRuleFindings()
  }

  /// What the schemas of config and roster find in them.
  private func fileFindings() -> [Finding] {
    var findings: [Finding] = []
    for (document, path, schema) in [
      (configDocument, TrackerConfig.path, "config.schema.json"),
      (rosterDocument, Roster.path, "people.schema.json"),
    ] {
      guard let document, catalog.files.documents[schema] != nil else { continue }
      do throws(SchemaError) {
        findings += try catalog.schema(inFile: schema).validate(document.root).map { violation in
          let position = document.position(at: violation.range.lowerBound)
          return RuleBook.finding(
            "config.invalid", path: path, line: position.line, column: position.column,
            pointer: violation.pointer.description, violation.message, hint: Self.fixing(path))
        }
      } catch {
        findings.append(
          RuleBook.finding(
            "config.invalid", path: "\(Self.schemaFolder)/\(schema)", error.message,
            hint: Self.fixing("\(Self.schemaFolder)/\(schema)")))
      }
    }
    return findings
  }

  private func schemaFindings() -> [Finding] {
    let rules = ruleFindings() + formulaFindings()
    var findings = kindFindings() + rules + derivedFactFindings()
    for kind in catalog.kinds {
      // Remarks are for whoever asks about schemas.
      findings += SchemaConsistency.findings(of: kind, in: catalog, folder: Self.schemaFolder)
        .filter { $0.severity > .info }
    }
    // A rule's problem is said once, in the clearer words.
    let said = Set(rules.map { [$0.path, "\($0.line ?? 0)"] })
    findings += vocabularyFindings().filter { !said.contains([$0.path, "\($0.line ?? 0)"]) }
    return findings
  }

  /// Misspelt or misplaced annotations: what docket's own meta-schema says of the schema files.
  private func vocabularyFindings() -> [Finding] {
    let meta = "docket.metaschema.json"
    guard catalog.files.documents[meta] != nil,
      let kinds = try? catalog.schema(inFile: meta),
      let supporting = try? catalog.schema(
        inFile: meta, at: JSONPointer(tokens: ["$defs", "annotated"]))
    else { return [] }
    return catalog.files.documents.sorted { $0.key < $1.key }.flatMap { name, document in
      guard name != meta else { return [Finding]() }
      let schema = KindCatalog.supporting.contains(name) ? supporting : kinds
      return schema.validate(document.root).map { violation in
        let position = document.position(at: violation.range.lowerBound)
        return RuleBook.finding(
          "config.invalid", path: "\(Self.schemaFolder)/\(name)", line: position.line,
          column: position.column, pointer: violation.pointer.description, violation.message,
          hint: Self.fixing("\(Self.schemaFolder)/\(name)")
            + "; docs/schema-vocabulary.md tells of each key")
      }
    }
  }

  /// Rules that can't be judged, as those that call a check this docket doesn't have.
  private func ruleFindings() -> [Finding] {
    findings(on: catalog.kinds.flatMap(\.ruleProblems)) {
      Self.fixing($0) + "; docs/schema-vocabulary.md lists the checks and what they take"
    }
  }

  /// Formulas that schemas name and docket doesn't have, and inputs that are bound to nothing.
  private func formulaFindings() -> [Finding] {
    findings(on: catalog.kinds.flatMap(\.formulaProblems)) { _ in
      "correct the schema; docs/schema-vocabulary.md tells of each formula"
    }
  }

  /// - Parameter hint: what mends the schema file at a path.
  private func findings(on problems: [KindProblem], hint: (String) -> String) -> [Finding] {
    problems.map { problem in
      let path = "\(Self.schemaFolder)/\(problem.file)"
      return RuleBook.finding(
        "config.invalid", path: path, line: problem.position.line,
        column: problem.position.column, problem.message, hint: hint(path))
    }
  }

  private func kindFindings() -> [Finding] {
    let checked = catalog.checkingSchemas()
    return catalog.kinds.compactMap { kind in
      do throws(SchemaError) {
        _ = try checked.compiledKind(for: kind)
        return nil
      } catch {
        return RuleBook.finding(
          "config.invalid", path: "\(Self.schemaFolder)/\(kind.fileName)",
          "\(error.message) (\(error.location))",
          hint: Self.fixing("\(Self.schemaFolder)/\(kind.fileName)"))
      }
    }
  }

  /// Kinds whose schemas make room for what follows from the record or its history.
  private func derivedFactFindings() -> [Finding] {
    catalog.kinds.flatMap { kind -> [Finding] in
      let members = kind.document.root["properties"]?.members.map { $0 } ?? []
      return members.compactMap { key, _ in
        guard let name = key.string, DerivedFact.isNamed(by: name) else { return nil }
        return RuleBook.finding(
          "record.derived-fact", path: "\(Self.schemaFolder)/\(kind.fileName)",
          line: key.position.line, column: key.position.column, pointer: "/properties/\(name)",
          "\"\(name)\" would be stored in \(kind.plural), and can be derived: it would be wrong one day",
          hint: "take the property out; docket log and docket list created:… changed:… tell it")
      }
    }
  }

  /// Rules that the config sets and nobody has.
  private func unknownRuleFindings() -> [Finding] {
    let known = RuleBook.builtIn.map(\.id) + catalog.kinds.flatMap(\.rules).map(\.id)
    let ids = Set(known)
    return (configRoot?["rules"]?.members.map { $0 } ?? []).compactMap { key, _ in
      guard let id = key.string, !ids.contains(id) else { return nil }
      let nearest = Spelling.nearest(to: id, among: known)
      return RuleBook.finding(
        "config.unknown-rule", path: TrackerConfig.path, line: key.position.line,
        column: key.position.column, pointer: JSONPointer(tokens: ["rules", id]).description,
        "there is no rule \"\(id)\"" + Spelling.question(for: id, among: known),
        hint: nearest.map { "write \($0) instead; docket check --explain \($0) tells of it" }
          ?? "take the line out; docs/rules.md lists the rules that there are")
    }
  }

  /// How a file of the ground is mended: by hand, for docket has no verb that writes it.
  static func fixing(_ path: String) -> String {
    let file = ShellWord.quoted(path)
    return "correct \(path) there, then: docket check \(file); or take the last change back: "
      + "git restore --source=HEAD --staged --worktree -- \(file)"
  }
}

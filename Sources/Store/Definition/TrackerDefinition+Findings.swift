import Files
import JSONSchema
import JSONText
package import Records

extension TrackerDefinition {
  /// Returns everything wrong with the definition, including its files' validation against their
  /// own schemas (slower).
  ///
  /// - Parameter checksSchemas: whether to check the schemas too, which is most of the work.
  package func thoroughFindings(checksSchemas: Bool = true) -> [Finding] {
    let found = fileFindings() + (checksSchemas ? schemaFindings() : []) + unknownRuleFindings()
    return findings + found.map { $0.hinted(byLaterDocketIn: catalog) }
  }

  /// Validates config and roster against their schemas.
  private func fileFindings() -> [Finding] {
    let rule = "config.invalid"
    var findings: [Finding] = []
    for (document, path, schema) in [
      (configDocument, TrackerConfig.path, "config.schema.json"),
      (rosterDocument, Roster.path, "people.schema.json"),
    ] {
      guard let document, catalog.files.documents[schema] != nil else { continue }
      do throws(SchemaError) {
        var tally = FindingTally()
        let result = try catalog.schema(inFile: schema).validationResult(document.root)
        for violation in result.violations {
          tally.add(rule, RuleBook.severity(of: rule)) {
            let position = document.position(at: violation.range.lowerBound)
            return RuleBook.finding(
              rule, path: path, line: position.line, column: position.column,
              pointer: violation.pointer.description, violation.message, hint: Self.fixing(path))
          }
        }
        tally.omit(result.omitted, rule, RuleBook.severity(of: rule))
        findings += tally.findings
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
    let shadows = findings(on: SchemaIdentity.problems(in: catalog), hint: Self.fixing)
    var findings = kindFindings() + rules + derivedFactFindings() + shadows
    for kind in catalog.kinds {
      // Notes are only for commands about schemas.
      findings += SchemaConsistency.findings(of: kind, in: catalog, folder: Self.schemaFolder)
        .filter { $0.severity > .info }
    }
    // A problem with a rule is reported once, with the clearer message.
    let said = Set((rules + self.findings).map { [$0.path, "\($0.line ?? 0)"] })
    findings += vocabularyFindings().filter { !said.contains([$0.path, "\($0.line ?? 0)"]) }
    return findings
  }

  /// Returns findings on misspelt or misplaced annotations, by docket's own meta-schema.
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
            + "; docs/schema-vocabulary.md describes each key")
      }
    }
  }

  /// Returns findings on rules that can't be checked, such as those that call a check this docket
  /// doesn't have.
  private func ruleFindings() -> [Finding] {
    findings(on: catalog.kinds.flatMap(\.ruleProblems)) {
      Self.fixing($0) + "; docs/schema-vocabulary.md lists the checks and what they take"
    }
  }

  /// Returns findings on formulas in schemas that docket doesn't have, and on inputs bound to
  /// nothing.
  private func formulaFindings() -> [Finding] {
    findings(on: catalog.kinds.flatMap(\.formulaProblems)) { _ in
      "correct the schema; docs/schema-vocabulary.md describes each formula"
    }
  }

  /// - Parameter hint: returns how to fix the schema file at a path.
  private func findings(on problems: [KindProblem], hint: (RepositoryPath) -> String) -> [Finding] {
    problems.map { problem in
      let path = Self.schemaFolder.appending(problem.file)
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

  /// Returns findings on properties whose values can be derived from the record or its history.
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

  /// Returns findings on rules that the config sets and no schema defines.
  private func unknownRuleFindings() -> [Finding] {
    let known = RuleBook.builtIn.map(\.id) + catalog.kinds.flatMap(\.rules).map(\.id)
    let ids = Set(known)
    let rule = "config.unknown-rule"
    var tally = FindingTally()
    for (key, _) in configRoot?["rules"]?.members.map({ $0 }) ?? [] {
      guard let id = key.string, !ids.contains(id) else { continue }
      tally.add(rule, RuleBook.severity(of: rule)) {
        let nearest = Spelling.nearest(to: id, among: known)
        let position = key.position
        return RuleBook.finding(
          rule, path: TrackerConfig.path, line: position.line, column: position.column,
          pointer: JSONPointer(tokens: ["rules", id]).description,
          "there is no rule \"\(id)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""),
          hint: nearest.map { "write \($0) instead; docket check --explain \($0) describes it" }
            ?? "take the line out; docs/rules.md lists the rules that there are")
      }
    }
    return tally.findings
  }

  /// Returns how to fix a file of the definition: by hand, since no docket command writes it.
  static func fixing(_ path: RepositoryPath) -> String {
    let file = ShellWord.quoted(path)
    return "correct \(path) there, then: docket check \(file); or take the last change back: "
      + "git restore --source=HEAD --staged --worktree -- \(file)"
  }
}

extension Finding {
  /// Returns the finding with the advice to update docket, where it is on the config, the people or a
  /// schema and a later docket brought schemas: what it wrote isn't wrong, but unknown to this one.
  func hinted(byLaterDocketIn catalog: KindCatalog) -> Finding {
    let rules = [
      "config.invalid", "config.unknown-rule", "schema.inconsistent", "schema.refuses-records",
    ]
    guard rules.contains(rule), let later = DocketVersion.latest(in: catalog) else { return self }
    let document = path.relative(to: TrackerDefinition.schemaFolder).flatMap {
      catalog.files.documents[$0.text]
    }
    // A schema of the team's own, or one that this docket wrote, is the team's to correct.
    if let document, (DocketVersion(ofSchema: document.root) ?? .current) <= .current {
      return self
    }
    var finding = self
    finding.hint = later.updating
    return finding
  }
}

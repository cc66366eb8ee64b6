import Testing

@testable import Records

/// Values that no record can have.
@Suite("terms that find nothing") struct ImpossibleTermTests {
  @Test(
    "are known where a key has listed values in all kinds in sight",
    arguments: [
      ("status:triagd kind:pain-point", "status"), ("status:triaged kind:pain-point", nil),
      ("status:Triaged,x", nil), ("not:status:triagd", nil), ("title:triagd", nil),
      ("evidence.source:rumour", nil), ("status:open kind:pain-point", "status"),
      ("status:open", nil),
    ] as [(String, String?)])
  func terms(_ query: String, _ key: String?) throws {
    let kinds = BuiltInKinds.catalog.kinds
    let query = try RecordQuery(query.split(separator: " ").map(String.init))
    #expect(query.impossibleTerm(among: kinds)?.key == key)
  }
}

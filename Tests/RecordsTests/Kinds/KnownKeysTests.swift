import JSONText
import TestSupport
import Testing

@testable import Records

@Suite("keys of x-docket") struct KnownKeysTests {
  /// The definition in the meta-schema of each object that the program knows.
  private static let definitions = [
    "x-docket": "/$defs/model",
    "collection": "/$defs/model/properties/collections/additionalProperties",
    "note": "/$defs/model/properties/note", "tell": "/$defs/model/properties/tell",
    "bearing": "/$defs/bearing", "workflow": "/$defs/workflow", "relation": "/$defs/relation",
    "frozenPart": "/$defs/frozenPart", "rule": "/$defs/rule", "score": "/$defs/scoreOf",
    "rank": "/$defs/rank", "evidence": "/$defs/rank/properties/evidence",
    "positions": "/$defs/rank/properties/positions", "carries": "/$defs/carries",
    "waiting": "/$defs/waiting", "unanswered": "/$defs/waiting/properties/unanswered",
    "list": "/$defs/model/properties/lists/additionalProperties",
  ]

  @Test("are those that the meta-schema allows")
  func same() throws {
    let meta = try #require(BuiltInKinds.catalog.files.documents["docket.metaschema.json"]).root
    #expect(Set(Self.definitions.keys) == Set(KnownKeys.objects.keys))
    for (name, pointer) in Self.definitions {
      let node = try #require(meta.node(at: JSONPointer(parsing: pointer)), "\(pointer)")
      let keys = Set(node["properties"]?.members.compactMap { $0.key.string } ?? [])
      #expect(keys == Set(KnownKeys.objects[name, default: [:]].keys), "\(name)")
    }
  }
}

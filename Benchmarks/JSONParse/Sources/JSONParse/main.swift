import Foundation
import JSONSchema
import JSONText

// Medians of parsing and validating one record of about 1 kB: swift run -c release JSONParse

let record = """
  {
    "$schema": "../../.docket/schema/pain-point.schema.json",
    "id": "PP-8KX3M2Q7ZD",
    "title": "Deploys to staging time out on Monday mornings",
    "status": "triaged",
    "severity": 4,
    "reach": 35,
    "tags": ["ci", "deploys", "staging"],
    "jobStory": {
      "when": "I merge a change before the weekly planning",
      "want": "to see it on staging within ten minutes",
      "so": "I can show it in the meeting — naïve, I know"
    },
    "evidence": [
      {"id": "k3x9q", "source": "interview", "team": "payments", "date": "2026-03-02", "said": "took me a day"},
      {"id": "p0w2n", "source": "metric", "team": "search", "date": "2026-03-09", "observed": "median 41.5 min"},
      {"id": "z7r4c", "source": "support", "team": "web", "date": "2026-03-16", "said": "we \\"just\\" retry"}
    ],
    "responses": [],
    "workaround": null,
    "confirmed": true
  }

  """
let schemaText = """
  {"type":"object","required":["id","title","status"],"additionalProperties":false,"properties":{
   "$schema":{"type":"string"},"id":{"pattern":"^[A-Z]{2,5}-[0-9A-HJKMNP-TV-Z]{10}$"},
   "title":{"type":"string","minLength":1,"maxLength":200},"status":{"enum":["new","triaged","done"]},
   "severity":{"type":"integer","minimum":1,"maximum":5},"reach":{"type":"integer","minimum":0},
   "tags":{"type":"array","uniqueItems":true,"items":{"type":"string"}},
   "jobStory":{"type":"object","properties":{"when":{"type":"string"},"want":{"type":"string"},"so":{"type":"string"}}},
   "evidence":{"type":"array","items":{"$ref":"#/$defs/evidence"}},"responses":{"type":"array"},
   "workaround":{"type":["string","null"]},"confirmed":{"type":"boolean"}},
   "$defs":{"evidence":{"type":"object","required":["id","source"],"properties":{"id":{"pattern":"^[0-9a-z]{5}$"},
   "source":{"enum":["interview","metric","support"]},"team":{"type":"string"},"date":{"pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
   "said":{"type":"string"},"observed":{"type":"string"}}}}}
  """

let bytes = [UInt8](record.utf8)
let data = Data(bytes)

/// The median over rounds of the mean time of one call, in microseconds.
func measure(_ name: String, _ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  var rounds: [Double] = []
  for _ in 0..<15 {
    let start = clock.now
    for _ in 0..<2000 { try body() }
    let took = (clock.now - start).components
    rounds.append((Double(took.seconds) * 1e6 + Double(took.attoseconds) / 1e12) / 2000)
  }
  let median = rounds.sorted()[rounds.count / 2]
  print(name.padding(toLength: 44, withPad: " ", startingAt: 0), String(format: "%8.2f µs", median))
  return median
}

print("one record of \(bytes.count) bytes")
let theirs = try measure("JSONSerialization, to a tree") {
  _ = try JSONSerialization.jsonObject(with: data)
}
let nodes = try measure("JSONDocument, to nodes") { _ = try JSONDocument(parsing: bytes) }
let tree = try measure("JSONDocument and JSONValue, to a tree") {
  _ = try JSONDocument(parsing: bytes).root.value
}
let registry = SchemaRegistry(documents: [("urn:s", try JSONDocument(parsing: schemaText))])
let schema = try registry.schema(uri: "urn:s")
let document = try JSONDocument(parsing: bytes)
precondition(schema.isValid(document.root), "the sample has to be valid")
_ = measure("Schema.isValid") { _ = schema.isValid(document.root) }
let text = try JSONDocument(parsing: schemaText)
_ = try measure("compile the schema, checked") {
  _ = try SchemaRegistry(documents: [("urn:s", text)]).schema(uri: "urn:s")
}
_ = try measure("compile the schema, unchecked") {
  _ = try SchemaRegistry(
    documents: [("urn:s", text)], options: SchemaOptions(checkSchemas: false)
  ).schema(uri: "urn:s")
}
print(
  String(
    format: "nodes %.1f×, tree %.1f× as fast as JSONSerialization", theirs / nodes, theirs / tree))

package import JSONText

/// The URIs by which references can name a schema document or a part of it.
package enum ClaimedURIs {
  /// Returns the URI that a document was retrieved by and those of each `$id` in it, absolute and
  /// without fragment, with the node that makes the claim.
  ///
  /// Every member `$id` counts, also where no keyword makes a schema of its object (core §8.2.1):
  /// a reference may lead there yet.
  package static func of(_ document: JSONDocument, at uri: String) -> [(
    uri: String, node: JSONNode
  )] {
    let base = URIReference(uri)
    var claims = [(uri: base.base, node: document.root)]
    collect(document.root, base, &claims)
    return claims
  }

  private static func collect(
    _ node: JSONNode, _ base: URIReference, _ claims: inout [(uri: String, node: JSONNode)]
  ) {
    var base = base
    if let id = node["$id"], let text = id.string {
      base = URIReference(text).resolved(against: base)
      claims.append((base.base, id))
    }
    for (_, value) in node.members where value.isObject || value.isArray {
      collect(value, base, &claims)
    }
    for element in node.elements where element.isObject || element.isArray {
      collect(element, base, &claims)
    }
  }

  /// Whether a URI is one of JSON Schema's own, such as a meta-schema's.
  package static func isReserved(_ uri: String) -> Bool {
    URIReference(uri).authority?.lowercased() == "json-schema.org"
  }
}

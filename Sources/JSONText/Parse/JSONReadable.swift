/// A value that is read by key: parsed text, or a value being built.
package protocol JSONReadable {
  subscript(key: String) -> Self? { get }
  var string: String? { get }
}

extension JSONNode: JSONReadable {}
extension JSONValue: JSONReadable {}

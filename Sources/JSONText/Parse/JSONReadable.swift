/// What is read by key: parsed text, or a value that is being made.
package protocol JSONReadable {
  subscript(key: String) -> Self? { get }
  var string: String? { get }
}

extension JSONNode: JSONReadable {}
extension JSONValue: JSONReadable {}

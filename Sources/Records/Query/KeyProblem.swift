/// A key or value as typed that means nothing here.
package struct KeyProblem: Error, Sendable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

/// An invalid key or value typed by a user.
package struct KeyProblem: Error, Sendable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

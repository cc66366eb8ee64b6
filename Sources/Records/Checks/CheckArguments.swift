package import JSONText

/// The arguments in a rule's `with`, already validated against the check's parameters.
package struct CheckArguments: Sendable, Equatable {
  private let node: JSONNode?
  private let pointer: JSONPointer

  /// - Parameter pointer: of `with`, in the schema's file.
  package init(_ node: JSONNode?, at pointer: JSONPointer = .root) {
    self.node = node
    self.pointer = pointer
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.node?.value == right.node?.value
  }

  package func place(_ name: String) -> PointerPattern? {
    node?[name]?.string.flatMap(PointerPattern.init)
  }

  package func word(_ name: String) -> String? { node?[name]?.string }

  package func words(_ name: String) -> [String] {
    node?[name]?.elements.compactMap(\.string) ?? []
  }

  package func flag(_ name: String) -> Bool { node?[name]?.bool ?? false }

  /// Returns the pointer, in the schema's file, of a condition.
  package func condition(_ name: String) -> JSONPointer? {
    node?[name].map { _ in pointer.appending(name) }
  }

  package func number(_ name: String) -> Double? { node?[name]?.number?.double }

  /// Returns the first value of a record at a place that an argument names.
  package func value(_ name: String, in record: RecordFile) -> (
    pointer: JSONPointer, node: JSONNode
  )? {
    place(name)?.places(in: record.root).first
  }
}

/// What stands at a path: its mode and content.
package struct TreeItem: Sendable, Hashable {
  package let mode: FileMode
  package let id: ObjectID

  package init(mode: FileMode, id: ObjectID) {
    (self.mode, self.id) = (mode, id)
  }
}

package import Git

/// A commit as the layers above name one.
package typealias Revision = ObjectID

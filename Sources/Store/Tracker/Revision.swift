package import Git

/// A commit, for the layers above.
package typealias Revision = ObjectID

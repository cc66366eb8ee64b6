/// The options of a write, as given on the command line.
package struct WriteOptions: Sendable {
  package var message: String?
  package var branch: String?
  package var stagesOnly = false
  package var runsHooks = true

  package init() {}
}

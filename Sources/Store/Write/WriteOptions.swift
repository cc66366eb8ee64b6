/// How a write is to be done, as the command line says.
package struct WriteOptions: Sendable {
  package var message: String?
  package var branch: String?
  package var stagesOnly = false
  package var runsHooks = true

  package init() {}
}

/// The output formats of core §12.4 that docket writes.
package enum OutputFormat: String, Sendable, CaseIterable {
  case flag, basic, detailed
}

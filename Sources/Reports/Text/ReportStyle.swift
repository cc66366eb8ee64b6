/// The style sheet of HTML reports: screens wide and narrow, light and dark, and paper.
enum ReportStyle {
  /// The text of `report.css`, embedded by the build, without its last newline.
  static let sheet: String = {
    let text = EmbeddedFiles.reports.first.map { String(describing: $0.text) } ?? ""
    return String(text.dropLast())
  }()
}

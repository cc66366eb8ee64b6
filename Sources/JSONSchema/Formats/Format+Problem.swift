/// Messages on why a text is invalid, for formats where more is known.
extension Format {
  func problem(of text: String) -> String? {
    switch self {
    case .date: Self.dayProblem(text)
    case .dateTime: Self.dayProblem(String(text.utf8.prefix(10)) ?? "") ?? Self.offsetProblem(text)
    case .time: Self.offsetProblem("2000-01-01T" + text)
    case .ipv4: Self.numberProblem(text)
    case .regex: Self.patternProblem(text)
    default: nil
    }
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// Returns what is wrong in YYYY-MM-DD if there is no such month or day.
  private static func dayProblem(_ text: String) -> String? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    guard (1...12).contains(month) else { return "there is no month \(parts[1])" }
    let days = DateFormats.days(inMonth: month, of: year)
    guard !(1...days).contains(day) else { return nil }
    return "\(months[month - 1]) \(parts[0]) has \(days) days"
  }

  /// Returns what is wrong with the offset of a date and time that is valid otherwise.
  private static func offsetProblem(_ text: String) -> String? {
    DateFormats.isDateTime(text + "Z") ? "the offset is missing, Z or such as +01:00" : nil
  }

  private static func numberProblem(_ text: String) -> String? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    return parts.first { $0.utf8.count < 10 && (Int($0) ?? 0) > 255 }.map { "\($0) is above 255" }
  }

  private static func patternProblem(_ text: String) -> String? {
    do throws(PatternError) {
      _ = try Pattern(text)
      return nil
    } catch { return error.description }
  }
}

/// Dates and times of RFC 3339 §5.6.
enum DateFormats {
  static func isDateTime(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let index = bytes.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "t") }) else {
      return false
    }
    return isDate(bytes[..<index]) && isTime(bytes[bytes.index(after: index)...])
  }

  static func isDate(_ text: Substring.UTF8View) -> Bool {
    Array(text).withUnsafeBufferPointer(isDate)
  }

  /// RFC 3339 §5.6, full-date: the days of the calendar.
  static func isDate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else {
      return false
    }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        guard (0x30...0x39).contains(text[index]) else { return nil }
        value = value * 10 + Int(text[index] - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      (1...12).contains(month)
    else { return false }
    return (1...days(inMonth: month, of: year)).contains(day)
  }

  /// - Parameter month: 1 to 12.
  static func days(inMonth month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  static func isTime(_ text: Substring.UTF8View) -> Bool {
    var reader = Reader(rest: text)
    guard let hour = reader.number(2), hour < 24, reader.take(":"),
      let minute = reader.number(2), minute < 60, reader.take(":"),
      let second = reader.number(2), second <= 60
    else { return false }
    if reader.take(".") {
      guard reader.number(1) != nil else { return false }
      while reader.number(1) != nil {}
    }
    var offset = 0
    if !reader.take("z"), !reader.take("Z") {
      let isNegative = reader.take("-")
      guard isNegative || reader.take("+"), let hours = reader.number(2), hours < 24,
        reader.take(":"), let minutes = reader.number(2), minutes < 60
      else { return false }
      offset = (hours * 60 + minutes) * (isNegative ? -1 : 1)
    }
    guard reader.rest.isEmpty else { return false }
    // A leap second ends a day of UTC (RFC 3339 §5.7).
    let day = 24 * 60
    return second < 60 || (hour * 60 + minute - offset + day) % day == day - 1
  }

  private struct Reader {
    var rest: Substring.UTF8View

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard let first = rest.first, UInt32(first) == character.value else { return false }
      rest = rest.dropFirst()
      return true
    }

    mutating func number(_ count: Int) -> Int? {
      var value = 0
      let digits = rest.prefix(count)
      guard digits.count == count else { return nil }
      for digit in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
      }
      rest = rest.dropFirst(count)
      return value
    }
  }
}

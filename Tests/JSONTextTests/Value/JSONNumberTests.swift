import JSONText
import Testing

@Suite("JSON numbers")
struct JSONNumberTests {
  /// Each text is less than the next one; texts of one row are equal.
  static let ascending: [[String]] = [
    ["-1e99999999999999999999"], ["-1e99999999999999999998", "-10e99999999999999999997"],
    ["-1e400"], ["-1000", "-1e3", "-1000.0"], ["-999.9999999999999999999999"], ["-1", "-1.0"],
    ["-1e-400"], ["-1e-99999999999999999999"], ["0", "-0", "0.0", "0e99", "-0e-99999999999999"],
    ["1e-99999999999999999999", "0.1e-99999999999999999998"],
    ["1e-1000000000000000000", "0.001e-999999999999999997"], ["1e-400"],
    ["0.1", "1e-1", "0.10"], ["0.10000000000000000000000000000000000001"],
    ["1", "1.0", "10e-1", "0.01e2"], ["1.5"], ["2"], ["10", "1E1", "1e+1"],
    ["9007199254740992"], ["9007199254740993", "9007199254740993.0"],
    ["9223372036854775807", "9.223372036854775807e18"], ["9223372036854775808"],
    ["123456789012345678901234567890"], ["123456789012345678901234567891"], ["1e400"],
    ["1e999999999999999999"], ["1e1000000000000000000", "10e999999999999999999"],
    ["1e99999999999999999999"],
  ]

  @Test("numbers compare by their exact value")
  func compares() throws {
    let rows = try Self.ascending.map { try $0.map { try #require(JSONNumber($0)) } }
    for (place, row) in rows.enumerated() {
      for number in row {
        for other in row {
          #expect(number == other && !(number < other), "\(number) \(other)")
          #expect(number.hashValue == other.hashValue, "\(number) \(other)")
        }
        for later in rows[(place + 1)...].joined() {
          #expect(number < later && number != later && !(later < number), "\(number) \(later)")
        }
      }
    }
  }

  @Test(
    "integers are found however they are written",
    arguments: [
      ("1.0", 1), ("1e3", 1000), ("-120e-1", -12), ("0e5", 0), ("-0.0", 0), ("1.5", nil),
      ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
      ("9223372036854775808", nil), ("1e99999999999", nil), ("1e-99999999999", nil),
    ] as [(String, Int?)])
  func findsIntegers(_ text: String, _ int: Int?) throws {
    let number = try #require(JSONNumber(text))
    #expect(number.int == int)
    #expect(try JSONDocument(parsing: text).root.int == int)
  }

  @Test(
    "multiples are exact",
    arguments: [
      ("4.35", "0.01", true), ("0.0075", "0.0001", true), ("0.00751", "0.0001", false),
      ("1e308", "0.123456789", false), ("12391239123", "1e-8", true),
      ("1e99999999999999", "7", false),
      ("1e99999999999999", "8", true), ("7e99999999999999", "7e5", true), ("0", "3", true),
      ("1e-99999999999999", "3", false), ("9", "1.5", true), ("-9", "1.5", true),
      ("10", "4", false),
      ("1e3", "0.3", false), ("30000000000000000000000000000000003", "3", true),
      ("123456789012345678901234567890123456789", "12345678901234567890123456789012345678.9", true),
      ("246913578024691357802469135780", "123456789012345678901234567890", true),
      ("246913578024691357802469135781", "123456789012345678901234567890", false),
      ("1e40", "10000000000000000000000000000000000000000", true),
    ])
  func findsMultiples(_ text: String, _ unit: String, _ expected: Bool) throws {
    let number = try #require(JSONNumber(text))
    #expect(number.isMultiple(of: try #require(JSONNumber(unit))) == expected)
  }

  @Test(
    "only JSON numbers are taken", arguments: ["", "+1", "01", " 1", "1 ", "NaN", "1.", "\"1\""])
  func refuses(_ text: String) { #expect(JSONNumber(text) == nil) }

  @Test("double is the nearest value")
  func converts() {
    #expect(JSONNumber("1.25e2")?.double == 125 && JSONNumber("1e999")?.double == .infinity)
  }
}

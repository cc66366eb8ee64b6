/// Integers written as digits with at most a sign.
enum PlainInteger {
  /// The value of `-?[0-9]+` up to 18 digits; nil for anything else.
  static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var at = 0
    let negative = text.first == UInt8(ascii: "-")
    if negative { at = 1 }
    guard at < text.count, text.count - at <= 18 else { return nil }
    var value = 0
    while at < text.count {
      let digit = text[at] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
      at += 1
    }
    return negative ? -value : value
  }
}

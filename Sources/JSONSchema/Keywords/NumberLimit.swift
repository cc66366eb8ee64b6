import JSONText

/// A limit, with its value as `Int` if it is one.
struct NumberLimit {
  let number: JSONNumber
  let int: Int?

  init(_ number: JSONNumber) {
    self.number = number
    int = number.int
  }
}

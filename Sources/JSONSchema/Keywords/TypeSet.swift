import JSONText

/// The types that `type` can name; an integer is also a number.
struct TypeSet: OptionSet {
  let rawValue: UInt8

  static let null = TypeSet(rawValue: 1)
  static let boolean = TypeSet(rawValue: 2)
  static let number = TypeSet(rawValue: 4)
  static let string = TypeSet(rawValue: 8)
  static let array = TypeSet(rawValue: 16)
  static let object = TypeSet(rawValue: 32)
  static let integer = TypeSet(rawValue: 64)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init?(name: String) {
    switch name {
    case "null": self = .null
    case "boolean": self = .boolean
    case "number": self = .number
    case "string": self = .string
    case "array": self = .array
    case "object": self = .object
    case "integer": self = .integer
    default: return nil
    }
  }

  init(_ kind: JSONKind) {
    switch kind {
    case .null: self = .null
    case .bool: self = .boolean
    case .number: self = .number
    case .string: self = .string
    case .array: self = .array
    case .object: self = .object
    }
  }

  /// Returns the type that was probably meant by a misspelled or foreign name.
  static func meant(_ name: String) -> String? {
    switch name.lowercased() {
    case "int", "long", "int32", "int64": "integer"
    case "bool": "boolean"
    case "str", "text", "date": "string"
    case "float", "double", "decimal": "number"
    case "list", "tuple": "array"
    case "dict", "map", "dictionary", "hash": "object"
    case "nil", "none", "undefined": "null"
    default:
      NearestSpelling.of(
        name, among: ["array", "boolean", "integer", "null", "number", "object", "string"])
    }
  }

  var names: [String] {
    ["null", "boolean", "number", "string", "array", "object", "integer"].filter {
      TypeSet(name: $0).map(contains) ?? false
    }
  }
}

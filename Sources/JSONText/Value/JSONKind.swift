/// The six kinds of JSON value.
public enum JSONKind: UInt8, Sendable {
  case null, bool, number, string, array, object
}

/// E-mail addresses: `Mailbox` of RFC 5321 §4.1.2, and of RFC 6531 §3.3 with other scripts.
enum EmailFormat {
  static func isAddress(_ text: String, international: Bool) -> Bool {
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let local = text[..<at]
    let domain = text[text.utf8.index(after: at)...]
    guard (1...64).contains(local.utf8.count), isLocal(local, international) else { return false }
    if domain.utf8.first == UInt8(ascii: "["), domain.utf8.last == UInt8(ascii: "]") {
      let literal = domain.dropFirst().dropLast()
      let prefix = "ipv6:"
      if literal.prefix(prefix.count).lowercased() == prefix {
        return IPAddress.isVersion6(literal.dropFirst(prefix.count))
      }
      return IPAddress.isVersion4(literal)
    }
    return HostName.isValid(String(domain), international: international)
  }

  private static func isLocal(_ text: Substring, _ international: Bool) -> Bool {
    let scalars = Array(text.unicodeScalars)
    if scalars.count >= 2, scalars.first == "\"", scalars.last == "\"" {
      var isEscaped = false
      for scalar in scalars[1..<scalars.count - 1] {
        guard scalar.isASCII ? (32...126).contains(scalar.value) : international else {
          return false
        }
        if isEscaped {
          isEscaped = false
        } else if scalar == "\\" {
          isEscaped = true
        } else if scalar == "\"" {
          return false
        }
      }
      return !isEscaped
    }
    return scalars.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty
        && atom.allSatisfy { scalar in
          guard scalar.isASCII else { return international }
          return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
        }
    }
  }
}

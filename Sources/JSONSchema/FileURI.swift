/// URIs of files (RFC 8089), and the paths that they name.
package enum FileURI {
  /// `file:///tmp/my%20dir/a.json` of an absolute path.
  package static func uri(ofPath path: String) -> String {
    var text = "file://"
    for byte in path.utf8 {
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || "-._~!$&'()*+,;=:@/".utf8.contains(byte)
      if isPlain {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.utf8.count == 1 ? "%0" + digits : "%" + digits
      }
    }
    return text
  }

  /// The path of a file's URI, without fragment and query; `nil` of another.
  package static func path(of uri: String) -> String? {
    let prefix = "file://"
    guard uri.hasPrefix(prefix + "/") else { return nil }
    return decoded(uri.dropFirst(prefix.count))
  }

  /// Part of a URI up to its query or fragment with `%XX` resolved; as it is where that can't be.
  package static func decoded(_ text: Substring) -> String {
    let path = String(text.prefix { $0 != "#" && $0 != "?" })
    return URIReference.percentDecoded(path) ?? path
  }
}

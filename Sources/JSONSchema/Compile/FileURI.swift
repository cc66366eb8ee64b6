import JSONText

/// URIs of files (RFC 8089), and the paths that they name.
package enum FileURI {
  /// `file:///tmp/my%20dir/a.json` of an absolute path.
  package static func uri(ofPath path: String) -> String {
    "file://" + PercentEncoding.encoded(path, keeping: "-._~!$&'()*+,;=:@/")
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

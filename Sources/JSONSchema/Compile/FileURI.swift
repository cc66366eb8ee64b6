import JSONText

/// Converts between file URIs (RFC 8089) and the paths they name.
package enum FileURI {
  /// Returns the URI of an absolute path: `file:///tmp/my%20dir/a.json`.
  package static func uri(ofPath path: String) -> String {
    "file://" + PercentEncoding.encoded(path, keeping: "-._~!$&'()*+,;=:@/")
  }

  /// Returns the path of a file URI, without fragment and query; `nil` for other URIs.
  package static func path(of uri: String) -> String? {
    let prefix = "file://"
    guard uri.hasPrefix(prefix + "/") else { return nil }
    return decoded(uri.dropFirst(prefix.count))
  }

  /// Decodes `%XX` in a URI up to its query or fragment; returns it unchanged if that fails.
  package static func decoded(_ text: Substring) -> String {
    let path = String(text.prefix { $0 != "#" && $0 != "?" })
    return URIReference.percentDecoded(path) ?? path
  }
}

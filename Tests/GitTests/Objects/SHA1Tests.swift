import Testing

@testable import Git

@Suite("SHA-1")
struct SHA1Tests {
  @Test(
    "the vectors of FIPS 180 and RFC 3174",
    arguments: [
      ("", 1, "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
      ("abc", 1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
        "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
      ),
      ("a", 1_000_000, "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
      (
        "0123456701234567012345670123456701234567012345670123456701234567", 10,
        "dea356a2cddd90c7a7ecedc5ebb563934f460452"
      ),
    ])
  func vectors(text: String, count: Int, expected: String) {
    var hash = SHA1()
    for _ in 0..<count { hash.update(Array(text.utf8)) }
    #expect(hash.finish().hex == expected)
  }

  @Test("parts of any length give the digest of the whole")
  func parts() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var whole = SHA1()
    whole.update(bytes)
    let expected = whole.finish()
    for length in [1, 3, 55, 56, 63, 64, 65, 127, 128] {
      var hash = SHA1()
      var rest = bytes[...]
      while !rest.isEmpty {
        hash.update(Array(rest.prefix(length)))
        rest = rest.dropFirst(length)
      }
      #expect(hash.finish() == expected)
    }
  }
}

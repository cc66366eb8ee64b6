import Testing

@testable import Records

@Suite("SHA-256") struct SHA256Tests {
  @Test(
    "the digest is SHA-256",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        String(repeating: "a", count: 119),
        "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"
      ),
    ])
  func digest(_ text: String, hex: String) {
    #expect(SHA256.hex(of: Array(text.utf8)) == hex)
  }

  @Test("the first bits are those of the digest")
  func bits() {
    #expect(SHA256.leadingBits(50, of: Array("abc".utf8)) == 0xba78_16bf_8f01_cfea >> 14)
    #expect(SHA256.leadingBits(64, of: Array("abc".utf8)) == 0xba78_16bf_8f01_cfea)
  }
}

import Foundation
import JSONText
import TestSupport
import Testing

@testable import Records

@Suite("words for a shell") struct ShellWordTests {
  @Test(
    "plain words stay, others are quoted",
    arguments: [
      ("docket/a.json", "docket/a.json"), ("", "''"), ("-x", "'-x'"), ("it's", #"'it'\''s'"#),
      ("a b", "'a b'"), ("$HOME", "'$HOME'"), ("é", "'é'"), ("'\u{301}", "''\\''\u{301}'"),
      ("a\u{202E}b", #""$(printf 'a\342\200\256b')""#), ("-\u{1B}%", #""$(printf -- '-\033%%')""#),
    ])
  func quoted(text: String, expected: String) {
    #expect(ShellWord.quoted(text) == expected)
  }

  @Test("a shell takes the word for the same bytes", arguments: 0..<60)
  func shell(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces: [[UInt8]] =
      [
        "a", "'", "\"", "\\", "$", "`", "%", "-", " ", "\n", "\t", "\u{1B}[31m", "\u{202E}",
        "\u{AD}",
        "\u{301}", "é", "😀", "!", "*", "~", ";", "#",
      ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0x80]]
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      bytes += pieces.randomElement(using: &random) ?? []
    }
    while bytes.last == 0x0A { bytes.removeLast() }
    let word = ShellWord.quoted(bytes: bytes)
    #expect(word.utf8.allSatisfy { $0 != 0x1B && $0 != 0x0A })
    let run = try CommandRun.run(
      "/bin/sh", ["-c", "printf %s \(word)"], in: "/", environment: ["PATH": "/usr/bin:/bin"])
    #expect(run.outputBytes == bytes, "\(word)")
  }
}

import CPCRE2

/// A regular expression of ECMA-262, matched by PCRE2 with a limit on its work.
///
/// `@unchecked Sendable`: compiled code is only read by `pcre2_match`, which gets separate match
/// data in each call (pcre2api, "Multithreading"); the JIT compiler is not used.
final class Pattern: @unchecked Sendable {
  enum Outcome { case match, noMatch, limit }

  /// As written in the schema.
  let text: String
  private let code: OpaquePointer
  private let matchLimit: UInt32
  private let isAnchored: Bool

  init(_ text: String, matchLimit: UInt32 = 100_000) throws(PatternError) {
    let translated = try PatternTranslator.translate(text)
    var code: Int32 = 0
    var offset = 0
    let options =
      PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF
      | PCRE2_NEVER_BACKSLASH_C
    let compiled = translated.text.withUnsafeBufferPointer {
      pcre2_compile_8($0.baseAddress, $0.count, options, &code, &offset, nil)
    }
    guard let compiled else {
      let place = translated.place(of: offset)
      if let beyond = Self.beyond(code) {
        throw PatternError(reason: beyond, isUnsupported: true, place: place)
      }
      throw PatternError(reason: Self.words(code), place: place)
    }
    self.text = text
    self.code = compiled
    self.matchLimit = matchLimit
    var all: UInt32 = 0
    pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_ALLOPTIONS), &all)
    isAnchored = all & PCRE2_ANCHORED != 0
  }

  deinit { pcre2_code_free_8(code) }

  /// Returns the feature of ECMA-262 that PCRE2 lacks, or `nil` if the expression itself is wrong.
  private static func beyond(_ code: Int32) -> String? {
    switch code {
    case PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH, PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED,
      PCRE2_ERROR_LOOKBEHIND_TOO_LONG:
      "a lookbehind of variable width"
    case PCRE2_ERROR_QUANTIFIER_TOO_BIG: "a repetition of more than 65535 times"
    case PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP: "more than 250 groups inside one another"
    case PCRE2_ERROR_PATTERN_TOO_LARGE, PCRE2_ERROR_PATTERN_STRING_TOO_LONG:
      "it is too large"
    default: nil
    }
  }

  private static func words(_ code: Int32) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      let length = pcre2_get_error_message_8(code, buffer.baseAddress, buffer.count)
      return String(decoding: buffer.prefix(max(0, Int(length))), as: UTF8.self)
    }
  }

  /// The memory that matching writes to; used by one thread at a time.
  final class Scratch {
    fileprivate let data = pcre2_match_data_create_8(1, nil)
    fileprivate let context = pcre2_match_context_create_8(nil)

    init() {
      if let context { pcre2_set_heap_limit_8(context, 64 * 1024) }
    }

    deinit {
      pcre2_match_data_free_8(data)
      pcre2_match_context_free_8(context)
    }
  }

  /// Searches `subject`, which is UTF-8, for a match.
  /// - Parameter limit: the most steps to take, if fewer than the pattern allows.
  func match(
    _ subject: UnsafeBufferPointer<UInt8>, _ scratch: Scratch = Scratch(), limit: UInt32? = nil
  ) -> Outcome {
    guard let data = scratch.data, let context = scratch.context else { return .limit }
    // PCRE2 counts from zero at each position where a match may start. Long subjects get fewer
    // steps for each, so that the total stays bounded.
    let shared = UInt32(clamping: max(100, 50_000_000 / (subject.count + 1)))
    let steps = min(matchLimit, limit ?? matchLimit)
    pcre2_set_match_limit_8(context, isAnchored ? steps : min(steps, shared))
    let result = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { empty in
      pcre2_match_8(
        code, subject.baseAddress ?? UnsafePointer(empty.baseAddress), subject.count, 0,
        PCRE2_NO_UTF_CHECK, data, context)
    }
    if result >= 0 { return .match }
    return result == PCRE2_ERROR_NOMATCH ? .noMatch : .limit
  }

  func match(_ subject: String) -> Outcome {
    var subject = subject
    return subject.withUTF8 { match($0) }
  }
}

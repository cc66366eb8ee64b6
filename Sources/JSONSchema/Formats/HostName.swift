/// Host names (RFC 1123 §2.1), and internationalized ones (RFC 5890 §2.3.2.3).
enum HostName {
  static func isValid(_ text: String, international: Bool) -> Bool {
    var labels: [[Unicode.Scalar]] = [[]]
    for scalar in text.unicodeScalars {
      switch scalar {
      case ".": labels.append([])
      case "\u{3002}", "\u{FF0E}", "\u{FF61}":
        guard international else { return false }
        labels.append([])
      default:
        guard international || scalar.isASCII else { return false }
        labels[labels.count - 1].append(scalar)
      }
    }
    var length = labels.count - 1
    var decoded: [[Unicode.Scalar]] = []
    for label in labels {
      guard let (unicode, count) = read(label), (1...63).contains(count) else { return false }
      length += count
      decoded.append(unicode)
    }
    return length <= 253 && BidiRule.allows(decoded)
  }

  /// Returns the characters that a label represents and the length of its ASCII form, or `nil`.
  private static func read(_ label: [Unicode.Scalar]) -> ([Unicode.Scalar], Int)? {
    guard !label.isEmpty, label.first != "-", label.last != "-" else { return nil }
    if label.allSatisfy(\.isASCII) {
      let lower = label.map {
        ("A"..."Z").contains($0) ? Unicode.Scalar(UInt8($0.value | 0x20)) : $0
      }
      guard lower.allSatisfy({ ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" })
      else { return nil }
      guard lower.starts(with: "xn--".unicodeScalars) else {
        // Hyphens at the third and fourth position are reserved (RFC 5891 §4.2.3.1).
        return hasReservedHyphens(lower) ? nil : (lower, lower.count)
      }
      let encoded = Array(lower.dropFirst(4))
      guard let unicode = Punycode.decode(encoded), !unicode.allSatisfy(\.isASCII),
        Punycode.encode(unicode) == encoded, isUnicodeLabel(unicode)
      else { return nil }
      return (unicode, label.count)
    }
    guard isUnicodeLabel(label), let encoded = Punycode.encode(label) else { return nil }
    return (label, encoded.count + 4)
  }

  private static func hasReservedHyphens(_ label: [Unicode.Scalar]) -> Bool {
    label.count >= 4 && label[2] == "-" && label[3] == "-"
  }

  /// RFC 5891 §4.2.3.
  private static func isUnicodeLabel(_ label: [Unicode.Scalar]) -> Bool {
    guard let first = label.first, !hasReservedHyphens(label), label.first != "-",
      label.last != "-"
    else { return false }
    switch first.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return false
    default: break
    }
    return label.indices.allSatisfy { LabelCharacters.isAllowed(label, at: $0) }
  }
}

/// Punycode (RFC 3492).
enum Punycode {
  private static let base = 36

  private static func threshold(_ k: Int, _ bias: Int) -> Int { min(max(k - bias, 1), 26) }

  private static func adapt(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var k = 0
    while delta > 455 {
      delta /= 35
      k += base
    }
    return k + 36 * delta / (delta + 38)
  }

  static func decode(_ input: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    let delimiter = input.lastIndex(of: "-")
    var output = delimiter.map { Array(input[..<$0]) } ?? []
    var rest = input[(delimiter.map { $0 + 1 } ?? 0)...]
    var (n, i, bias) = (128, 0, 72)
    guard input.count <= 63, !rest.isEmpty || delimiter != nil else { return nil }
    while !rest.isEmpty {
      let old = i
      var weight = 1
      var k = base
      while true {
        guard let scalar = rest.popFirst(), let digit = Self.digit(scalar) else { return nil }
        let (product, over) = digit.multipliedReportingOverflow(by: weight)
        let (sum, overflow) = i.addingReportingOverflow(product)
        guard !over, !overflow else { return nil }
        i = sum
        let threshold = threshold(k, bias)
        if digit < threshold { break }
        let (next, tooLarge) = weight.multipliedReportingOverflow(by: base - threshold)
        guard !tooLarge else { return nil }
        weight = next
        k += base
      }
      bias = adapt(i - old, output.count + 1, isFirst: old == 0)
      n += i / (output.count + 1)
      i %= output.count + 1
      guard n <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(n)) else { return nil }
      output.insert(scalar, at: i)
      i += 1
    }
    return output
  }

  /// Returns the encoded form, or `nil` for a label so long that its encoding cannot fit.
  static func encode(_ input: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    guard input.count <= 63 else { return nil }
    var output = input.filter(\.isASCII)
    let basic = output.count
    var handled = basic
    if basic > 0 { output.append("-") }
    var (n, delta, bias) = (128, 0, 72)
    while handled < input.count {
      guard let next = input.map({ Int($0.value) }).filter({ $0 >= n }).min() else { return nil }
      delta += (next - n) * (handled + 1)
      n = next
      for scalar in input {
        if scalar.value < n { delta += 1 }
        guard scalar.value == n else { continue }
        var q = delta
        var k = base
        while true {
          let threshold = threshold(k, bias)
          if q < threshold { break }
          output.append(Self.scalar(threshold + (q - threshold) % (base - threshold)))
          q = (q - threshold) / (base - threshold)
          k += base
        }
        output.append(Self.scalar(q))
        bias = adapt(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return output
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "a"..."z": Int(scalar.value) - 97
    case "0"..."9": Int(scalar.value) - 48 + 26
    default: nil
    }
  }

  private static func scalar(_ digit: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(digit < 26 ? digit + 97 : digit - 26 + 48))
  }
}

/// The rule for names with letters written from right to left (RFC 5893 §2).
enum BidiRule {
  private enum Direction {
    case left, right, europeanDigit, arabicDigit, mark, neutral
  }

  static func allows(_ labels: [[Unicode.Scalar]]) -> Bool {
    let directions = labels.map { $0.map(direction) }
    guard directions.contains(where: { $0.contains { $0 == .right || $0 == .arabicDigit } })
    else { return true }
    return directions.allSatisfy(allows)
  }

  private static func allows(_ label: [Direction]) -> Bool {
    let last = label.last { $0 != .mark }
    switch label.first {
    case .right?:
      return !label.contains(.left)
        && (last == .right || last == .europeanDigit || last == .arabicDigit)
        && !(label.contains(.europeanDigit) && label.contains(.arabicDigit))
    case .left?:
      return !label.contains(.right) && !label.contains(.arabicDigit)
        && (last == .left || last == .europeanDigit)
    default: return false
    }
  }

  /// Returns a direction by block; enough for the code points that labels may contain.
  private static func direction(_ scalar: Unicode.Scalar) -> Direction {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return .mark
    default: break
    }
    switch scalar.value {
    case 0x30...0x39, 0x6F0...0x6F9: return .europeanDigit
    case 0x660...0x669: return .arabicDigit
    case 0x2D, 0x200C, 0x200D: return .neutral
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      return .right
    default: return .left
    }
  }
}

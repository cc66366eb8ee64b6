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

  /// By block; enough for the code points that labels may contain.
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

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The system's error numbers (errno(3)).
package enum ErrorNumber {
  /// Whether one means that nothing is there. Every other one means that something can't be read.
  package static func isAbsence(_ number: Int32) -> Bool { number == ENOENT || number == ENOTDIR }
}

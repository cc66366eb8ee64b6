// swift-tools-version: 6.2

import PackageDescription

// A package of its own: it compares with Foundation, which nothing under Sources may import.
// `package` access needs the sources themselves, so they are linked in below Sources.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "JSONParse",
  platforms: [.macOS(.v15)],
  targets: [
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8"),
    .target(name: "JSONText", swiftSettings: strict),
    .target(name: "JSONSchema", dependencies: ["JSONText", "CPCRE2"], swiftSettings: strict),
    .executableTarget(name: "JSONParse", dependencies: ["JSONText", "JSONSchema"]),
  ],
  swiftLanguageModes: [.v6]
)

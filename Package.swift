// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

let package = Package(
  name: "docket",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "docket", targets: ["docket"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0", traits: []),
  ],
  targets: [
    // C libraries, from the system's packages.
    .systemLibrary(
      name: "CLibgit2", pkgConfig: "libgit2",
      providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8",
      providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(
      name: "CCmarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev"]), .brew(["cmark-gfm"])]),

    // The layers, lowest first; docs/architecture.md draws them.
    .target(name: "JSONText", swiftSettings: strict),
    .target(name: "JSONSchema", dependencies: ["JSONText", "CPCRE2"], swiftSettings: strict),
    .target(
      name: "Git",
      dependencies: ["CLibgit2", .product(name: "Subprocess", package: "swift-subprocess")],
      swiftSettings: strict),
    .target(name: "Records", dependencies: ["JSONText", "JSONSchema"], swiftSettings: strict),
    .target(
      name: "Store",
      dependencies: [
        "Git", "Records", .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: strict),
    .target(name: "Importers", dependencies: ["Records", "CCmarkGFM"], swiftSettings: strict),
    .target(name: "Reports", dependencies: ["Records"], swiftSettings: strict),
    .executableTarget(
      name: "docket",
      dependencies: [
        "Importers", "Reports", "Store",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: strict, plugins: ["EmbedFiles"]),

    // Puts schema/ and hooks/ into the program.
    .executableTarget(name: "embed-files", swiftSettings: strict),
    .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["embed-files"]),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "JSONTextTests", dependencies: ["JSONText", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "JSONSchemaTests", dependencies: ["JSONSchema", "JSONText", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "GitTests", dependencies: ["Git", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "RecordsTests", dependencies: ["Records", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "StoreTests", dependencies: ["Store", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "ImportersTests", dependencies: ["Importers", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests", dependencies: ["docket", "TestSupport"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

// One file that starts like git, where the static libraries are installed:
//   DOCKET_STATIC=1 swift build -c release --product docket -Xswiftc -static-executable
// Dynamic otherwise, as are all tests; loading libgit2's transports takes ten times as long as
// opening a repository. `docs/architecture.md` has the figures.
let isStatic = Context.environment["DOCKET_STATIC"] == "1"
let staticLinking: [LinkerSetting] =
  isStatic
  ? [
    // See Sources/CTransportStubs.
    .unsafeFlags([
      "-Xlinker", "--wrap=mbedtls_x509_crt_parse_file", "-Xlinker", "--wrap=getpwuid_r",
      "-Xlinker", "--wrap=libssh2_init", "-Xlinker", "--wrap=mbedtls_havege_init",
      "-Xlinker", "--wrap=mbedtls_havege_random",
    ]),
    // What libgit2.a needs, in the order in which they need each other.
    .linkedLibrary("git2"), .linkedLibrary("mbedtls"), .linkedLibrary("mbedx509"),
    .linkedLibrary("mbedcrypto"), .linkedLibrary("http_parser"), .linkedLibrary("ssh2"),
    .linkedLibrary("crypto"), .linkedLibrary("pcre2-8"), .linkedLibrary("sqlite3"),
    .linkedLibrary("z"), .linkedLibrary("m"),
  ] : []

let package = Package(
  name: "docket",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "docket", targets: ["docket"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
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
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),

    // Stands in for libraries that a static libgit2 names and docket never uses, and for /proc.
    .target(name: "CTransportStubs"),

    // The layers, lowest first; docs/architecture.md draws them.
    .target(name: "Files", swiftSettings: strict),
    .target(name: "JSONText", swiftSettings: strict),
    .target(
      name: "JSONSchema", dependencies: ["JSONText", "CPCRE2"], swiftSettings: strict,
      plugins: ["EmbedFiles"]),
    .target(
      name: "Git",
      dependencies: [
        "CLibgit2", "Files", "JSONText",
      ]
        + (isStatic ? ["CTransportStubs"] : []),
      swiftSettings: strict),
    .target(
      name: "Records", dependencies: ["Files", "JSONText", "JSONSchema"], swiftSettings: strict),
    .target(
      name: "Cache", dependencies: ["Files", "JSONText", "Records", "CSQLite"],
      swiftSettings: strict),
    .target(
      name: "Store",
      dependencies: [
        "Files", "Git", "Records", "Cache",
      ],
      swiftSettings: strict),
    .target(name: "Importers", dependencies: ["Records", "CCmarkGFM"], swiftSettings: strict),
    .target(
      name: "Reports", dependencies: ["Records"], exclude: ["report.css"], swiftSettings: strict,
      plugins: ["EmbedFiles"]),
    .executableTarget(
      name: "docket",
      dependencies: [
        "Files", "Importers", "Reports", "Store",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict, linkerSettings: staticLinking, plugins: ["EmbedFiles"]),

    // Puts schema/, hooks/, demo/ and the style sheet into the program.
    .executableTarget(name: "embed-files", swiftSettings: strict),
    .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["embed-files"]),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "JSONTextTests", dependencies: ["JSONText", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "JSONSchemaTests", dependencies: ["JSONSchema", "JSONText", "TestSupport"],
      exclude: ["Messages.txt"], swiftSettings: strict),
    .testTarget(
      name: "GitTests", dependencies: ["Files", "Git", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "RecordsTests", dependencies: ["Files", "JSONSchema", "Records", "TestSupport"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "CacheTests", dependencies: ["JSONText", "Cache", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "StoreTests",
      dependencies: ["Files", "Git", "JSONText", "Cache", "Records", "Store", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ImportersTests", dependencies: ["Importers", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Files", "Reports", "TestSupport"],
      exclude: ["Snapshots"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "docket", "Files", "JSONSchema", "JSONText", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], exclude: ["Transcripts"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

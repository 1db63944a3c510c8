// swift-tools-version: 6.2

import PackageDescription

// A package of its own: it is built with libFuzzer, whose main function replaces the program's. See scripts/fuzz.
let package = Package(
  name: "Fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "fmnist-tui", path: "../..")],
  targets: [
    .executableTarget(
      name: "Fuzz",
      dependencies: [.product(name: "Readers", package: "fmnist-tui")],
      path: ".",
      exclude: ["Seeds"],
      swiftSettings: [.treatAllWarnings(as: .error), .unsafeFlags(["-parse-as-library"])])
  ],
  swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// The sanitizer that watches, if one does, as `scripts/test` says it.
let sanitizer = Context.environment["FMNIST_TUI_SANITIZER"]

/// What is shown takes no time worth optimising where a sanitizer watches: that would take longer.
let shown = sanitizer == nil ? strict : strict + [.unsafeFlags(["-Onone"])]

/// Where sanitizers slow everything down, what is tested is optimised; the tests themselves need not be, which takes long.
let tests: [SwiftSetting] = strict + [.unsafeFlags(["-Onone"], .when(configuration: .release))]

/// Elementary functions for what is drawn and told; what weights and results come from is in CKernels.
let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

/// The commit that is built, where who builds says it, as `scripts/build` does.
let commit = Context.environment["FMNIST_TUI_COMMIT"] ?? ""

let package = Package(
  name: "fmnist-tui",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "fmnist-tui", targets: ["fmnist-tui"]),
    .library(name: "NeuralNetwork", targets: ["NeuralNetwork"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "TerminalUI", targets: ["TerminalUI"]),
    .library(name: "Sessions", targets: ["Sessions"]),
    // For Tests/Fuzzing.
    .library(name: "Readers", targets: ["Dashboard", "Datasets", "Sessions"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    // Without its traits it needs no more of Foundation than the rest of the program.
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
  ],
  targets: [
    // Kernels are compiled optimised in debug builds too: the tests train real networks.
    .target(
      name: "CKernels",
      cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-Wall", "-Wextra", "-Werror"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    .target(
      name: "CNcurses",
      cSettings: [
        .unsafeFlags(["-Wall", "-Wextra", "-Werror"]), .define("PROGRAM_COMMIT", to: "\"\(commit)\""),
      ],
      linkerSettings: [.linkedLibrary("ncursesw")]),
    .target(name: "Messages", swiftSettings: strict),
    .target(name: "Platform", dependencies: ["CNcurses", "Messages"], swiftSettings: strict),
    .target(name: "NeuralNetwork", dependencies: ["CKernels", "Messages"], swiftSettings: strict),
    .target(
      name: "Datasets", dependencies: ["CCrypto", "CPNG", "CZlib", "Messages", "NeuralNetwork", "Platform"],
      swiftSettings: strict),
    .target(
      name: "Experiment", dependencies: ["Datasets", "Messages", "NeuralNetwork", "Platform", realModule],
      swiftSettings: strict),
    .target(
      name: "Training",
      dependencies: ["Datasets", "Experiment", "Messages", "NeuralNetwork", "Platform"],
      swiftSettings: strict),
    .target(
      name: "TerminalUI", dependencies: ["CNcurses", "Messages", "Platform", realModule],
      swiftSettings: shown),
    .target(
      name: "Sessions",
      dependencies: [
        "Datasets", "Experiment", "Messages", "NeuralNetwork", "Platform", "TerminalUI", "Training",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      exclude: ["ONNX/Messages/onnx.proto", "TensorBoard/Messages/event.proto"],
      swiftSettings: strict),
    .target(
      name: "Reports",
      dependencies: [
        "Datasets", "Experiment", "Messages", "NeuralNetwork", "Platform", "Sessions", "TerminalUI",
        "Training",
      ],
      swiftSettings: shown),
    .target(
      name: "Dashboard",
      dependencies: [
        "Datasets", "Experiment", "Messages", "NeuralNetwork", "Platform", "Reports", "Sessions",
        "TerminalUI",
        "Training",
      ],
      swiftSettings: shown),
    .executableTarget(
      name: "fmnist-tui",
      dependencies: [
        "Dashboard", "Datasets", "Experiment", "Messages", "NeuralNetwork", "Platform", "Reports", "Sessions",
        "TerminalUI", "Training",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: shown),

    .target(
      name: "TestSupport", dependencies: ["Datasets", "Experiment", "Messages", "Sessions", "TerminalUI"],
      path: "Tests/TestSupport", swiftSettings: tests),
    .testTarget(
      name: "NeuralNetworkTests",
      dependencies: ["NeuralNetwork", "CKernels", "Messages"],
      resources: [.copy("Fixtures")],
      // They compute the same in plain loops.
      swiftSettings: strict),
    .testTarget(name: "MessagesTests", dependencies: ["Messages"], swiftSettings: tests),
    .testTarget(
      name: "PlatformTests", dependencies: ["Messages", "Platform", "TestSupport"], swiftSettings: tests),
    .testTarget(
      name: "DatasetsTests",
      dependencies: [
        "Datasets", "CZlib", "Experiment", "Messages", "NeuralNetwork", "Platform", "TestSupport", "Training",
      ],
      resources: [.copy("Fixtures")],
      swiftSettings: tests),
    .testTarget(
      name: "ExperimentTests",
      dependencies: ["Datasets", "Experiment", "Messages", "NeuralNetwork", "TestSupport"],
      swiftSettings: tests),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["Training", "Datasets", "NeuralNetwork", "Experiment", "Platform"],
      swiftSettings: tests),
    .testTarget(
      name: "SessionsTests",
      dependencies: [
        "Sessions", "Datasets", "Experiment", "Messages", "NeuralNetwork", "Platform", "TerminalUI",
        "TestSupport",
        "Training",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      exclude: ["Python"],
      resources: [.copy("Fixtures")],
      swiftSettings: tests),
    .testTarget(
      name: "TerminalUITests", dependencies: ["CNcurses", "Messages", "Platform", "TerminalUI"],
      swiftSettings: tests),
    .testTarget(
      name: "DashboardTests",
      dependencies: [
        "Dashboard", "Datasets", "Experiment", "Messages", "NeuralNetwork", "Platform", "Reports", "Sessions",
        "TerminalUI", "TestSupport", "Training",
      ],
      exclude: ["Frames"],
      swiftSettings: tests),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "fmnist-tui", "Dashboard", "Datasets", "Experiment", "Messages", "NeuralNetwork", "Platform",
        "Reports",
        "Sessions", "TerminalUI", "TestSupport", "Training",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: tests),
    .testTarget(
      name: "ExamplesTests",
      dependencies: ["Datasets", "NeuralNetwork", "Sessions", "TerminalUI", "TestSupport", "fmnist-tui"],
      swiftSettings: tests),
  ],
  swiftLanguageModes: [.v6]
)

if let sanitizer {
  // It takes long and finds nothing in screens: they are values without threads and without unsafe pointers, which the
  // compiler checks.
  var unwatched: Set = ["DashboardTests", "TerminalUITests"]
  // Whatever handles memory by hand has tests of its own: the commands would only call it all once more.
  if sanitizer == "address" {
    unwatched.formUnion(["CommandLineTests", "Dashboard", "ExamplesTests", "Reports", "fmnist-tui"])
    package.products.removeAll { ["fmnist-tui", "Readers"].contains($0.name) }
  }
  package.targets.removeAll { unwatched.contains($0.name) }
}

// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "fmnist-tui",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "fmnist-tui", targets: ["fmnist-tui"]),
    // For Tests/Fuzzing.
    .library(name: "Readers", targets: ["Dashboard", "Datasets", "RunLog"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    // Without its traits it needs no more of Foundation than the rest of the program.
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
  ],
  targets: [
    // Kernels are compiled optimised in debug builds too: the tests train real networks.
    .target(
      name: "CKernels",
      cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-Wall", "-Wextra", "-Werror"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    .target(name: "CPlatform", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
    .target(name: "Platform", dependencies: ["CPlatform"], swiftSettings: strict),
    .target(name: "NeuralNetwork", dependencies: ["CKernels"], swiftSettings: strict),
    .target(name: "Datasets", dependencies: ["CCrypto", "CPNG", "CZlib"], swiftSettings: strict),
    .target(name: "TrainingEvents", swiftSettings: strict),
    .target(
      name: "Training",
      dependencies: ["Datasets", "NeuralNetwork", "TrainingEvents"],
      swiftSettings: strict),
    .target(
      name: "RunLog",
      dependencies: [
        "Platform", "TrainingEvents", .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      exclude: ["ONNX/Messages/onnx.proto", "TensorBoard/Messages/event.proto"],
      swiftSettings: strict),
    .target(name: "TerminalUI", dependencies: ["Platform"], swiftSettings: strict),
    .target(
      name: "CNcurses",
      cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
      linkerSettings: [.linkedLibrary("ncursesw")]),
    .target(name: "Dashboard", dependencies: ["TerminalUI", "TrainingEvents"], swiftSettings: strict),
    .executableTarget(
      name: "fmnist-tui",
      dependencies: [
        "CNcurses", "Dashboard", "Datasets", "NeuralNetwork", "Platform", "RunLog", "TerminalUI",
        "Training", "TrainingEvents",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["TerminalUI"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "NeuralNetworkTests",
      dependencies: ["NeuralNetwork", "CKernels"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(name: "PlatformTests", dependencies: ["Platform"], swiftSettings: strict),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "CZlib"], swiftSettings: strict),
    .testTarget(
      name: "TrainingEventsTests", dependencies: ["TrainingEvents"], swiftSettings: strict),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["Training", "Datasets", "NeuralNetwork", "TrainingEvents"],
      swiftSettings: strict),
    .testTarget(
      name: "RunLogTests",
      dependencies: [
        "RunLog", "TrainingEvents", .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      exclude: ["Python"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalUITests", dependencies: ["CPlatform", "Platform", "TerminalUI"], swiftSettings: strict),
    .testTarget(
      name: "DashboardTests", dependencies: ["Dashboard", "TerminalUI", "TestSupport", "TrainingEvents"],
      exclude: ["Frames"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "fmnist-tui", "Datasets", "NeuralNetwork", "RunLog", "TerminalUI", "Training", "TrainingEvents",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

internal import ArgumentParser

@main
struct FMNISTTUI: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmnist-tui", abstract: "Train small networks on Fashion-MNIST and see what dropout does.",
    version: "0.1.0")
}

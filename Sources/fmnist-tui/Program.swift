import ArgumentParser
import Datasets

/// The program: its subcommands, and the one place where errors become messages and exit statuses.
@main
struct Program: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmnist-tui",
    abstract: "Train MLPs on Fashion-MNIST, with and without dropout side by side.",
    discussion: """
      Without a subcommand it trains: 'fmnist-tui --epochs 2' is short for 'fmnist-tui train --epochs 2'. \
      'fmnist-tui train --help' lists every option.

      EXAMPLES:
        fmnist-tui                             the default experiment
        fmnist-tui --epochs 2                  the same, shorter
        fmnist-tui --versus weight-decay=1e-4  dropout with and without weight decay
        fmnist-tui data info                   which data is used

      EXIT STATUS:
      \(ProgramStatus.helpText)
      """,
    version: "0.1.0",
    subcommands: [TrainCommand.self],
    defaultSubcommand: TrainCommand.self)

  static func main() {
    StandardStream.prepare()
    exit(withError: ExitCode(run(Array(CommandLine.arguments.dropFirst()))))
  }

  /// Carries out a command line and returns the exit status.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
      return ProgramStatus.success.rawValue
    } catch {
      return report(error)
    }
  }

  /// Help and versions, which the parser throws too, go to standard output; all else to standard error.
  ///
  /// A reader that went away is told nothing: who closes a pipe has read enough.
  private static func report(_ error: any Error) -> Int32 {
    if let failure = error as? Failure {
      if failure.status != .closedPipe {
        try? StandardStream.error.write(lines: ["Error: \(failure.message)"])
      }
      return failure.status.rawValue
    }
    if let error = error as? DatasetError { return report(Failure(error)) }
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    guard code.isSuccess else {
      if !message.isEmpty { try? StandardStream.error.write(lines: [message]) }
      return code.rawValue
    }
    do {
      try StandardStream.output.write(lines: [message])
      return code.rawValue
    } catch {
      return report(Failure(error))
    }
  }
}

/// Why the program cannot do what it was asked to.
struct Failure: Error {
  /// The program's exit status.
  var status: ProgramStatus
  /// What happened and what to do.
  var message: String
}

extension Failure {
  /// Data that cannot be used.
  init(_ error: DatasetError) {
    let status: ProgramStatus =
      switch error.kind {
      case .missing: .missingInput
      case .invalid: .badData
      }
    self.init(status: status, message: error.description)
  }

  /// A failure to write.
  init(_ error: WriteError) {
    self.init(status: error.status, message: error.description)
  }
}

extension WriteError {
  /// The exit status that tells of the error.
  var status: ProgramStatus {
    switch self {
    case .closedPipe: .closedPipe
    case .failed: .cannotWrite
    }
  }
}

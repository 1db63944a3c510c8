import Datasets
import Platform
import RunLog

/// Why the program cannot do what it was asked to.
struct Failure: Error {
  /// The program's exit status.
  var status: ProgramStatus
  /// What happened and what to do; `nil` if nobody needs to be told.
  var message: String?
}

extension Failure {
  /// The failure that an error of the program's own means, or `nil` for one of the command line parser.
  init?(known error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as DatasetError: self.init(error)
    case let error as RunLogError: self.init(error)
    case let error as WriteError: self.init(error)
    default: return nil
    }
  }

  /// Data or a picture that cannot be used.
  init(_ error: DatasetError) {
    self.init(status: error.kind == .missing ? .missingInput : .badData, message: error.description)
  }

  /// A run's folder that cannot be used.
  init(_ error: RunLogError) {
    let status: ProgramStatus =
      switch error.kind {
      case .missing: .missingInput
      case .invalid, .newer: .badData
      case .taken: .cannotCreate
      case .unwritable: .cannotWrite
      }
    self.init(status: status, message: error.description)
  }

  /// A failure to write; a reader that went away has read enough and is told nothing.
  init(_ error: WriteError) {
    switch error {
    case .closedPipe: self.init(status: .closedPipe, message: nil)
    case .failed: self.init(status: .cannotWrite, message: error.description)
    }
  }
}

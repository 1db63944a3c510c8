package import Datasets
package import Experiment
package import Platform

extension Failure {
  /// The failure that an error of the program's own means, or `nil` for one of the command line parser.
  package init?(known error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as DatasetError: self.init(error)
    case let error as RunLogError: self.init(error)
    case let error as ConfigurationError: self.init(error)
    case let error as WriteError: self.init(error)
    default: return nil
    }
  }

  /// A setting that no run can have.
  package init(_ error: ConfigurationError) { self.init(status: .usage, message: error.description) }

  /// Data or a picture that cannot be used.
  package init(_ error: DatasetError) {
    self.init(status: error.kind == .missing ? .missingInput : .badData, message: error.description)
  }

  /// A run's folder that cannot be used.
  package init(_ error: RunLogError) {
    let status: ProgramStatus =
      switch error.kind {
      case .missing, .unreadable: .missingInput
      case .invalid, .older, .newer: .badData
      case .taken, .uncreatable: .cannotCreate
      case .unwritable: .cannotWrite
      }
    self.init(status: status, message: error.description)
  }
}

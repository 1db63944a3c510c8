/// The numbers with which the program ends: those of `sysexits.h`, and 128 plus the signal after a signal.
package enum ProgramStatus: Int32, CaseIterable, Sendable {
  case success = 0
  case targetNotMet = 1
  case usage = 64
  case badData = 65
  case missingInput = 66
  case unavailable = 69
  case internalError = 70
  case cannotCreate = 73
  case cannotWrite = 74
  case hungUp = 129
  case interrupted = 130
  case limitNear = 138
  case closedPipe = 141
  case terminated = 143
  case outOfTime = 152

  /// What the number tells whoever started the program.
  package var meaning: String {
    switch self {
    case .success: "done"
    case .targetNotMet: "--fail-under or --baseline was not met, or a run diverged"
    case .usage: "an option or its value is wrong"
    case .badData: "the data is damaged or not what it should be, or a run's folder is damaged"
    case .missingInput: "the data or the run was not found"
    case .unavailable: "a download did not succeed"
    case .internalError: "a run failed for another reason"
    case .cannotCreate: "a file could not be created"
    case .cannotWrite: "output could not be written (disk full, output closed)"
    case .hungUp: "ended by SIGHUP, after the table so far"
    case .limitNear: "a job of a cluster ended by SIGUSR1, before its time was over"
    case .interrupted: "ended by Ctrl-C, after the table so far"
    case .closedPipe: "the reader of the output went away"
    case .terminated: "ended by SIGTERM, after the table so far"
    case .outOfTime: "ended by the limit of processor time, after the table so far"
    }
  }

  /// One line for each status, for the help text.
  package static var helpText: String {
    allCases.map { status in
      let number = "  \(status.rawValue)"
      return number + String(repeating: " ", count: 7 - number.count) + status.meaning
    }.joined(separator: "\n")
  }
}

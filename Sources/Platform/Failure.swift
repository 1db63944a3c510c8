/// Why the program cannot do what it was asked to.
package struct Failure: Error {
  /// The program's exit status.
  package var status: ProgramStatus
  /// What happened and what to do; `nil` if nobody needs to be told.
  package var message: String?

  /// A failure that ends the program with `status`.
  package init(status: ProgramStatus, message: String?) {
    self.status = status
    self.message = message?.shortened
  }

  /// A failure to write; a reader that went away has read enough and is told nothing.
  package init(_ error: WriteError) {
    switch error {
    case .closedPipe: self.init(status: .closedPipe, message: nil)
    case .failed: self.init(status: .cannotWrite, message: error.description)
    }
  }
}

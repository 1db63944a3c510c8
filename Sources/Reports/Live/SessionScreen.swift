package import Experiment
internal import Messages
package import Platform

/// Lines on standard output, progress and errors on standard error, tidy when both are one terminal.
package struct SessionScreen {
  private var display: ProgressDisplay?
  private var drawnAt = -1.0
  private var isDrawn = false
  private let sharesTerminal = StandardStream.output.isTerminal

  /// A screen with progress bars if there is a `display`.
  package init(display: ProgressDisplay?) {
    self.display = display
  }

  /// Tells the bars how far the runs are.
  package mutating func update(_ session: SessionState, at seconds: Double) {
    display?.update(session, at: seconds)
  }

  /// Writes lines of standard output.
  package mutating func write(_ lines: [String]) throws(WriteError) {
    guard !lines.isEmpty else { return }
    if sharesTerminal { erase() }
    try StandardStream.output.write(lines: lines)
  }

  /// Writes an error message.
  package mutating func alert(_ message: String) { warn(says("Error: \(message)", "错误：\(message)")) }

  /// Tells a person a line that is no result.
  package mutating func warn(_ line: String) {
    erase()
    try? StandardStream.error.write(lines: [line])
  }

  /// Tells a person at the terminal that the first Ctrl-C was heard, on a line of its own after `^C`.
  package mutating func acknowledgeInterruption() {
    guard StandardStream.error.isTerminal else { return }
    if display == nil { try? StandardStream.error.write(verbatim: "\n") }
    erase()
    try? StandardStream.error.write(lines: [
      says("Stopping after this step; once more quits at once.", "这一步之后停止；再按一次立即退出。")
    ])
  }

  /// Draws the bars anew, at most ten times a second unless they were erased.
  package mutating func refresh(at seconds: Double) {
    guard !isDrawn || seconds - drawnAt >= 0.1 else { return }
    draw(at: seconds)
  }

  /// Draws the bars for the last time and leaves them on the screen.
  package mutating func keep(at seconds: Double) {
    draw(at: seconds)
    writeProgress(display?.keep())
    display = nil
  }

  private mutating func draw(at seconds: Double) {
    writeProgress(display?.draw(at: seconds, columns: StandardStream.error.columns))
    drawnAt = seconds
    isDrawn = true
  }

  private mutating func erase() {
    writeProgress(display?.erase(columns: StandardStream.error.columns))
    isDrawn = false
  }

  /// Progress that cannot be shown is no reason to stop training.
  private mutating func writeProgress(_ text: String?) {
    guard let text, !text.isEmpty else { return }
    do {
      try StandardStream.error.write(verbatim: text)
    } catch {
      display = nil
    }
  }
}

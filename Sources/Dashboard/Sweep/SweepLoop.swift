package import Experiment
package import TerminalUI

/// Shows a sweep on a screen and listens to the keys, a turn at a time.
package struct SweepLoop<Display: Screen> {
  private static var frameSeconds: Double { 1.0 / 20 }
  /// How long it waits for a key once nothing moves: a signal may come just before it begins to wait.
  private static var idleSeconds: Double { 0.25 }

  /// The screen that it shows the sweep on.
  package private(set) var screen: Display
  private var drawn: (state: SweepState, width: Int, height: Int)?
  private var latest: Double?
  /// Seconds that were no pause.
  private var activeSeconds = 0.0

  /// A loop that has shown nothing yet.
  package init(screen: Display) {
    self.screen = screen
  }

  /// Draws `state` with what has become of the sweep, if anything has changed, and answers a key if one comes soon;
  /// returns whether the person leaves.
  package mutating func turn(_ state: inout SweepState, progress: SweepProgress, at seconds: Double) -> Bool {
    if !state.isPaused { activeSeconds += seconds - (latest ?? seconds) }
    latest = seconds
    state.update(progress, at: activeSeconds)
    let size = screen.size
    state.closeHelp(behindLastPageOf: size.width, size.height)
    if drawn.map({ $0.state != state || $0.width != size.width || $0.height != size.height }) ?? true {
      screen.present(state.render(width: size.width, height: size.height))
      drawn = (state, size.width, size.height)
    }
    let isIdle = progress.isComplete || state.isPaused
    let timeout = isIdle ? Self.idleSeconds : Self.frameSeconds
    return screen.readKey(timeout: timeout).map { state.press($0) } ?? false
  }
}

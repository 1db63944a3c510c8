package import Experiment
package import TerminalUI

/// Shows a sweep on a screen and listens to the keys, a turn at a time.
package struct SweepLoop<Display: Screen> {
  private var shown: ShownScreen<Display, SweepState>
  private var latest: Double?
  /// Seconds that were no pause.
  private var activeSeconds = 0.0

  /// A loop that has shown nothing yet.
  package init(screen: Display) {
    shown = ShownScreen(screen)
  }

  /// The screen that it shows the sweep on.
  package var screen: Display { shown.screen }

  /// Draws `state` with what has become of the sweep, if anything has changed, and answers a key if one comes soon;
  /// returns whether the person leaves.
  package mutating func turn(_ state: inout SweepState, progress: SweepProgress, at seconds: Double) -> Bool {
    if !state.isPaused { activeSeconds += seconds - (latest ?? seconds) }
    latest = seconds
    state.update(progress, at: activeSeconds)
    _ = shown.show(&state)
    return shown.readKey(isIdle: progress.isComplete || state.isPaused).map { state.press($0) } ?? false
  }
}

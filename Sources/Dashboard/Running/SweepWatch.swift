import Experiment
internal import Messages
package import Platform
import Reports
package import Sessions
package import TerminalUI

/// Shows the map of a sweep that others make, and reads now and then what has become of it.
package struct SweepWatch {
  /// Reading takes at most this share of the time, however many results there are.
  private static let share = 0.1
  private static let leastInterval = 2.0

  private let sweep: FoundSweep
  private let traits: TerminalTraits

  /// For a sweep that was begun.
  package init(_ sweep: FoundSweep, traits: TerminalTraits) {
    self.sweep = sweep
    self.traits = traits
  }

  /// Shows it until the person leaves.
  ///
  /// - Throws: `Failure` if the folder cannot be read, or there is no terminal to show it on.
  package func run() throws(Failure) {
    var kept = try KeptSweep(reading: sweep)
    guard let screen = NcursesScreen.open(traits) else {
      throw Failure(
        status: .usage,
        message: says(
          "There is no terminal to show the map on. 'fmnist-tui sweep status' tells how far it is.",
          "没有可显示图的终端。'fmnist-tui sweep status' 说明进度。"))
    }
    defer { screen.close() }
    var progress = kept.progress
    var state = SweepState(
      progress, caption: "", settings: SettingsFile(environment: Environment.variables).settings,
      terminalGlyphs: traits.glyphs, terminalColors: traits.colors, isWatching: true)
    var loop = SweepLoop(screen: screen)
    let (clock, start) = (ContinuousClock(), ContinuousClock.now)
    var next = 0.0
    while Interruption.signal == nil {
      let now = (clock.now - start).inSeconds
      if now >= next, !progress.isComplete || next == 0 {
        kept = try KeptSweep(reading: sweep)
        progress = kept.progress
        state.caption = Self.caption(kept, progress)
        let end = (clock.now - start).inSeconds
        next = end + max(Self.leastInterval, (end - now) / Self.share)
      }
      if loop.turn(&state, progress: progress, at: now) { return }
    }
  }

  private static func caption(_ kept: KeptSweep, _ progress: SweepProgress) -> String {
    let atWork = SweepHeartbeat.all(in: kept.folder).count { $0.age < SweepHeartbeat.patience }
    let (over, all) = (NumberText.grouped(progress.results.count), NumberText.grouped(progress.runs.count))
    return says(
      "\(over) of \(all) runs · " + (atWork == 1 ? "1 worker" : "\(atWork) workers"),
      "\(over)/\(all) 个运行 · \(atWork) 个工作进程")
  }
}

import TerminalUI
import TrainingEvents

/// The progress of every run, drawn in place at the bottom of a terminal.
///
/// A pure value: it takes events, times and sizes, and returns what to write.
struct ProgressDisplay: Sendable {
  private struct Run: Sendable {
    var name: String
    var total = 0
    var step = 0
    var speed = SpeedEstimate()
    var startedAt: Double?
    var endedAt: Double?
  }

  private let traits: TerminalTraits
  private var runs: [Run]
  private var drawnWidths: [Int] = []
  private var drawnColumns = 0

  init(names: [String], traits: TerminalTraits) {
    self.traits = traits
    runs = names.map { Run(name: $0) }
  }

  /// Takes in what happened, at `seconds` on any steady clock.
  mutating func record(_ event: TrainingEvent, at seconds: Double) {
    let index = event.run.index
    guard runs.indices.contains(index) else { return }
    switch event {
    case .runStarted(let event):
      runs[index].total = event.totalSteps
      runs[index].startedAt = seconds
      runs[index].speed.record(completed: 0, at: seconds)
    case .stepsCompleted(let event): runs[index].step = event.position.step
    case .epochEvaluated(let event): runs[index].step = event.position.step
    case .runEnded: runs[index].endedAt = seconds
    case .settingChanged(let change) where change.setting == .epochs && change.oldValue > 0:
      runs[index].total = Int(Double(runs[index].total) / change.oldValue * change.newValue)
    case .testPredicted, .layersObserved, .imagesExamined, .uncertaintyMeasured, .settingChanged, .paused,
      .resumed:
      break
    }
  }

  /// The bytes that draw all runs, over the former drawing if there is one.
  mutating func draw(at seconds: Double, columns: Int) -> String {
    let start = columns == drawnColumns ? moveToStart(columns: columns) : erase(columns: columns)
    let width = max(0, columns - 1)
    let descriptionWidth = min(runs.map(\.name.count).max() ?? 0, columns * 2 / 5)
    for index in runs.indices where runs[index].startedAt != nil && runs[index].endedAt == nil {
      runs[index].speed.record(completed: Double(runs[index].step), at: seconds)
    }
    let drawings = runs.indices.map {
      line($0).drawing(descriptionWidth: descriptionWidth, width: width, traits: traits)
    }
    drawnWidths = drawings.map(\.width)
    drawnColumns = columns
    return start + drawings.map { $0.text + "\u{1B}[K" }.joined(separator: "\r\n")
  }

  /// The bytes that take the drawing away and leave the cursor where it began.
  mutating func erase(columns: Int) -> String {
    guard !drawnWidths.isEmpty else { return "" }
    let start = moveToStart(columns: columns)
    drawnWidths = []
    return start + "\u{1B}[J"
  }

  /// A terminal that became narrower has wrapped the old lines into more rows.
  private func moveToStart(columns: Int) -> String {
    guard !drawnWidths.isEmpty else { return "" }
    let rows = drawnWidths.map { max(1, ($0 + columns - 1) / max(1, columns)) }.reduce(0, +)
    return (rows > 1 ? "\u{1B}[\(rows - 1)A" : "") + "\r"
  }

  /// The bytes that leave the drawing on the screen and go to the line after it.
  mutating func keep() -> String {
    guard !drawnWidths.isEmpty else { return "" }
    drawnWidths = []
    return "\r\n"
  }

  private func line(_ index: Int) -> ProgressLine {
    let run = runs[index]
    let share = run.total > 0 ? Double(run.step) / Double(run.total) : 0
    let seconds: Double? =
      if let start = run.startedAt, let end = run.endedAt {
        end - start
      } else {
        run.speed.secondsRemaining(total: Double(run.total))
      }
    return ProgressLine(description: run.name, share: share, seconds: seconds, index: index)
  }
}

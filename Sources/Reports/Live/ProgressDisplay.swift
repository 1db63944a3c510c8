package import Experiment
import Platform
package import TerminalUI

/// The progress of every run, or of every side where runs are repeated, drawn in place at the bottom of a terminal.
///
/// A pure value: it takes the state of the runs, times and sizes, and returns what to write.
package struct ProgressDisplay: Sendable {
  private struct Run: Hashable, Sendable {
    package var total = 0
    package var step = 0
    package var startedAt: Double?
    package var endedAt: Double?
  }

  /// A bar: what progresses, and the indices of its runs.
  private struct Bar: Sendable {
    package var name: String
    package var runs: [Int]
    package var speed = SpeedEstimate()
  }

  private let traits: TerminalTraits
  private var runs: [Run]
  private var bars: [Bar]
  private var drawnWidths: [Int] = []
  private var drawnColumns = 0

  /// A bar for each of `names`, of the runs at the indices in `runs`; by default each of one run.
  package init(names: [String], runs: [[Int]]? = nil, traits: TerminalTraits) {
    self.traits = traits
    bars = zip(names, runs ?? names.indices.map { [$0] }).map { Bar(name: $0.printable, runs: $1) }
    self.runs = Array(repeating: Run(), count: bars.reduce(0) { $0 + $1.runs.count })
  }

  /// Takes in how far the runs are, at `seconds` on any steady clock.
  package mutating func update(_ session: SessionState, at seconds: Double) {
    for index in runs.indices {
      let history = session[RunID(index)]
      guard history.started != nil || history.ended != nil else { continue }
      runs[index].total = history.totalSteps
      runs[index].step = history.step
      runs[index].endedAt = history.ended == nil ? nil : runs[index].endedAt ?? seconds
      guard history.started != nil, runs[index].startedAt == nil else { continue }
      runs[index].startedAt = seconds
      for bar in bars.indices where bars[bar].runs.contains(index) {
        bars[bar].speed.record(completed: Double(step(of: bars[bar])), at: seconds)
      }
    }
  }

  /// The bytes that draw all runs, over the former drawing if there is one.
  package mutating func draw(at seconds: Double, columns: Int) -> String {
    let start = columns == drawnColumns ? moveToStart(columns: columns) : erase(columns: columns)
    let width = max(0, columns - 1)
    let descriptionWidth = min(bars.map(\.name.cellWidth).max() ?? 0, columns * 2 / 5)
    for index in bars.indices where !isEnded(bars[index]) {
      guard runs(of: bars[index]).contains(where: { $0.startedAt != nil }) else { continue }
      bars[index].speed.record(completed: Double(step(of: bars[index])), at: seconds)
    }
    let drawings = bars.indices.map {
      line($0).drawing(descriptionWidth: descriptionWidth, width: width, traits: traits)
    }
    drawnWidths = drawings.map(\.width)
    drawnColumns = columns
    return start + drawings.map { $0.text + "\u{1B}[K" }.joined(separator: "\r\n")
  }

  /// The bytes that take the drawing away and leave the cursor where it began.
  package mutating func erase(columns: Int) -> String {
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
  package mutating func keep() -> String {
    guard !drawnWidths.isEmpty else { return "" }
    drawnWidths = []
    return "\r\n"
  }

  private func line(_ index: Int) -> ProgressLine {
    let bar = bars[index]
    let runs = runs(of: bar)
    let total = runs.reduce(0) { $0 + $1.total }
    let share = total > 0 ? Double(step(of: bar)) / Double(total) : 0
    let seconds: Double? =
      if isEnded(bar), let start = runs.compactMap(\.startedAt).min(),
        let end = runs.compactMap(\.endedAt).max()
      {
        end - start
      } else {
        bar.speed.secondsRemaining(total: Double(total))
      }
    return ProgressLine(description: bar.name, share: share, seconds: seconds, index: index)
  }

  private func runs(of bar: Bar) -> [Run] { bar.runs.map { runs[$0] } }
  private func step(of bar: Bar) -> Int { runs(of: bar).reduce(0) { $0 + $1.step } }
  private func isEnded(_ bar: Bar) -> Bool { runs(of: bar).allSatisfy { $0.endedAt != nil } }
}

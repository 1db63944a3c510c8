internal import Experiment
import Reports
internal import TerminalUI

/// What has happened in the session, the latest at the end: starts, forks, changes, pauses, ends and what was told.
struct LogPage: Page {
  static let title = "Log"
  static let key: Character = "L"
  static let coversRuns = true

  /// A line of the log.
  private struct Entry: Hashable {
    /// Seconds since the start; `nil` for what was over before the dashboard began.
    var seconds: Double?
    /// The run that it is about, if it is about one.
    var run: RunID?
    var step: Int?
    var what: String
  }

  /// The most lines that are kept.
  private static let capacity = 1000

  private var entries: [Entry] = []
  /// Lines below the last one that is shown.
  private var below = 0
  /// The message that was told last.
  private var told = ""

  static let bindings: [Keys] = [
    Keys(.up, .down, footer: "scroll", help: "older or newer lines") { $0.page.scroll(by: $1) },
    Keys(.pageUp, .pageDown, help: "ten lines on") { $0.page.scroll(by: 10 * $1) },
    Keys(.home, .end, help: "the first or last line") { $0.page.scroll(by: LogPage.capacity * $1) },
  ]

  private mutating func scroll(by lines: Int) {
    below = min(max(0, below - lines), max(0, entries.count - 1))
  }

  mutating func point(_ key: Key, in area: Rect, state: inout DashboardState) {
    switch key {
    case .wheelUp: scroll(by: -1)
    case .wheelDown: scroll(by: 1)
    default: break
    }
  }

  mutating func update(after event: TrainingEvent?, in state: DashboardState) {
    defer { told = state.message }
    if let event {
      guard let (step, what) = Self.line(about: event) else { return }
      // When the runs of a folder did it is not when it was read.
      let seconds = state.origin == .folders ? nil : state.seconds
      append(Entry(seconds: seconds, run: event.run, step: step, what: what))
    } else if !state.message.isEmpty, state.message != told {
      append(Entry(seconds: state.seconds, what: state.message))
    }
  }

  private mutating func append(_ entry: Entry) {
    entries.append(entry)
    // Who looks at older lines goes on seeing them.
    if below > 0 { below += 1 }
    if entries.count > Self.capacity { entries.removeFirst() }
    below = min(below, entries.count - 1)
  }

  /// What an event is in the log, and after which step; `nil` for the figures, which have pages of their own.
  private static func line(about event: TrainingEvent) -> (step: Int?, what: String)? {
    let position = event.position
    switch event.kind {
    case .runStarted(let start):
      let fork = start.forkedFrom.map { ", forked from \($0.run.letter)" } ?? ""
      return (start.forkedFrom?.step ?? 0, "begins: \(start.name)\(fork)")
    case .settingChanged(let change):
      return (position.step, Positioned(change, at: position).summary)
    case .paused: return (position.step, "pauses")
    case .resumed: return (position.step, "goes on")
    case .runRenamed(let renamed): return (nil, "is called \(renamed.name) now")
    case .runRemoved: return (nil, "is removed")
    case .runEnded(let ended):
      switch ended.reason {
      case .completed: return (position.step, "is complete after epoch \(position.epoch)")
      case .stopped: return (position.step, "is stopped in epoch \(position.epoch)")
      case .diverged(let message), .failed(let message): return (position.step, message)
      }
    default: return nil
    }
  }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let inside = area.inset(by: 1)
    let last = entries.count - below
    let first = max(0, min(last, entries.count) - max(0, inside.height - 1))
    let shown = entries[first..<max(first, last)]
    let place = entries.isEmpty ? "" : ", \(first + 1) to \(last) of \(NumberText.grouped(entries.count))"
    surface.drawFrame(area, title: "log\(place)", glyphs: state.glyphs)
    guard !inside.isEmpty else { return }
    let (step, what) = (inside.x + 21, inside.x + 23)
    surface.write("time", endingAt: inside.x + 8, y: inside.y, style: .dim)
    surface.write("run", x: inside.x + 10, y: inside.y, style: .dim)
    surface.write("step", endingAt: step, y: inside.y, style: .dim)
    surface.write("what", x: what, y: inside.y, style: .dim)
    for (row, entry) in shown.enumerated() {
      let y = inside.y + 1 + row
      surface.write(
        state.plain(entry.seconds.map(NumberText.clock) ?? "–"), endingAt: inside.x + 8, y: y, style: .dim)
      if let run = entry.run, state.runs.indices.contains(run.index) {
        let lead = state.lead(of: state.runs[run.index])
        surface.put(lead.mark(in: state.glyphs), x: inside.x + 10, y: y, style: lead.style)
        surface.write(run.letter, x: inside.x + 12, y: y)
      }
      if let number = entry.step { surface.write(NumberText.grouped(number), endingAt: step, y: y) }
      surface.write(state.plain(entry.what), x: what, y: y, limit: inside.maxX)
    }
  }
}

internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// What has happened in the session, the latest at the end: starts, forks, changes, pauses, ends and what was told.
struct LogPage: Page {
  static let title = "Log"
  static var name: String { says("Log", "日志") }
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
    Keys(.up, .down, footer: says("scroll", "滚动"), help: says("older or newer lines", "更早或更新的行")) {
      $0.page.scroll(by: $1)
    },
    Keys(.pageUp, .pageDown, help: says("ten lines on", "翻十行")) { $0.page.scroll(by: 10 * $1) },
    Keys(.home, .end, help: says("the first or last line", "第一行或最后一行")) {
      $0.page.scroll(by: LogPage.capacity * $1)
    },
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
      let fork =
        start.forkedFrom.map { says(", forked from \($0.run.letter)", "，自 \($0.run.letter) 分支") } ?? ""
      let name = RunName.shown(start.name)
      return (
        start.forkedFrom?.step ?? 0, says("begins: \(name)\(fork)", "开始：\(name)\(fork)")
      )
    case .settingChanged(let change):
      return (position.step, Positioned(change, at: position).summary)
    case .paused: return (position.step, says("pauses", "暂停"))
    case .resumed: return (position.step, says("goes on", "继续"))
    case .runRenamed(let renamed): return (nil, says("is called \(renamed.name) now", "改名为 \(renamed.name)"))
    case .runRemoved: return (nil, says("is removed", "已移除"))
    case .runEnded(let ended):
      switch ended.reason {
      case .completed:
        return (
          position.step,
          says("is complete after epoch \(position.epoch)", "已完成，第 \(position.epoch) 轮之后")
        )
      case .stopped:
        return (
          position.step, says("is stopped in epoch \(position.epoch)", "已停止，在第 \(position.epoch) 轮")
        )
      case .diverged, .failed: return (position.step, ended.reason.told ?? "")
      }
    default: return nil
    }
  }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let inside = area.inset(by: 1)
    let (step, what) = (inside.x + 21, inside.x + 23)
    let last = entries.count - below
    var first = last
    var shown: [(entry: Entry, lines: [String])] = []
    var room = max(0, inside.height - 1)
    while first > 0, room > 0 {
      let entry = entries[first - 1]
      let lines = TextWrap.lines(state.plain(entry.what), width: max(1, inside.maxX - what))
      guard lines.count <= room || shown.isEmpty else { break }
      shown.insert((entry, lines), at: 0)
      first -= 1
      room -= lines.count
    }
    let count = NumberText.grouped(entries.count)
    let place =
      entries.isEmpty
      ? "" : says(", \(first + 1) to \(last) of \(count)", "，第 \(first + 1) 至 \(last) 行，共 \(count) 行")
    surface.drawFrame(area, title: says("log\(place)", "日志\(place)"), glyphs: state.glyphs)
    guard !inside.isEmpty else { return }
    surface.write(says("time", "时间"), endingAt: inside.x + 8, y: inside.y, style: .dim)
    surface.write(says("run", "运行"), x: inside.x + 10, y: inside.y, style: .dim)
    surface.write(says("step", "步"), endingAt: step, y: inside.y, style: .dim)
    surface.write(says("what", "事件"), x: what, y: inside.y, style: .dim)
    var y = inside.y + 1
    for (entry, lines) in shown {
      surface.write(
        state.plain(entry.seconds.map(NumberText.clock) ?? "–"), endingAt: inside.x + 8, y: y, style: .dim)
      if let run = entry.run, state.runs.indices.contains(run.index) {
        let lead = state.lead(of: state.runs[run.index])
        surface.put(lead.mark(in: state.glyphs), x: inside.x + 10, y: y, style: lead.style)
        surface.write(run.letter, x: inside.x + 12, y: y)
      }
      if let number = entry.step { surface.write(NumberText.grouped(number), endingAt: step, y: y) }
      for line in lines where y < inside.maxY {
        surface.write(line, x: what, y: y, limit: inside.maxX)
        y += 1
      }
    }
  }
}

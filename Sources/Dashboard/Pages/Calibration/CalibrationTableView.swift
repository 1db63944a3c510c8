internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// The figures of the runs' calibration, and what they mean.
struct CalibrationTableView {
  let page: CalibrationPage
  let state: DashboardState
  /// The runs that have been judged.
  let runs: [RunState]

  /// Rows with the frame.
  func height(width: Int) -> Int { 3 + runs.count + sentence(width: width).count }

  func draw(on surface: inout Surface, in area: Rect) {
    surface.drawFrame(area, title: state.plain(title), glyphs: state.glyphs)
    let inside = area.inset(by: 1)
    // Names are whole before there are all figures.
    let longest = min(24, runs.map { state.title(of: $0).cellWidth }.max() ?? 0)
    var columns = Self.columns
    while columns.count > 1, columns.reduce(longest + 5, { $0 + $1.width }) > inside.width {
      columns.removeLast()
    }
    let first = inside.maxX - 1 - columns.reduce(0) { $0 + $1.width }
    draw(columns, columns.map(\.heading), on: &surface, x: first, y: inside.y, style: .dim)
    for (row, run) in runs.enumerated() {
      guard let assessment = page.assessment(of: run) else { continue }
      let y = inside.y + 1 + row
      guard y < inside.maxY else { return }
      surface.put(
        state.lead(of: run).mark(in: state.glyphs), x: inside.x + 1, y: y, style: state.lead(of: run).style)
      surface.write(
        state.glyphs.cut(state.title(of: run), to: first - inside.x - 4), x: inside.x + 3, y: y,
        style: state.lead(of: run).style)
      draw(columns, columns.map { $0.text(assessment) }, on: &surface, x: first, y: y, style: .plain)
    }
    let room = inside.height - 1 - runs.count
    let whole = sentence(width: area.width)
    // Half a sentence says less than its first half alone.
    let lines = whole.count <= room ? whole : TextWrap.lines(verdicts + says(".", "。"), width: area.width - 4)
    guard lines.count <= room else { return }
    for (row, line) in lines.enumerated() {
      let y = inside.y + 1 + runs.count + row
      surface.write(
        state.plain(line), x: inside.x + 1, y: y, style: Style(foreground: .accent), limit: inside.maxX)
    }
  }

  /// A figure of the table.
  private struct Column: Sendable {
    let heading: String
    let width: Int
    let text: @Sendable (Assessment) -> String
  }

  private static var columns: [Column] {
    [
      Column(heading: says("accuracy", "精度"), width: 9) { NumberText.percent($0.calibration.total.accuracy) },
      Column(heading: says("confidence", "置信度"), width: 12) {
        NumberText.percent($0.calibration.total.confidence)
      },
      Column(heading: "ECE", width: 8) { NumberText.percent($0.calibration.expectedError) },
      Column(heading: says("10% left out", "略去 10%"), width: 14) { percent($0, rejecting: 0.1) },
      Column(heading: "20%", width: 8) { percent($0, rejecting: 0.2) },
    ]
  }

  private static func percent(_ assessment: Assessment, rejecting share: Double) -> String {
    assessment.byConfidence.accuracy(rejecting: share).map { NumberText.percent($0) } ?? "-"
  }

  private func draw(
    _ columns: [Column], _ texts: [String], on surface: inout Surface, x: Int, y: Int, style: Style
  ) {
    var end = x
    for (column, text) in zip(columns, texts) {
      end += column.width
      surface.write(text, endingAt: end, y: y, style: style)
    }
  }

  private var title: String {
    let steps = Set(runs.compactMap { page.assessment(of: $0)?.position.step }).sorted()
    let numbers = steps.map { NumberText.grouped($0) }.joined(separator: says(" and ", " 与 "))
    let place = says("calibration at step \(numbers)", "校准，第 \(numbers) 步")
    guard page.showsMonteCarlo, let first = runs.first?.uncertainty else {
      return says("\(place), dropout off", "\(place)，关闭暂退")
    }
    return says(
      "\(place), mean of \(first.passes) passes with dropout", "\(place)，启用暂退 \(first.passes) 次前向的均值")
  }

  /// Whether the runs are as sure as they are right.
  private var verdicts: String {
    runs.prefix(2).compactMap { run in
      page.assessment(of: run).map { "\(state.title(of: run)) \($0.verdict)" }
    }.joined(separator: says(", ", "，"))
  }

  private func sentence(width: Int) -> [String] {
    let gains = runs.prefix(2).compactMap { run in
      page.assessment(of: run).flatMap { assessment in
        assessment.byConfidence.accuracy(rejecting: 0.1).map { NumberText.percent($0, decimals: 1) }
      }
    }
    return TextWrap.lines(
      says(
        verdicts + "; of all but the 10% it is least sure of, " + gains.joined(separator: " and ")
          + " are right.",
        verdicts + "；略去最不确信的 10% 后，其余分别有 " + gains.joined(separator: "、") + " 正确。"), width: width - 4)
  }
}

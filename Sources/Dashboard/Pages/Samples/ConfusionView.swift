internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// How often a run takes images of one class for another.
struct ConfusionView {
  /// Rows with frame and heading.
  static let height = 13
  /// Columns that it needs.
  static let smallestWidth = 74
  /// Share of a class from which a confusion stands out.
  private static let notable = 0.1

  let state: DashboardState
  let images: TestImages
  let run: RunState

  func draw(on surface: inout Surface, in area: Rect) {
    let epoch =
      run.predictions.map {
        says(" after epoch \($0.position.epoch)", "，第 \($0.position.epoch) 轮之后")
      } ?? ""
    let title =
      "\(state.lead(of: run).mark(in: state.glyphs)) "
      + state.plain(
        says(
          "label → prediction, images\(epoch)\(state.seedCaption)", "标签 → 预测，图像数\(epoch)\(state.seedCaption)")
      )
    // Where the frame would take the room of the last classes, its title is enough.
    let isFramed = area.height >= Self.height
    if isFramed {
      surface.drawFrame(area, title: title, glyphs: state.glyphs, style: state.lead(of: run).style)
    } else {
      surface.write(title, x: area.x + 2, y: area.y, style: state.lead(of: run).style, limit: area.maxX)
    }
    guard let answers = run.predictions?.details else { return }
    let matrix = ConfusionMatrix(
      labels: images.labels, predictions: answers.predictions, classes: images.classNames.count)
    let inside = isFramed ? area.inset(by: 1) : area.splitTop(1).rest.splitLeft(1).rest
    let classes = images.classNames.count
    func width(from start: Int) -> Int { max(4, (inside.maxX - start - 7) / max(1, classes)) }
    // Names that do not fit above the columns are numbered, not cut.
    let isNumbered = images.nameWidth >= width(from: inside.x + images.nameWidth + 1)
    let numberWidth = isNumbered ? String(classes - 1).count + 1 : 0
    let start = inside.x + numberWidth + images.nameWidth + 1
    let width = width(from: start)
    // As many columns as there is room for.
    let columns = min(classes, max(0, (inside.maxX - start - 7) / width))
    for (column, name) in images.classNames.prefix(columns).enumerated() {
      surface.write(
        isNumbered ? String(column) : name, endingAt: start + (column + 1) * width, y: inside.y, style: .dim)
    }
    surface.write(says("right", "正确"), endingAt: inside.maxX - 1, y: inside.y, style: .dim)
    for label in 0..<min(images.classNames.count, inside.height - 1) {
      let y = inside.y + 1 + label
      if isNumbered { surface.write(String(label), x: inside.x, y: y, style: .dim) }
      surface.write(images.className(UInt8(label)), x: inside.x + numberWidth, y: y)
      for (column, count) in matrix.counts[label].prefix(columns).enumerated() {
        let share = matrix.share(label: label, prediction: column)
        surface.write(
          count == 0 ? (state.glyphs == .ascii ? "." : "·") : String(count),
          endingAt: start + (column + 1) * width, y: y,
          style: style(share: share, isRight: column == label))
      }
      let recall = matrix.recall(of: label).map { NumberText.percent($0, decimals: 1) } ?? "-"
      surface.write(recall, endingAt: inside.maxX - 1, y: y)
    }
  }

  private func style(share: Double, isRight: Bool) -> Style {
    if isRight { return .bold }
    return share >= Self.notable ? Style(foreground: .accent, isBold: true) : .dim
  }
}

internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// One test image, its label, and the probabilities that the runs give to the classes.
struct SampleView {
  /// Rows with the frame: a cell shows two rows of pixels, the usual images have twice fourteen, others twice sixteen.
  static func height(of images: TestImages) -> Int { max(16, min(18, images.cellHeight + 2)) }
  /// Columns below which there are no two images side by side.
  static let smallestWidth = 74

  let state: DashboardState
  let images: TestImages
  let image: Int
  /// Its place in the order.
  let rank: Int

  func draw(on surface: inout Surface, in area: Rect) {
    let (place, count) = (NumberText.grouped(rank + 1), NumberText.grouped(images.count))
    let name = "\(images.labelName(of: image))\(state.seedCaption)"
    let start = says(
      "\(place) of \(count): test image \(NumberText.grouped(image)), \(name)",
      "第 \(place)/\(count) 张：测试图像 \(NumberText.grouped(image))，\(name)")
    let title =
      passes.map { says("\(start) · \($0) passes with dropout", "\(start) · 启用暂退 \($0) 次前向") } ?? start
    surface.drawFrame(
      area, title: state.plain(title.cellWidth + 4 <= area.width ? title : start), glyphs: state.glyphs)
    let inside = area.inset(by: 1)
    let picture = images.picture(of: image).fitting(rows: inside.height, columns: max(32, inside.width / 2))
    picture.draw(on: &surface, x: inside.x, y: inside.y, shading: state.shading)
    let right = inside.splitLeft(picture.width + 1).rest
    var y = right.y
    for run in state.comparedRuns.prefix(Self.runs) {
      let mark = state.lead(of: run).mark(in: state.glyphs)
      surface.put(mark, x: right.x, y: y, style: state.lead(of: run).style)
      let examined = run.examined(image)
      // With the weights of the bars below, which may be newer than those of the latest evaluation.
      let text =
        examined?.answer(images: images) ?? state.answer(of: run, image: image, images: images)
      surface.write(text, x: right.x + 2, y: y, limit: right.maxX)
      y += 1
      guard let monteCarlo = examined?.monteCarlo else { continue }
      let spread =
        run.configuration.usesDropout
        ? Self.text(monteCarlo) : says("nothing dropped: all passes are alike", "没有丢弃：各次前向都一样")
      surface.write(
        TextWrap.beginning(of: spread, width: right.width - 2), x: right.x + 2, y: y, style: .dim)
      y += 1
    }
    // The classes fill the rows below.
    let rows = min(images.classNames.count, right.maxY - y)
    drawProbabilities(
      on: &surface, in: Rect(x: right.x, y: right.maxY - rows, width: right.width, height: rows))
  }

  /// Passes with dropout behind what is shown, if there were any.
  private var passes: Int? {
    state.comparedRuns.prefix(Self.runs).compactMap { $0.examined(image)?.monteCarlo.passes }.max()
  }

  private static func text(_ prediction: MonteCarloPrediction) -> String {
    let agreement = NumberText.percent(prediction.agreement, decimals: 0).paddedLeft(to: 4)
    let entropy = NumberText.fixed(prediction.predictiveEntropy, decimals: 2)
    let information = NumberText.fixed(prediction.mutualInformation, decimals: 2)
    return says(
      "agreement \(agreement), entropy \(entropy), MI \(information) nats",
      "一致 \(agreement)，熵 \(entropy)，互信息 \(information) 奈特")
  }

  /// Runs whose answers fit.
  private static let runs = 2

  private func drawProbabilities(on surface: inout Surface, in area: Rect) {
    let runs = state.comparedRuns.prefix(Self.runs)
    let nameWidth = images.nameWidth
    let width = (area.width - nameWidth) / max(1, runs.count)
    for label in 0..<min(area.height, images.classNames.count) {
      let y = area.y + label
      let isLabel = Int(images.labels[image]) == label
      surface.write(
        images.className(UInt8(label)), x: area.x, y: y, style: isLabel ? .bold : .dim, limit: area.maxX)
      for (column, run) in runs.enumerated() {
        let x = area.x + nameWidth + 1 + column * width
        if let examined = run.examined(image)?.monteCarlo {
          drawSpread(of: examined, label: label, run: run, on: &surface, x: x, y: y, width: width)
          continue
        }
        guard let answers = run.predictions?.details else { continue }
        var style = state.lead(of: run).style
        style.isBold = Int(answers.predictions[image]) == label
        style.isDim = !style.isBold
        let probability = answers.probability(image: image, class: label)
        let gauge = Gauge(
          share: probability, width: width - 9, style: Gauge.Style(state.glyphs, showsColors: false))
        surface.write(gauge.completed, x: x, y: y, style: style)
        let text = DashboardState.percent(probability)
        surface.write(text, endingAt: x + width - 2, y: y, style: style.isBold ? .bold : .dim)
      }
    }
  }

  /// A class's mean probability over the passes with dropout, and its standard deviation.
  private func drawSpread(
    of examined: MonteCarloPrediction, label: Int, run: RunState, on surface: inout Surface, x: Int, y: Int,
    width: Int
  ) {
    let (mean, deviation) = (examined.means[label], examined.standardDeviations[label])
    var style = state.lead(of: run).style
    style.isBold = examined.prediction == label
    style.isDim = !style.isBold
    let bar = SpreadBar(mean: mean, spread: deviation, width: width - 12, glyphs: state.glyphs)
    surface.write(bar.text, x: x, y: y, style: style)
    let share = NumberText.fixed(mean * 100, decimals: 0)
    let spread = NumberText.fixed(deviation * 100, decimals: 0).paddedLeft(to: 2)
    surface.write(
      state.plain("\(share) ±\(spread)%"), endingAt: x + width - 2, y: y, style: style.isBold ? .bold : .dim)
  }
}

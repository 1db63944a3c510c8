internal import TerminalUI
internal import TrainingEvents

/// One test image, its label, and the probabilities that the runs give to the classes.
struct SampleView {
  /// Rows with the frame: 28 pixels are 14 cells.
  static let height = 16
  /// Columns below which there are no two images side by side.
  static let smallestWidth = 74

  let state: DashboardState
  let images: TestImages
  let rank: Int

  private var image: Int { state.sampleOrder[rank] }

  func draw(on surface: inout Surface, in area: Rect) {
    let title =
      "\(NumberText.grouped(rank + 1)) of \(NumberText.grouped(images.count)): "
      + "test image \(NumberText.grouped(image)), \(images.labelName(of: image))\(state.seedCaption)"
    surface.drawFrame(area, title: title, glyphs: state.glyphs)
    let inside = area.inset(by: 1)
    let picture = images.picture(of: image)
    picture.draw(on: &surface, x: inside.x, y: inside.y, shading: state.shading)
    let right = inside.splitLeft(picture.width + 1).rest
    var y = right.y
    for run in state.comparedRuns.prefix(Self.runs) {
      let lead = state.lead(of: run)
      surface.put(lead.mark(in: state.glyphs), x: right.x, y: y, style: lead.style)
      let text = state.answer(of: run, image: image, images: images)
      surface.write(text, x: right.x + 2, y: y, limit: right.maxX)
      y += 1
    }
    drawProbabilities(
      on: &surface, in: Rect(x: right.x, y: y + 1, width: right.width, height: right.maxY - y - 1))
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
        guard let answers = run.predictions else { continue }
        var style = state.lead(of: run).style
        style.isBold = Int(answers.predictions[image]) == label
        style.isDim = !style.isBold
        let probability = answers.probability(image: image, class: label)
        let x = area.x + nameWidth + 1 + column * width
        let gauge = Gauge(
          share: probability, width: width - 9, style: state.glyphs == .ascii ? .ascii : .lineWithoutRest)
        let bar = state.glyphs == .ascii ? gauge.completed : gauge.completed + gauge.rest
        surface.write(bar, x: x, y: y, style: style)
        let text = DashboardState.percent(probability)
        surface.write(text, endingAt: x + width - 2, y: y, style: style.isBold ? .bold : .dim)
      }
    }
  }
}

internal import Experiment
internal import TerminalUI

/// Test images with what each run says of them, the most telling ones first.
struct SamplesView {
  let state: DashboardState

  func draw(on surface: inout Surface, in area: Rect) {
    if state.showsPreview {
      AugmentationView(state: state).draw(on: &surface, in: area)
      return
    }
    guard let images = state.testImages, !state.sampleOrder.isEmpty else {
      surface.drawFrame(area, title: "samples", glyphs: state.glyphs)
      let text = "what the runs say of the test images is known after \(state.firstEvaluation)"
      surface.write(text, x: area.x + 2, y: area.y + 1, style: .dim, limit: area.maxX - 1)
      return
    }
    let (top, rest) = area.splitTop(SampleView.height)
    // Where there is no room for both, a key exchanges the picture for the matrix.
    guard !state.showsConfusion || rest.height >= ConfusionView.height else {
      let (matrix, list) = area.splitTop(ConfusionView.height)
      drawMatrices(images, on: &surface, in: matrix)
      SampleListView(state: state, images: images, first: state.sampleRank).draw(on: &surface, in: list)
      return
    }
    let columns = max(1, area.width / SampleView.smallestWidth)
    let width = area.width / columns
    for column in 0..<columns where state.sampleRank + column < state.sampleOrder.count {
      let place = Rect(
        x: top.x + column * width, y: top.y,
        width: column == columns - 1 ? top.maxX - (top.x + column * width) : width, height: top.height)
      SampleView(state: state, images: images, rank: state.sampleRank + column).draw(on: &surface, in: place)
    }
    let showsMatrix = rest.height >= ConfusionView.height
    let (matrix, list) = rest.splitTop(showsMatrix ? ConfusionView.height : 0)
    if showsMatrix { drawMatrices(images, on: &surface, in: matrix) }
    SampleListView(state: state, images: images, first: state.sampleRank + columns)
      .draw(on: &surface, in: list)
  }

  /// The matrices of as many runs as fit side by side, the selected run's first.
  private func drawMatrices(_ images: TestImages, on surface: inout Surface, in area: Rect) {
    let selected = state.comparedRuns.filter { $0.id.index == state.selectedRun }
    let runs = selected + state.comparedRuns.filter { $0.id.index != state.selectedRun }
    let columns = min(runs.count, max(1, area.width / ConfusionView.smallestWidth))
    let width = area.width / max(1, columns)
    let shown = runs.prefix(columns).sorted { $0.id < $1.id }
    for (column, run) in shown.enumerated() {
      let place = Rect(x: area.x + column * width, y: area.y, width: width, height: area.height)
      ConfusionView(state: state, images: images, run: run).draw(on: &surface, in: place)
    }
  }
}

extension DashboardState {
  /// How test images are drawn on this terminal.
  var shading: GrayscaleImage.Shading {
    if glyphs == .ascii { return .characters }
    return showsColors && terminalColors == .palette256 ? .halfBlocks : .shades
  }

  /// What a run says of an image: the class, how sure it is, and whether that is right.
  func answer(of run: RunState, image: Int, images: TestImages) -> String {
    guard let answers = run.predictions else { return "-" }
    return images.answer(
      to: image, prediction: answers.predictions[image], confidence: answers.confidence(image: image))
  }

  /// A probability in six columns.
  static func percent(_ probability: Double) -> String {
    NumberText.percent(probability, decimals: 1).paddedLeft(to: 6)
  }
}

extension TestImages {
  /// A run's answer to an image: the class, how sure it is, and whether that is right.
  func answer(to image: Int, prediction: UInt8, confidence: Double) -> String {
    "\(className(prediction).padded(to: nameWidth)) \(DashboardState.percent(confidence)) "
      + (prediction == labels[image] ? "right" : "wrong")
  }

  /// Columns of the longest class name.
  var nameWidth: Int { classNames.map(\.cellWidth).max() ?? 0 }
}

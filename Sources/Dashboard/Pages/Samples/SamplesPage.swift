internal import Datasets
internal import Experiment
internal import Messages
internal import TerminalUI

/// Test images with what each run says of them, the most telling ones first, or training images as runs learn from them.
struct SamplesPage: Page {
  static let title = "Samples"
  static var name: String { says("Samples", "样本") }
  static let key: Character = "3"
  static let asksNetworks = true

  /// The test images by how much there is to see in the answers of the runs.
  private(set) var order: [Int] = []
  /// What that order is by.
  private(set) var ordering = SampleOrdering.disagreement
  /// The runs whose answers it is by.
  private var ordered: [RunID] = []
  /// The test image that was chosen; `nil` for the first of the order.
  private(set) var selected: Int?
  /// The images that the runs were asked about last.
  private var asked: ShownImages?
  /// Whether the confusion matrix is shown where there is no room for it beside the images.
  private var showsConfusion = false
  /// Whether training images are shown in place of test images.
  private(set) var showsTraining = false
  /// Place of the shown training image among those of a run.
  private var trainingRank = 0

  func isAvailable(for task: Task.Kind) -> Bool { task == .classification }

  static let bindings: [Keys] = [
    Keys(
      .up, .down, footer: says("image", "图像"), help: says("the image before or after", "上一张或下一张图像"),
      when: \.showsImages, do: { $0.page.leaf(by: $1, in: $0.state) }),
    Keys(
      .pageUp, .pageDown, help: says("ten images on", "翻十张图像"), when: \.showsImages,
      do: { $0.page.leaf(by: 10 * $1, in: $0.state) }),
    Keys(.home, .end, help: says("the first or last image", "第一张或最后一张图像"), when: \.showsImages) {
      $0.page.leaf(by: $1 * $0.page.count(in: $0.state), in: $0.state)
      if $1 < 0, !$0.page.showsTraining { $0.page.selected = nil }
    },
    Keys(
      "x", footer: says("confusion", "混淆矩阵"), help: says("images or confusion matrix", "图像或混淆矩阵"),
      when: \.page.showsSamples, do: { $0.page.showsConfusion.toggle() }),
    Keys(
      "u", footer: says("order", "排序"), help: says("order of the images", "图像的排序"), when: \.page.showsSamples
    ) {
      $0.page.ordering = $0.page.ordering.next
      $0.page.selected = nil
      $0.page.sort($0.state)
      if $0.page.ordering.needsMonteCarlo { $0.state.measureUncertainty() }
    },
    Keys("v", footer: says("samples", "样本"), when: \.page.showsTraining) { $0.page.showsTraining = false },
    Keys(
      "v", footer: says("augmentation", "数据增强"), help: says("preview of augmentation", "预览数据增强"),
      when: { !$0.page.showsTraining },
      do: { $0.page.showsTraining = true }),
    Keys(
      "a", footer: says("augment", "增强"), when: { $0.page.showsTraining && $0.state.canChangeSettings },
      do: { $0.state.change(.augment, up: true) }),
  ]

  /// Whether there are test images on the page.
  var showsSamples: Bool { !showsTraining && !order.isEmpty }
  /// Place of the shown test image in the order.
  var rank: Int { selected.flatMap(order.firstIndex) ?? 0 }

  mutating func update(after event: TrainingEvent?, in state: DashboardState) {
    switch event?.kind {
    case .testPredicted, .uncertaintyMeasured: sort(state)
    case nil where state.runs.isEmpty: (order, selected, asked) = ([], nil, nil)
    case nil where ordered != state.comparedRuns.map(\.id), .runRemoved: sort(state)
    default: break
    }
  }

  private mutating func sort(_ state: DashboardState) {
    guard let testImages = state.testImages else { return }
    let runs = state.comparedRuns
    ordered = runs.map(\.id)
    order = SampleRanking.order(ordering, runs: runs, labels: testImages.labels)
  }

  /// Shows the image so many places on, of those on the page.
  private mutating func leaf(by places: Int, in state: DashboardState) {
    let place = min(max((showsTraining ? trainingRank : rank) + places, 0), max(1, count(in: state)) - 1)
    if showsTraining { trainingRank = place } else if !order.isEmpty { selected = order[place] }
  }

  /// Images to leaf through.
  private func count(in state: DashboardState) -> Int {
    showsTraining ? state.selected?.history.started?.trainCount ?? 0 : order.count
  }

  mutating func point(_ key: Key, in area: Rect, state: inout DashboardState) {
    switch key {
    case .wheelUp: leaf(by: -1, in: state)
    case .wheelDown: leaf(by: 1, in: state)
    default: break
    }
  }

  // MARK: What is asked of the outside

  /// Passes with dropout for each image that is shown.
  private static let passesOverShown = 100
  /// Images that stand side by side on a wide screen.
  private static let mostShown = 4
  /// Epochs that are asked for: more than most screens have room for.
  private static let previewedEpochs = 24

  /// Asks again where other images are shown or the runs have moved on.
  mutating func ask(in state: inout DashboardState) {
    if let wanted = wantedTraining(in: state), wanted != state.augmentedImage?.request {
      state.send(.augment(wanted))
    }
    guard state.origin != .recording, showsSamples else { return }
    let images = Array(order.dropFirst(rank).prefix(Self.mostShown))
    let runs = state.comparedRuns
    let shown = ShownImages(images: images, runs: runs)
    guard shown != asked else { return }
    asked = shown
    for run in runs { state.send(.send(.examine(images: images, passes: Self.passesOverShown), to: run.id)) }
  }

  /// The training image that is to be shown, if there are any at hand.
  private func wantedTraining(in state: DashboardState) -> AugmentedImage.Request? {
    guard state.origin == .training, showsTraining, let selected = state.selected,
      let started = selected.history.started, started.trainCount > 0
    else { return nil }
    let first = selected.augmentedSince
    return AugmentedImage.Request(
      configuration: selected.configuration, rank: min(trainingRank, started.trainCount - 1),
      epochs: first..<first + Self.previewedEpochs)
  }

  /// The training image that the page shows.
  func trainingImage(in state: DashboardState) -> AugmentedImage? {
    state.augmentedImage?.request == wantedTraining(in: state) ? state.augmentedImage : nil
  }

  // MARK: Picture

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    if showsTraining {
      AugmentationView(state: state, image: trainingImage(in: state)).draw(on: &surface, in: area)
      return
    }
    guard let images = state.testImages, !order.isEmpty else {
      surface.drawFrame(area, title: says("samples", "样本"), glyphs: state.glyphs)
      surface.write(state.absenceOfAnswers, x: area.x + 2, y: area.y + 1, style: .dim, limit: area.maxX - 1)
      return
    }
    let (top, rest) = area.splitTop(SampleView.height(of: images))
    // Where there is no room for both, a key exchanges the picture for the matrix.
    guard !showsConfusion || rest.height >= ConfusionView.height else {
      let (matrix, list) = area.splitTop(ConfusionView.height)
      drawMatrices(images, state, on: &surface, in: matrix)
      SampleListView(page: self, state: state, images: images, first: rank).draw(on: &surface, in: list)
      return
    }
    let columns = max(1, area.width / SampleView.smallestWidth)
    let width = area.width / columns
    for column in 0..<columns where rank + column < order.count {
      let place = Rect(
        x: top.x + column * width, y: top.y,
        width: column == columns - 1 ? top.maxX - (top.x + column * width) : width, height: top.height)
      SampleView(state: state, images: images, image: order[rank + column], rank: rank + column).draw(
        on: &surface, in: place)
    }
    let showsMatrix = rest.height >= ConfusionView.height
    let (matrix, list) = rest.splitTop(showsMatrix ? ConfusionView.height : 0)
    if showsMatrix { drawMatrices(images, state, on: &surface, in: matrix) }
    SampleListView(page: self, state: state, images: images, first: rank + columns)
      .draw(on: &surface, in: list)
  }

  /// The matrices of as many runs as fit side by side, the selected run's first.
  private func drawMatrices(
    _ images: TestImages, _ state: DashboardState, on surface: inout Surface, in area: Rect
  ) {
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

extension PageScope<SamplesPage> {
  /// Whether there are images on the page to leaf through.
  fileprivate var showsImages: Bool { page.showsSamples || page.trainingImage(in: state) != nil }
}

extension DashboardState {
  /// How test images are drawn on this terminal.
  var shading: PixelImage.Shading {
    if glyphs == .ascii { return .characters }
    return settings.showsColors && terminalColors == .palette256 ? .halfBlocks : .shades
  }

  /// What a run says of an image: the class, how sure it is, and whether that is right.
  func answer(of run: RunState, image: Int, images: TestImages) -> String {
    guard let answers = run.predictions?.details else { return "-" }
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
      + (prediction == labels[image] ? says("right", "正确") : says("wrong", "错误"))
  }

  /// Columns of the longest class name.
  var nameWidth: Int { classNames.map(\.cellWidth).max() ?? 0 }
}

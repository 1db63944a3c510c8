internal import Experiment
internal import Messages
internal import NeuralNetwork
import Reports
internal import TerminalUI

/// What the layers of each run look like while it trains, runs side by side.
struct LayersPage: Page {
  static let title = "Layers"
  static var name: String { says("Layers", "层") }
  static let key: Character = "4"
  static let asksNetworks = true

  /// Place of the layer that the keys are at, among those with weights.
  private var cursor = 0
  /// Whether filters and feature maps take the place of the figures.
  private(set) var showsPictures = false
  /// The test image whose feature maps are shown.
  private var image = 0
  /// The first of the feature maps that is shown.
  private var firstMap = 0
  private var asked = AskedNetworks()

  static let bindings: [Keys] = [
    Keys(
      .up, .down, footer: says("layer", "层"), help: says("the layer above, below", "上一层、下一层"),
      when: { $0.state.weightedLayers > 1 },
      do: { $0.page.move(by: $1, in: &$0.state) }),
    Keys(
      .home, .end, help: says("the first or last layer", "第一层或最后一层"), when: { $0.state.weightedLayers > 1 },
      do: { $0.page.move(by: $1 * $0.state.weightedLayers, in: &$0.state) }),
    Keys(
      "v", footer: says("pictures", "图像"), help: says("filters and feature maps", "滤波器与特征图"),
      when: { !$0.page.showsPictures && $0.state.hasFilters }, do: { $0.page.showsPictures = true }),
    Keys("v", footer: says("figures", "数值"), when: \.page.showsPictures) { $0.page.showsPictures = false },
    Keys(
      "i", "I", footer: says("image", "图像"), help: says("image after, before", "下一张、上一张图像"),
      when: \.page.showsPictures
    ) {
      let last = ($0.state.testImages?.count ?? 1) - 1
      $0.page.image = min(max(0, $0.page.image - $1), max(0, last))
    },
    Keys(
      .pageUp, .pageDown, footer: says("maps", "特征图"), help: says("feature maps before, after", "前面、后面的特征图"),
      when: \.page.showsPictures, do: { $0.page.turn(by: 4 * $1, in: $0.state) }),
  ]

  // MARK: The layer that the keys are at

  /// The layer that the keys are at: the one whose dropout they change, unless it has none.
  func place(in state: DashboardState) -> Int {
    let numbers = state.selected?.configuration.network.dropoutAfterWeights ?? []
    guard numbers.indices.contains(cursor) else { return 0 }
    guard let number = numbers[cursor], number != state.selectedLayer else { return cursor }
    return numbers.firstIndex(of: state.selectedLayer) ?? cursor
  }

  private mutating func move(by steps: Int, in state: inout DashboardState) {
    cursor = min(max(0, place(in: state) + steps), max(0, state.weightedLayers - 1))
    firstMap = 0
    let numbers = state.selected?.configuration.network.dropoutAfterWeights ?? []
    if numbers.indices.contains(cursor), let number = numbers[cursor] { state.selectedLayer = number }
  }

  private mutating func turn(by maps: Int, in state: DashboardState) {
    let count = state.selected?.pictures?.maps?.keptCount ?? 0
    firstMap = min(max(0, firstMap + maps), max(0, count - 1))
  }

  // MARK: What is asked of the outside

  mutating func ask(in state: inout DashboardState) {
    guard showsPictures, state.origin != .recording, let images = state.testImages, images.count > 0 else {
      return
    }
    for run in state.comparedRuns {
      // Recorded networks are at hand once they were observed.
      guard let step = run.layers?.position.step else { continue }
      let (image, layer) = (min(image, images.count - 1), place(in: state))
      guard asked.isDue(run, about: [image, layer], at: step, seconds: state.seconds) else { continue }
      state.send(.send(.picture(image: image, layer: layer), to: run.id))
    }
  }

  // MARK: Picture

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let width = showsPictures ? FeatureMapsView.smallestWidth : LayerView.smallestWidth
    let isCompared =
      showsPictures || state.replicates.areSeveral || state.shownRuns.count > max(1, area.width / width)
    let columns = RunColumns(
      isCompared ? state.comparedRuns : state.shownRuns, atLeast: width, selected: state.selectedRun, in: area
    )
    for (run, place) in columns.columns {
      if showsPictures {
        drawPictures(run, state, on: &surface, in: place)
      } else {
        draw(run, state, on: &surface, in: place)
      }
    }
  }

  private func drawPictures(
    _ run: RunState, _ state: DashboardState, on surface: inout Surface, in area: Rect
  ) {
    drawFrame(of: run, at: run.pictures?.position, state, on: &surface, in: area)
    let inside = area.inset(by: 1)
    let content = Rect(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: inside.height)
    guard let pictures = run.pictures?.details else {
      let words = whyNoPictures(of: run, state)
      return surface.write(TextWrap.lines(words, width: content.width), in: content, style: .dim)
    }
    FeatureMapsView(state: state, run: run, pictures: pictures, firstMap: firstMap)
      .draw(on: &surface, in: content)
  }

  private func whyNoPictures(of run: RunState, _ state: DashboardState) -> String {
    switch state.origin {
    case .recording: says("the recording has no pictures of it", "录制中没有它的图像")
    case .folders where run.layers == nil: state.absenceOfAnswers
    case .training where run.layers == nil: says("known after the first step", "第一步之后可知")
    case .folders, .training: says("asking the network", "正在询问网络")
    }
  }

  /// Draws the frame of a run, whose title leaves so many columns to something else.
  private func drawFrame(
    of run: RunState, at position: RunPosition?, _ state: DashboardState, on surface: inout Surface,
    in area: Rect, leaving columns: Int = 0
  ) {
    let title = state.titles(of: run, at: position).first { $0.cellWidth + 4 + columns <= area.width }
    surface.drawFrame(area, title: title ?? "", glyphs: state.glyphs, style: state.lead(of: run).style)
  }

  private func draw(_ run: RunState, _ state: DashboardState, on surface: inout Surface, in area: Rect) {
    drawFrame(of: run, at: run.layers?.position, state, on: &surface, in: area)
    let inside = area.inset(by: 1)
    guard let layers = run.layers?.layers else {
      let words =
        state.origin == .folders ? state.absenceOfAnswers : says("known after the first step", "第一步之后可知")
      let content = Rect(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: inside.height)
      return surface.write(TextWrap.lines(words, width: content.width), in: content, style: .dim)
    }
    let explanation = TextWrap.lines(
      (run.hasFilters
        ? says("v: filters and feature maps as pictures; ", "v：滤波器与特征图的图像；") : "") + Self.explanation,
      width: inside.width - 2)
    let cursor = place(in: state)
    // Histograms share the rows that are left, up to a height that is pleasant.
    let hidden = layers.count - 1
    let free = inside.height - hidden * LayerView.textRows - LayerView.outputRows - explanation.count
    let room = inside.height - LayerView.outputRows
    let fitting = max(1, min(hidden, room / (LayerView.textRows + 2)))
    let rows = min(
      Histogram.mostRows,
      max(2, fitting < hidden ? room / fitting - LayerView.textRows : free / max(1, hidden)))
    let height = LayerView.textRows + rows
    let start = max(0, min(cursor, hidden - 1) - fitting + 1)
    if start > 0 {
      let text = says("\(start) more above", "上面还有 \(start) 层")
      // The step gives way.
      drawFrame(
        of: run, at: run.layers?.position, state, on: &surface, in: area, leaving: text.cellWidth + 4)
      surface.drawHint(text, y: area.y, in: area)
    }
    var y = inside.y
    for index in layers.indices.dropFirst(start) {
      let isOutput = layers[index].activations == nil
      let needed = isOutput ? LayerView.outputRows : height
      guard y + needed <= inside.maxY else {
        let arrows = state.plain(layers.count > 1 ? says(", ↑↓", "，↑↓") : "")
        let count = layers.count - index
        return surface.drawHint(
          says("\(count) more below\(arrows)", "下面还有 \(count) 层\(arrows)"), y: area.maxY - 1, in: area)
      }
      LayerView(
        state: state, run: run, index: index, layer: layers[index], histogramRows: rows,
        isSelected: state.selectedRun == run.id.index && index == cursor
      ).draw(on: &surface, in: Rect(x: inside.x + 1, y: y, width: inside.width - 2, height: needed))
      y += needed
    }
    guard hidden > 0, y + explanation.count <= inside.maxY else { return }
    surface.write(
      explanation, in: inside.splitLeft(1).rest.splitBottom(explanation.count).bottom, style: .dim)
  }

  private static var explanation: String {
    says(
      "dots: units the latest step kept; bars: activations from the smallest to the largest, log scale",
      "点：最近一步保留的单元；条：从最小到最大的激活值，对数刻度")
  }
}

extension RunState {
  /// Whether its network begins with images, so that there is something to picture.
  fileprivate var hasFilters: Bool { configuration.network.readsImages }
}

extension DashboardState {
  /// Layers with weights of the selected run.
  fileprivate var weightedLayers: Int {
    selected?.configuration.network.dropoutAfterWeights.count ?? 0
  }

  /// Whether the selected run's layers can be pictured.
  fileprivate var hasFilters: Bool { testImages != nil && selected?.hasFilters == true }
}

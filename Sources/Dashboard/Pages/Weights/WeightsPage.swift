internal import Datasets
internal import Experiment
internal import Messages
internal import NeuralNetwork
import Reports
internal import TerminalUI

/// The weights of the runs side by side: how they are distributed, and those of the first layer as pictures.
struct WeightsPage: Page {
  static let title = "Weights"
  static var name: String { says("Weights", "权重") }
  static let key: Character = "8"
  static let asksNetworks = true

  /// Columns that a run needs, with the frame around.
  static let smallestWidth = 26

  /// Whether pictures take the place of the figures.
  private(set) var showsPictures = false
  /// The first of the pictures that is shown.
  private var first = 0
  /// Place of the layer that the keys are at, which is in sight.
  private var cursor = 0
  private var asked = AskedNetworks()

  static let bindings: [Keys] = [
    Keys(
      .up, .down, footer: says("layer", "层"), help: says("the layer above, below", "上一层、下一层"),
      when: { !$0.page.showsPictures },
      do: {
        let last = ($0.state.shownRuns.compactMap { $0.weights?.layers.count }.max() ?? 1) - 1
        $0.page.cursor = min(max(0, $0.page.cursor + $1), max(0, last))
      }),
    Keys(
      "v", footer: says("pictures", "图像"), help: says("first layer as pictures", "以图像显示第一层"),
      when: { !$0.page.showsPictures }, do: { $0.page.showsPictures = true }),
    Keys("v", footer: says("figures", "数值"), when: \.page.showsPictures) { $0.page.showsPictures = false },
    Keys(
      .pageUp, .pageDown, footer: says("units", "单元"), help: says("units before, after", "前面、后面的单元"),
      when: \.page.showsPictures
    ) {
      let last = $0.state.shownRuns.compactMap { $0.weights?.pictures.count }.max() ?? 1
      $0.page.first = min(max(0, $0.page.first + $1), max(0, last - 1))
    },
  ]

  mutating func ask(in state: inout DashboardState) {
    guard state.origin != .recording else { return }
    for run in shown(in: state) {
      // Recorded networks are at hand once they were observed.
      guard let observed = run.layers?.position.step else { continue }
      let step = state.origin == .training ? run.history.step : observed
      guard asked.isDue(run, at: step, seconds: state.seconds) else { continue }
      state.send(.send(.observeWeights, to: run.id))
    }
  }

  /// The runs that are shown: all that there is room for on the narrowest screen, otherwise the selected one and another.
  private func shown(in state: DashboardState) -> [RunState] {
    state.replicates.areSeveral || state.shownRuns.count > 3 ? state.comparedRuns : state.shownRuns
  }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let columns = RunColumns(
      shown(in: state), atLeast: Self.smallestWidth, selected: state.selectedRun, in: area)
    for (run, place) in columns.columns { draw(run, state, on: &surface, in: place) }
  }

  private func draw(
    _ run: RunState, _ state: DashboardState, on surface: inout Surface, in area: Rect
  ) {
    let titles = state.titles(of: run, at: run.weights?.position)
    surface.drawFrame(
      area, title: titles.first { $0.cellWidth + (cursor > 0 ? 20 : 4) <= area.width } ?? titles[1],
      glyphs: state.glyphs,
      style: state.lead(of: run).style)
    let inside = area.inset(by: 1)
    let content = Rect(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: inside.height)
    guard let weights = run.weights?.details else {
      let words =
        state.origin == .folders
        ? state.absenceOfAnswers
        : state.origin == .recording
          ? says("the recording does not tell of them", "录制中没有它们")
          : run.history.step > 0
            ? says("asking the network", "正在询问网络") : says("known after the first step", "第一步之后可知")
      return surface.write(TextWrap.lines(words, width: content.width), in: content, style: .dim)
    }
    if showsPictures {
      WeightPicturesView(state: state, run: run, pictures: weights.pictures, first: first)
        .draw(on: &surface, in: content)
    } else {
      let figures = WeightFiguresView(state: state, run: run, layers: weights.layers, cursor: cursor)
      figures.draw(on: &surface, in: content)
      let places = figures.places(in: content)
      let rest = weights.layers.count - places.upperBound
      if places.lowerBound > 0 {
        let text = says("\(places.lowerBound) more above", "上面还有 \(places.lowerBound) 层")
        surface.drawHint(text, y: area.y, in: area)
      }
      if rest > 0 {
        let text = says("\(rest) more below, ↑↓", "下面还有 \(rest) 层，↑↓")
        surface.drawHint(state.plain(text), y: area.maxY - 1, in: area)
      }
    }
  }
}

/// Figures and a histogram for each layer.
struct WeightFiguresView {
  /// Rows beside the histogram: heading, share of small ones, smallest and largest.
  private static let textRows = 3
  private static let histogramRows = 2...Histogram.mostRows

  let state: DashboardState
  let run: RunState
  let layers: [WeightObservation]
  /// The layer that the keys are at.
  let cursor: Int

  private func explanation(width: Int) -> [String] {
    TextWrap.lines(
      says(
        "bars: weights from − to +, 0 in the middle, log scale; v: pictures",
        "条：从 − 到 + 的权重，中间是 0，对数刻度；v：图像"), width: width)
  }

  /// Rows of a histogram, and the layers that there is room for.
  private func layout(in area: Rect) -> (rows: Int, fitting: Int) {
    let room = area.height - explanation(width: area.width).count
    let least = Self.textRows + Self.histogramRows.lowerBound
    let fitting = max(1, min(layers.count, room / least))
    let rows = min(
      Self.histogramRows.upperBound, max(Self.histogramRows.lowerBound, room / fitting - Self.textRows))
    return (rows, fitting)
  }

  /// The layers that are shown in an area.
  func places(in area: Rect) -> Range<Int> {
    let fitting = layout(in: area).fitting
    let start = max(0, min(cursor, layers.count - 1) - fitting + 1)
    return start..<min(layers.count, start + fitting)
  }

  func draw(on surface: inout Surface, in area: Rect) {
    let explanation = explanation(width: area.width)
    let (rows, _) = layout(in: area)
    for (place, layer) in places(in: area).enumerated() {
      let y = area.y + place * (Self.textRows + rows)
      draw(
        layer, rows: rows, on: &surface,
        in: Rect(
          x: area.x, y: y, width: area.width, height: min(area.maxY - y, Self.textRows + rows)))
    }
    surface.write(
      explanation.map(state.plain), in: area.splitBottom(explanation.count).bottom, style: .dim)
  }

  private func draw(_ index: Int, rows: Int, on surface: inout Surface, in area: Rect) {
    let layer = layers[index]
    let name =
      index == layers.count - 1 ? says("output", "输出") : says("layer \(index + 1)", "第 \(index + 1) 层")
    let count = NumberText.grouped(layer.count)
    let share = NumberText.percent(layer.smallShare, decimals: 1).paddedLeft(to: 6)
    let (smallest, largest) = (number(layer.smallest), number(layer.largest))
    let lines = [
      says("\(name), \(count) weights", "\(name)，\(count) 个权重"),
      says("below 0.001 \(share)", "小于 0.001 \(share)"),
      says("\(smallest) to \(largest)", "\(smallest) 至 \(largest)"),
    ]
    for (row, line) in lines.enumerated() where row < area.height {
      surface.write(
        state.plain(line), x: area.x, y: area.y + row, style: row == 0 ? style(index) : .plain,
        limit: area.maxX)
    }
    let bars = Rect(
      x: area.x, y: area.y + lines.count, width: area.width,
      height: min(rows, area.height - lines.count))
    Histogram(values: layer.histogram.map(Double.init), isLogarithmic: true)
      .draw(on: &surface, in: bars, glyphs: state.glyphs, style: state.lead(of: run).style)
  }

  /// The layer that the keys are at stands out in the selected run.
  private func style(_ index: Int) -> Style {
    index == min(cursor, layers.count - 1) && state.selectedRun == run.id.index
      ? Style(foreground: .accent, isBold: true) : .bold
  }

  private func number(_ number: Double) -> String { NumberText.significant(number, digits: 3) }
}

/// Weights of units of the first layer, as pictures of what they look for: blue is negative, red positive.
struct WeightPicturesView {
  let state: DashboardState
  let run: RunState
  let pictures: [WeightPicture]
  let first: Int

  func draw(on surface: inout Surface, in area: Rect) {
    let shape = run.configuration.dataset.shape
    let pixels = shape.height * shape.width
    guard pixels > 0, shape.channels == 1, !pictures.isEmpty,
      pictures.allSatisfy({ $0.levels.count == pixels })
    else {
      let words = says(
        "Only where the first layer reads the pixels of a grey image are its weights a picture.",
        "只有第一层读取灰度图像的像素时，它的权重才是图像。")
      return surface.write(TextWrap.lines(words, width: area.width), in: area, style: .dim)
    }
    let legend = TextWrap.lines(
      state.drawsColors && state.shading == .halfBlocks
        ? says("blue −, red +: units of the largest norms", "蓝 −，红 +：范数最大的单元")
        : says("= - negative, + # positive: units of the largest norms", "= - 为负，+ # 为正：范数最大的单元"),
      width: area.width)
    let (room, below) = area.splitBottom(legend.count)
    let whole = Picture(height: shape.height, width: shape.width, levels: [])
    let factor = whole.fits(4, in: room, factor: 1) ? 1 : 2
    let (width, height) = whole.cells(factor: factor)
    let columns = max(1, (room.width + 1) / (width + 1))
    let rows = max(1, room.height / (height + 1))
    for (place, picture) in pictures.dropFirst(first).prefix(columns * rows).enumerated() {
      let (row, column) = place.quotientAndRemainder(dividingBy: columns)
      let (x, y) = (room.x + column * (width + 1), room.y + row * (height + 1))
      guard y + height < room.maxY + 1 else { break }
      surface.write(
        says("unit \(picture.unit + 1)", "单元 \(picture.unit + 1)"), x: x, y: y, style: .dim,
        limit: min(room.maxX, x + width))
      Picture(
        height: shape.height, width: shape.width, levels: picture.levels.map { Double($0) / 127 }
      )
      .reduced(by: factor).draw(on: &surface, x: x, y: y + 1, in: room, state: state)
    }
    surface.write(legend.map(state.plain), in: below, style: .dim)
  }

  /// Levels from −1 to 1, two rows of them in a cell.
  private struct Picture {
    let height: Int
    let width: Int
    let levels: [Double]

    func cells(factor: Int) -> (width: Int, height: Int) {
      ((width + factor - 1) / factor, ((height + factor - 1) / factor + 1) / 2)
    }

    /// Whether there is room for so many.
    func fits(_ count: Int, in area: Rect, factor: Int) -> Bool {
      let (width, height) = cells(factor: factor)
      return (area.width + 1) / (width + 1) * (area.height / (height + 1)) >= count
    }

    /// Each level the mean of a square of them.
    func reduced(by factor: Int) -> Picture {
      guard factor > 1 else { return self }
      let (rows, columns) = ((height + factor - 1) / factor, (width + factor - 1) / factor)
      let means = (0..<rows * columns).map { place in
        let (row, column) = place.quotientAndRemainder(dividingBy: columns)
        let group = (row * factor..<min(height, (row + 1) * factor)).flatMap { row in
          (column * factor..<min(width, (column + 1) * factor)).map { levels[row * width + $0] }
        }
        return group.reduce(0, +) / Double(max(1, group.count))
      }
      return Picture(height: rows, width: columns, levels: means)
    }

    func draw(on surface: inout Surface, x: Int, y: Int, in area: Rect, state: DashboardState) {
      for row in stride(from: 0, to: height, by: 2) where y + row / 2 < area.maxY {
        for column in 0..<width where x + column < area.maxX {
          let upper = levels[row * width + column]
          let lower = row + 1 < height ? levels[(row + 1) * width + column] : 0
          if state.shading == .halfBlocks {
            let style = Style(foreground: .diverging(upper), background: .diverging(lower))
            surface.put("▀", x: x + column, y: y + row / 2, style: style)
          } else {
            let ramp: [Character] = ["=", "-", " ", "+", "#"]
            let level = ((upper + lower) / 2 + 1) / 2 * Double(ramp.count - 1)
            surface.put(ramp[min(max(Int(level.rounded()), 0), 4)], x: x + column, y: y + row / 2)
          }
        }
      }
    }
  }
}

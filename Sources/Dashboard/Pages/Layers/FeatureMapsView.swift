internal import Experiment
internal import Messages
internal import NeuralNetwork
import Reports
internal import TerminalUI

/// The filters of a run's first convolution, and what a layer makes of a test image, a picture for each channel.
struct FeatureMapsView {
  /// Columns below which no two runs stand side by side.
  static let smallestWidth = 70
  /// Feature maps that are to be seen at once, before they are made smaller.
  private static let fewestMaps = 4

  let state: DashboardState
  let run: RunState
  let pictures: FeatureMapsPictured
  /// The first of the feature maps that is shown.
  let firstMap: Int

  func draw(on surface: inout Surface, in area: Rect) {
    var rest = area
    if let filters = pictures.filters {
      let height = drawFilters(filters, on: &surface, in: area)
      rest = area.splitTop(height).rest
    }
    drawMaps(on: &surface, in: rest)
  }

  /// Writes what stands above pictures: where there is no room for all parts, the last ones are left out.
  private func write(_ parts: [String], on surface: inout Surface, in area: Rect) {
    var parts = parts
    let separator = says(", ", "，")
    while parts.count > 1, parts.joined(separator: separator).cellWidth > area.width { parts.removeLast() }
    surface.write(
      state.plain(parts.joined(separator: separator)), x: area.x, y: area.y, style: .bold, limit: area.maxX)
  }

  // MARK: Filters

  /// Draws as many as stand side by side, and returns the rows that they take with their caption.
  private func drawFilters(_ filters: ChannelPictures, on surface: inout Surface, in area: Rect) -> Int {
    let factor = Self.factor(of: filters, in: area)
    let (width, height) = (filters.width * factor, (filters.height * factor + 1) / 2)
    let shown = max(0, min(filters.keptCount, (area.width + 1) / (width + 1)))
    let count =
      shown < filters.count
      ? says("\(shown) of \(filters.count) filters", "\(shown)/\(filters.count) 个滤波器")
      : says("\(shown) filters", "\(shown) 个滤波器")
    let ends = ["−", ""].map { $0 + NumberText.significant(filters.largest, digits: 2) }
    let isColored = state.shading == .halfBlocks && filters.channels == 1
    write(
      [
        says("first convolution: \(count)", "第一个卷积：\(count)"), "\(filters.width) × \(filters.height)",
        isColored
          ? says("blue \(ends[0]) to red \(ends[1])", "蓝 \(ends[0]) 至红 \(ends[1])")
          : says("\(ends[0]) to \(ends[1])", "\(ends[0]) 至 \(ends[1])"),
      ], on: &surface, in: area)
    guard height + 2 < area.height else { return 1 }
    for filter in 0..<shown {
      ColoredPicture(
        filter: filters[filter], height: filters.height, width: filters.width, magnifiedBy: factor
      ).draw(on: &surface, x: area.x + filter * (width + 1), y: area.y + 1, shading: state.shading)
    }
    return height + 1
  }

  /// How many pixels a weight is wide: as many as leave all filters in sight and the larger part of the rows to the maps.
  private static func factor(of filters: ChannelPictures, in area: Rect) -> Int {
    [4, 3, 2].first { factor in
      filters.height * factor / 2 <= area.height / 4
        && filters.keptCount * (filters.width * factor + 1) <= area.width + 1
    } ?? (filters.height.isMultiple(of: 2) || filters.height > 5 ? 1 : 2)
  }

  // MARK: Feature maps

  private func drawMaps(on surface: inout Surface, in area: Rect) {
    let (caption, below) = area.splitTop(1)
    guard let maps = pictures.maps, maps.keptCount > 0 else {
      write(
        [says("\(layer): no pictures, its units stand in a row", "\(layer)：没有图像，它的单元排成一行")],
        on: &surface, in: caption)
      drawImage(on: &surface, in: below)
      return
    }
    let imageWidth = drawImage(on: &surface, in: below)
    let grid = below.splitLeft(imageWidth + 2).rest
    var shown = (0..<maps.keptCount).map {
      PixelImage(height: maps.height, width: maps.width, pixels: Array(maps[$0]))
    }
    var places = Self.places(of: shown[0], in: grid)
    while places.count < min(Self.fewestMaps, shown.count), shown[0].height > 4 {
      shown = shown.map(\.halved)
      places = Self.places(of: shown[0], in: grid)
    }
    let first = max(0, min(firstMap, shown.count - max(1, places.count)))
    for (place, picture) in zip(places, shown.dropFirst(first)) {
      picture.draw(on: &surface, x: place.x, y: place.y, shading: state.shading)
    }
    let last = min(first + places.count, shown.count)
    let range =
      last - first < maps.count
      ? says("maps \(first + 1)-\(last) of \(maps.count)", "特征图 \(first + 1)-\(last)/\(maps.count)")
      : says("\(maps.count) maps", "\(maps.count) 张特征图")
    let ends = [maps.smallest, maps.largest].map { NumberText.significant($0, digits: 2) }
    write(
      [
        says("\(layer): \(range)", "\(layer)：\(range)"), "\(maps.width) × \(maps.height)",
        says("\(ends[0]) to \(ends[1])", "\(ends[0]) 至 \(ends[1])"),
      ], on: &surface, in: caption)
  }

  /// What the layer is, and which of how many.
  private var layer: String {
    let layers = run.configuration.network.leaves.filter(\.hasWeights)
    let text = layers.indices.contains(pictures.layer) ? " · \(layers[pictures.layer].text)" : ""
    let number = pictures.layer + 1
    return says("layer \(number) of \(layers.count)\(text)", "第 \(number)/\(layers.count) 层\(text)")
  }

  /// Draws the image, whole or at half its size, and what it is; returns its columns.
  @discardableResult
  private func drawImage(on surface: inout Surface, in area: Rect) -> Int {
    guard let images = state.testImages, pictures.image < images.count else { return 0 }
    var picture = images.picture(of: pictures.image)
    while picture.height > 4, picture.cellHeight + 2 > area.height || picture.width * 4 > area.width {
      picture = picture.halved
    }
    let number = NumberText.grouped(pictures.image)
    let notes = [says("image \(number)", "图像 \(number)"), images.labelName(of: pictures.image)]
    let width = max(picture.width, notes.map(\.cellWidth).max() ?? 0)
    picture.draw(on: &surface, x: area.x, y: area.y, shading: state.shading)
    for (row, note) in notes.enumerated() where picture.cellHeight + row < area.height {
      surface.write(
        state.plain(note), x: area.x, y: area.y + picture.cellHeight + row, style: .dim,
        limit: area.x + width)
    }
    return width
  }

  /// Places for pictures, row by row, a row apart where there is room for as many.
  private static func places(of picture: PixelImage, in area: Rect) -> [Rect] {
    let (width, height) = (picture.width + 1, picture.cellHeight)
    let columns = (area.width + 1) / width
    guard columns > 0, area.height >= height else { return [] }
    let rows = max(1, (area.height + 1) / (height + 1))
    return (0..<rows * columns).map { place in
      Rect(
        x: area.x + place % columns * width, y: area.y + place / columns * (height + 1),
        width: picture.width, height: height)
    }
  }
}

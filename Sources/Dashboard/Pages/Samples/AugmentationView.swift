internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// A training image beside what epochs make of it.
struct AugmentationView {
  /// Columns for a caption.
  private static let captionWidth = 19
  /// Pictures are halved where fewer would fit at full size.
  private static let fewestLarge = 3
  /// Rows of pixels below which a picture is not halved.
  private static let smallestHeight = 17

  let state: DashboardState
  /// The image, if it is there.
  let image: AugmentedImage?

  func draw(on surface: inout Surface, in area: Rect) {
    guard let run = state.selected, let image else {
      surface.drawFrame(area, title: says("training images", "训练图像"), glyphs: state.glyphs)
      write(absence, on: &surface, in: area.inset(by: 1))
      return
    }
    let lead = state.lead(of: run)
    surface.drawFrame(
      area, title: "\(lead.mark(in: state.glyphs)) \(title(image, of: run))", glyphs: state.glyphs,
      style: lead.style)
    let inside = area.inset(by: 1)
    let picture = image.picture(of: image.pixels).fitting(
      rows: inside.height - 1, columns: max(32, inside.width / 2))
    let (column, rest) = inside.splitLeft(max(picture.width, Self.captionWidth - 2) + 1)
    picture.draw(on: &surface, x: column.x, y: column.y, shading: state.shading)
    let augmentation = run.configuration.augmentation
    let notes = [
      says("original", "原图"), state.title(of: run),
      augmentation.isActive ? augmentation.text : says("no augmentation", "无数据增强"),
      says("seed \(run.configuration.seed)", "种子 \(run.configuration.seed)"),
    ]
    for (row, note) in notes.enumerated() where column.y + picture.cellHeight + row < column.maxY {
      surface.write(
        state.plain(note), x: column.x, y: column.y + picture.cellHeight + row,
        style: row == 0 ? .plain : .dim,
        limit: column.maxX - 1)
    }
    if augmentation.isActive {
      drawVersions(of: image, on: &surface, in: rest)
    } else {
      write(inactivity(of: run), on: &surface, in: rest)
    }
  }

  private func title(_ image: AugmentedImage, of run: RunState) -> String {
    let count = NumberText.grouped(run.history.started?.trainCount ?? 0)
    let name =
      state.testImages?.className(image.label) ?? says("class \(image.label)", "类别 \(image.label)")
    let (rank, place) = (NumberText.grouped(image.request.rank + 1), NumberText.grouped(image.place))
    return says(
      "\(rank) of \(count): training image \(place), \(name)", "第 \(rank)/\(count) 张：训练图像 \(place)，\(name)")
  }

  // MARK: Versions

  /// The image in as many epochs as there is room for, each with its caption.
  private func drawVersions(of image: AugmentedImage, on surface: inout Surface, in area: Rect) {
    var pictures = image.versions.map { image.picture(of: $0.pixels) }
    guard let first = pictures.first else { return }
    var places = Self.places(for: first, in: area)
    while places.count < Self.fewestLarge, pictures[0].height >= Self.smallestHeight {
      pictures = pictures.map(\.halved)
      places = Self.places(for: pictures[0], in: area)
    }
    for (place, (version, picture)) in zip(places, zip(image.versions, pictures)) {
      picture.draw(on: &surface, x: place.x, y: place.y, shading: state.shading)
      for (row, line) in version.caption.enumerated() {
        surface.write(line, x: place.x, y: place.y + picture.cellHeight + row, limit: place.maxX)
      }
    }
  }

  /// Places for pictures with two lines of caption, row by row, a row apart where there is room.
  private static func places(for picture: PixelImage, in area: Rect) -> [Rect] {
    let (width, height) = (max(picture.width + 1, captionWidth), picture.cellHeight + 2)
    let (columns, rows) = (area.width / width, area.height / height)
    guard columns > 0, rows > 0 else { return [] }
    let (stepX, stepY) = (area.width / columns, min(area.height / rows, height + 1))
    return (0..<rows * columns).map { place in
      Rect(
        x: area.x + place % columns * stepX, y: area.y + place / columns * stepY, width: stepX, height: height
      )
    }
  }

  // MARK: Sentences

  /// Why there is no image.
  private var absence: [String] {
    guard state.origin == .training else {
      return [
        says(
          "Training images are at hand only while this program trains: recordings and run folders hold none.",
          "只有本程序训练时才有训练图像：录制和运行的文件夹里没有。"),
        says("v goes back.", "按 v 返回。"),
      ]
    }
    return [says("The training images are shown as soon as a run begins.", "运行一开始就显示训练图像。")]
  }

  /// That images stay as they are, and what changes that.
  private func inactivity(of run: RunState) -> [String] {
    let remedy =
      state.canChangeSettings
      ? says(
        "a mirrors half of the images; a once more also moves each by up to \(Augmentation.usualShift) pixels.",
        "按 a 使一半图像镜像；再按 a 还使每张移动至多 \(Augmentation.usualShift) 个像素。")
      : says(
        "--augment flip,shift=\(Augmentation.usualShift) turns it on from a run's beginning.",
        "--augment flip,shift=\(Augmentation.usualShift) 从运行开始就启用它。")
    return [
      says(
        "Augmentation is off: every epoch of \(state.title(of: run)) learns from the image as it is.",
        "数据增强已关闭：\(state.title(of: run)) 的每一轮都从原样的图像学习。"), remedy,
    ]
  }

  private func write(_ sentences: [String], on surface: inout Surface, in area: Rect) {
    let lines = sentences.flatMap { TextWrap.lines(state.plain($0), width: min(area.width - 2, 70)) + [""] }
    surface.write(lines, in: area.splitLeft(1).rest, style: .dim)
  }
}

extension AugmentedImage {
  /// The numbers of the image or a version of it as a picture.
  fileprivate func picture(of pixels: [UInt8]) -> PixelImage {
    PixelImage(height: height, width: width, channels: channels, pixels: pixels)
  }
}

extension AugmentedImage.Version {
  /// What is done to the image, in two lines of at most 18 columns while epochs have two digits.
  var caption: [String] {
    let ways = [
      (right, says("right", "右"), says("left", "左")), (down, says("down", "下"), says("up", "上")),
    ]
    let moves = ways.filter { $0.0 != 0 }.map { pixels, to, back in
      let way = pixels > 0 ? to : back
      return says("\(abs(pixels)) \(way)", "\(way) \(abs(pixels))")
    }
    let isChanged = isMirrored || isCut || !moves.isEmpty
    return [
      says("epoch \(epoch)", "第 \(epoch) 轮") + (isMirrored ? says(": mirrored", "：镜像") : ""),
      isChanged
        ? (moves + (isCut && moves.count < 2 ? [says("cut", "裁切")] : [])).joined(separator: says(", ", "，"))
        : says("as it is", "原样"),
    ]
  }
}

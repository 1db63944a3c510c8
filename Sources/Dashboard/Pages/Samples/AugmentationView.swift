internal import Experiment
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
      surface.drawFrame(area, title: "training images", glyphs: state.glyphs)
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
      "original", state.title(of: run), augmentation.isActive ? augmentation.text : "no augmentation",
      "seed \(run.configuration.seed)",
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
    let name = state.testImages?.className(image.label) ?? "class \(image.label)"
    return "\(NumberText.grouped(image.request.rank + 1)) of \(count): training image "
      + "\(NumberText.grouped(image.place)), \(name)"
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
        "Training images are at hand only while this program trains: recordings and run folders hold none.",
        "v goes back.",
      ]
    }
    return ["The training images are shown as soon as a run begins."]
  }

  /// That images stay as they are, and what changes that.
  private func inactivity(of run: RunState) -> [String] {
    let remedy =
      state.canChangeSettings
      ? "a mirrors half of the images; a once more also moves each by up to \(Augmentation.usualShift) pixels."
      : "--augment flip,shift=\(Augmentation.usualShift) turns it on from a run's beginning."
    return [
      "Augmentation is off: every epoch of \(state.title(of: run)) learns from the image as it is.", remedy,
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
    let moves = [(right, "right", "left"), (down, "down", "up")].filter { $0.0 != 0 }.map {
      pixels, to, back in
      "\(abs(pixels)) \(pixels > 0 ? to : back)"
    }
    let isChanged = isMirrored || isCut || !moves.isEmpty
    return [
      "epoch \(epoch)" + (isMirrored ? ": mirrored" : ""),
      isChanged
        ? (moves + (isCut && moves.count < 2 ? ["cut"] : [])).joined(separator: ", ") : "as it is",
    ]
  }
}

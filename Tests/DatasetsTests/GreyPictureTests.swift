import Testing

@testable import Datasets

@Suite struct GreyPictureTests {
  private func picture(_ rows: [[UInt8]], opacity: [[UInt8]]? = nil) -> GreyPicture {
    let grey = rows.flatMap(\.self)
    return GreyPicture(
      width: rows[0].count, height: rows.count, grey: grey,
      opacity: opacity?.flatMap(\.self) ?? grey.map { _ in 255 })
  }

  @Test func theBackgroundIsTheMedianOfTheEdgesAndBecomesBlack() {
    var bright = picture([[245, 245, 245], [245, 0, 245], [245, 122, 245]])
    #expect(bright.background == 245)
    bright.negate()
    bright.darken(bright.background)
    // 255 - 245 = 10 becomes 0, 255 stays 255, 133 becomes (133 - 10) · 255 / 245.
    #expect(bright.grey == [0, 0, 0, 0, 255, 0, 0, 128, 0])
    var dark = picture([[10, 10, 10], [10, 255, 10], [10, 10, 0]])
    #expect(dark.background == 10)
    dark.darken(10)
    #expect(dark.grey == [0, 0, 0, 0, 255, 0, 0, 0, 0])
  }

  /// 1 2 3 / 4 5 6 as cameras store it that are held in each of the eight ways (Exif 2.3, 4.6.4).
  @Test(
    arguments: [
      (1, [[1, 2, 3], [4, 5, 6]]), (2, [[3, 2, 1], [6, 5, 4]]), (3, [[6, 5, 4], [3, 2, 1]]),
      (4, [[4, 5, 6], [1, 2, 3]]), (5, [[1, 4], [2, 5], [3, 6]]), (6, [[3, 6], [2, 5], [1, 4]]),
      (7, [[6, 3], [5, 2], [4, 1]]), (8, [[4, 1], [5, 2], [6, 3]]),
    ] as [(Int, [[UInt8]])])
  func everyOrientationIsTurnedUpright(orientation: Int, stored: [[UInt8]]) {
    let upright = picture(stored).upright(orientation)
    #expect(upright.width == 3 && upright.height == 2 && upright.grey == [1, 2, 3, 4, 5, 6])
  }

  @Test func aDarkCutOutIsLaidOnWhiteAndABrightOneOnBlack() {
    let opacity: [[UInt8]] = [[0, 0, 0], [0, 255, 128], [0, 0, 0]]
    var dark = picture([[9, 9, 9], [9, 50, 50], [9, 9, 9]], opacity: opacity)
    let darkNotes = dark.layOnBackground()
    #expect(darkNotes == ["laid on white, because the background is transparent"])
    #expect(dark.grey == [255, 255, 255, 255, 50, 152, 255, 255, 255])
    var bright = picture([[9, 9, 9], [9, 200, 200], [9, 9, 9]], opacity: opacity)
    let brightNotes = bright.layOnBackground()
    #expect(brightNotes == ["laid on black, because the background is transparent"])
    #expect(bright.grey == [0, 0, 0, 0, 200, 100, 0, 0, 0])
  }

  @Test func transparentHolesBecomeBackground() {
    var holed = picture(
      [[240, 240, 240], [240, 30, 0], [240, 240, 240]],
      opacity: [[255, 255, 255], [255, 0, 255], [255, 255, 255]])
    let holedNotes = holed.layOnBackground()
    #expect(holedNotes == ["transparent parts became background"])
    #expect(holed.grey == [240, 240, 240, 240, 240, 0, 240, 240, 240])
    var opaque = picture([[1, 2], [3, 4]])
    let opaqueNotes = opaque.layOnBackground()
    #expect(opaqueNotes.isEmpty)
  }

  @Test func theBoxHoldsWhatIsBrighter() {
    let spots = picture([[0, 0, 0, 0], [0, 26, 0, 25], [0, 0, 99, 0]])
    #expect(spots.box(brighterThan: 25) == GreyPicture.Box(x: 1, y: 1, width: 2, height: 2))
    #expect(spots.cropped(to: GreyPicture.Box(x: 1, y: 1, width: 2, height: 2)).grey == [26, 0, 0, 99])
    #expect(picture([[0, 0]]).box(brighterThan: 25) == nil)
  }

  /// The means of areas, worked out by hand: parts of 1.5 pixels weigh whole and half pixels.
  @Test func scalingTakesTheMeanOfEachArea() {
    let line = picture([[0, 90, 30]]).fitted(into: 2)
    #expect(line.grey == [30, 50, 0, 0], "(0 + 90 / 2) / 1.5 and (90 / 2 + 30) / 1.5")
    let square = picture([[10, 20, 30, 40], [50, 60, 70, 80], [0, 0, 0, 0], [0, 0, 0, 100]]).fitted(into: 2)
    #expect(square.grey == [35, 55, 0, 25])
    let grown = picture([[7, 9]]).fitted(into: 4)
    #expect(grown.grey == [0, 0, 0, 0, 7, 7, 9, 9, 7, 7, 9, 9, 0, 0, 0, 0])
  }

  @Test(arguments: [(1, 1), (1, 1000), (1000, 1), (3, 5), (28, 27), (400, 301)])
  func anySizeFillsTheSquareOnItsLongerSide(width: Int, height: Int) throws {
    let white = picture([[UInt8]](repeating: [UInt8](repeating: 255, count: width), count: height))
    let fitted = white.fitted(into: 28)
    let box = try #require(fitted.box(brighterThan: 200))
    #expect(max(box.width, box.height) == 28)
    let shorter = min(box.width, box.height)
    #expect(
      abs(Double(shorter) - max(1, 28 * Double(min(width, height)) / Double(max(width, height)))) <= 0.5)
    #expect(abs(2 * box.x + box.width - 28) <= 1 && abs(2 * box.y + box.height - 28) <= 1, "in the middle")
    #expect(fitted.grey.allSatisfy { $0 == 0 || $0 == 255 })
  }
}

import Foundation
import Testing

@testable import Datasets

@Suite struct ResizingTests {
  private struct Fixture: Decodable {
    struct Case: Decodable {
      var height: Int
      var width: Int
      var toHeight: Int
      var toWidth: Int
      var channels: Int
      var input: [UInt8]
      var pil: [UInt8]
    }
    var cases: [Case]
  }

  @Test func imagesAreResizedAsPILDoesToTheBit() throws {
    let url = Bundle.module.url(
      forResource: "resize-bilinear", withExtension: "json", subdirectory: "Fixtures")
    let cases = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: #require(url))).cases
    #expect(cases.count == 8)
    for one in cases {
      let resizing = Resizing(
        height: one.height, width: one.width, channels: one.channels, toHeight: one.toHeight,
        toWidth: one.toWidth)
      let title: Comment = "\(one.height) × \(one.width) to \(one.toHeight) × \(one.toWidth)"
      #expect(resizing.resized(one.input) == one.pil, title)
      // Several images at once, as they lie in memory.
      #expect(resizing.resized(one.input + one.input + one.input) == one.pil + one.pil + one.pil, title)
    }
  }

  @Test func anImageOfTheWantedSizeStaysAsItIs() {
    let images = LabeledImages(count: 1, height: 2, width: 2, pixels: [1, 200, 3, 77], labels: [0])
    #expect(images.resized(to: 2) == images)
  }
}

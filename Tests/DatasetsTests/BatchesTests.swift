import Testing

@testable import Datasets

@Suite struct BatchesTests {
  @Test func theLastBatchHoldsTheRest() {
    let batches = Batches(count: 60_000, batchSize: 256)
    #expect(batches.count == 235)
    #expect(batches.range(of: 234).count == 96)
    #expect(Batches(count: 10_000, batchSize: 256).range(of: 39).count == 16)
  }

  @Test(arguments: [(1, 1), (5, 5), (7, 3), (3, 10), (0, 4)])
  func batchesCoverEverySampleOnce(count: Int, batchSize: Int) {
    let batches = Batches(count: count, batchSize: batchSize)
    #expect((0..<batches.count).flatMap { Array(batches.range(of: $0)) } == Array(0..<count))
  }

  @Test func gatheredPixelsAreExactFractionsOf255() {
    let images = LabeledImages(
      count: 2, height: 16, width: 16, pixels: (0..<512).map { UInt8($0 % 256) }, labels: [3, 8])
    var pixels = [Float](repeating: -1, count: 512)
    var labels: [UInt8] = [0, 0]
    pixels.withUnsafeMutableBufferPointer { pixels in
      labels.withUnsafeMutableBufferPointer { labels in
        images.gather([1, 0], pixels: pixels, labels: labels)
      }
    }
    #expect(labels == [8, 3])
    #expect(pixels == (0..<512).map { Float($0 % 256) / 255 })
  }
}

import Datasets
import Testing

@testable import Training

@Suite struct LabeledBatchTests {
  private static let images = LabeledImages(
    count: 6, height: 1, width: 1, pixels: [0, 0, 0, 0, 0, 0], labels: [3, 0, 9, 3, 0, 3])

  @Test func samplesAreOrderedByClassAndOtherwiseAsTheyCome() {
    var batch = LabeledBatch()
    batch.take([5, 4, 3, 2, 1, 0], of: Self.images)
    #expect(batch.samples == [4, 1, 5, 3, 0, 2])
    #expect(batch.labels == [0, 0, 3, 3, 3, 9])
  }

  @Test func aSmallerBatchHasNothingOfTheOneBefore() {
    var batch = LabeledBatch()
    batch.take([0, 1, 2, 3, 4, 5], of: Self.images)
    batch.take([2, 1], of: Self.images)
    #expect(batch.samples == [1, 2])
    #expect(batch.labels == [0, 9])
    batch.take([], of: Self.images)
    #expect(batch.samples.isEmpty && batch.labels.isEmpty)
  }
}

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
}

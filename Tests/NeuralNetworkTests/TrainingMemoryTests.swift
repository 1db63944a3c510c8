import Testing

@testable import NeuralNetwork

@Suite struct TrainingMemoryTests {
  private let colour = Shape.image(channels: 3, height: 96, width: 96)

  private func bytes(
    _ text: String, batchSize: Int, remembered: Int = 0, threads: Int = 2, isSaved: Bool = true
  ) throws -> Double {
    let network = try NetworkSpecification(text: text)
    return TrainingMemory(batchSize: batchSize, threads: threads, remembered: remembered, isSaved: isSaved)
      .bytes(of: network, input: network.inputShape(of: colour))
  }

  @Test func aLayerTakesWhatItGivesWithItsGradientAndWhatItKeeps() throws {
    func numbers(_ text: String) throws -> Int {
      try NetworkSpecification(text: text).trainingNumbers(for: .image(channels: 2, height: 4, width: 4))
    }
    #expect(try numbers("conv 3x3") == 32 + 2 * 48)
    #expect(try numbers("conv 3x3 relu") == 32 + 2 * 48)
    // Batch norm keeps normalised numbers, GELU its arguments; what ReLU has given stays for backward.
    #expect(try numbers("conv 3x3 batch-norm gelu") == 32 + 4 * 48)
    #expect(try numbers("conv 3x3 relu batch-norm") == 32 + 4 * 48)
    #expect(try numbers("pool 2") == 32 + 2 * 8 + 2)
    // A part reads a copy, and gives a gradient for it.
    #expect(try numbers("residual(conv 2x3)") == 32 + 2 * 32 + 2 * 32 + 2 * 32)
  }

  @Test func memoryGrowsWithTheBatchTheOptimizerAndCheckpoints() throws {
    let (small, large) = try (bytes("resnet18-cifar", batchSize: 32), bytes("resnet18-cifar", batchSize: 64))
    #expect(small < large && large < 2 * small)
    let adam = try bytes("resnet18-cifar", batchSize: 64, remembered: 2)
    #expect(abs(adam - large - 6 * 4 * 11_180_682) < 1)
    let unsaved = try bytes("resnet18-cifar", batchSize: 64, remembered: 2, isSaved: false)
    #expect(abs(adam - unsaved - 7 * 4 * 11_180_682) < 1)
    #expect(try bytes("resnet18-cifar", batchSize: 64, threads: 4) > large)
  }

  @Test func aPassOfEvaluationIsWorthWhatIsMadeOfTheWeights() throws {
    func rows(_ text: String) throws -> (rows: Int, estimate: NetworkEstimate) {
      let estimate = try NetworkSpecification(text: text).estimate(for: colour)
      return (TrainingMemory.evaluatedRows(of: estimate), estimate)
    }
    let (few, small) = try rows("resnet8")
    #expect(few * small.numbersPerSample <= 8_000_000 && (few + 1) * small.numbersPerSample > 8_000_000)
    let (many, large) = try rows("resnet18-cifar")
    #expect(
      many * large.numbersPerSample > 3 * large.parameters && many > 3 * 8_000_000 / large.numbersPerSample)
    #expect(try rows("conv 1024x3 gap linear 10").rows == 1)
    #expect(try rows("gap linear 10").rows == 256)
  }

  @Test func noSizeOverflows() throws {
    let network = try NetworkSpecification(text: String(repeating: "conv 3x64 padding 63 ", count: 4000))
    let memory = TrainingMemory(batchSize: 65_536, threads: 256, remembered: 2)
    #expect(memory.bytes(of: network, input: colour) >= 0)
    #expect(try bytes("conv 64x3 gap linear 10", batchSize: 65_536, threads: 256) > 1e11)
  }
}

import Datasets
import Testing

@Suite struct SynthesisTests {
  /// FNV-1a over the bits of numbers.
  private func hash(_ numbers: [Float]) -> UInt64 {
    numbers.reduce(0xCBF2_9CE4_8422_2325) { hash, number in
      (0..<4).reduce(hash) { hash, byte in
        (hash ^ UInt64(number.bitPattern >> (8 * byte) & 0xFF)) &* 0x100_0000_01B3
      }
    }
  }

  private func samples(
    _ description: DatasetDescription, _ split: Int, count: Int, features: Int, seed: UInt64
  )
    throws -> SampleNumbers
  {
    try #require(description.synthesis).samples(split: split, count: count, features: features, seed: seed)
  }

  @Test(arguments: [
    (DatasetDescription.polynomial, 0, 20, UInt64(1), UInt64(8_926_805_822_202_497_317)),
    (.polynomial, 1, 20, 1, 4_797_713_422_224_900_393),
    (.linear, 0, 200, 1, 14_274_093_720_177_591_987), (.linear, 1, 200, 7, 2_122_657_746_449_903_583),
  ])
  func aSeedAlwaysMakesTheSameBits(
    description: DatasetDescription, split: Int, features: Int, seed: UInt64, expected: UInt64
  ) throws {
    let samples = try samples(description, split, count: 20, features: features, seed: seed)
    #expect(hash(samples.inputs + samples.targets) == expected)
  }

  @Test func moreSamplesLeaveTheOthersAsTheyAre() throws {
    for description in [DatasetDescription.polynomial, .linear] {
      let few = try samples(description, 0, count: 20, features: 30, seed: 3)
      let many = try samples(description, 0, count: 50, features: 30, seed: 3)
      #expect(many.inputs.prefix(600) == few.inputs[...])
      #expect(many.targets.prefix(20) == few.targets[...])
    }
  }

  @Test func fewerFeaturesAreTheFirstOnesOfThePolynomial() throws {
    let all = try samples(.polynomial, 0, count: 5, features: 20, seed: 3)
    let few = try samples(.polynomial, 0, count: 5, features: 4, seed: 3)
    for sample in 0..<5 {
      #expect(
        few.inputs[sample * 4..<sample * 4 + 4].elementsEqual(all.inputs[sample * 20..<sample * 20 + 4]))
    }
    #expect(few.targets == all.targets)
  }

  @Test func splitsAndSeedsDiffer() throws {
    let first = try samples(.linear, 0, count: 5, features: 4, seed: 3)
    #expect(try first != samples(.linear, 1, count: 5, features: 4, seed: 3))
    #expect(try first != samples(.linear, 0, count: 5, features: 4, seed: 4))
  }

  @Test func targetsAreTheFunctionWithItsNoise() throws {
    let synthesis = try #require(DatasetDescription.polynomial.synthesis)
    let samples = synthesis.samples(split: 0, count: 4000, features: 2, seed: 1)
    let errors = (0..<4000).map { index in
      Double(samples.targets[index]) - synthesis.value(at: Double(samples.inputs[2 * index + 1]))
    }
    let mean = errors.reduce(0, +) / 4000
    let deviation = (errors.reduce(0) { $0 + $1 * $1 } / 4000).squareRoot()
    #expect(abs(mean) < 0.006 && abs(deviation - 0.1) < 0.005)
    #expect(abs(synthesis.value(at: 2) - (5 + 2.4 - 6.8 + 5.6 * 8 / 6)) < 1e-12)
    #expect(Synthesis.powers(of: -2, count: 4) == [1, -2, 2, -4.0 / 3])
  }

  @Test func filesAreRefusedForDataThatAreMade() {
    #expect(throws: DatasetError.self) {
      try Dataset.load(.polynomial, directory: "/tmp", environment: [:])
    }
    #expect(throws: Never.self) { try Dataset.load(.linear, directory: nil, environment: [:]) }
  }
}

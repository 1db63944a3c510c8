import CKernels
import Testing

@testable import NeuralNetwork

@Suite struct RandomStreamTests {
  /// The known-answer vectors published with Random123, for 10 rounds.
  @Test func philoxMatchesItsPublishedVectors() {
    func words(_ key: UInt64, _ counter: [UInt32]) -> [UInt32] {
      let block = kernels_philox(key, counter[0], counter[1], counter[2], counter[3])
      return [block.word.0, block.word.1, block.word.2, block.word.3]
    }
    #expect(words(0, [0, 0, 0, 0]) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    let ones = UInt32.max
    #expect(words(.max, [ones, ones, ones, ones]) == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    #expect(
      words(0x299f_31d0_a409_3822, [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344])
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  @Test func maskBitsAreThoseOfPhilox() {
    var factors = [Float](repeating: -1, count: 2 * 11)
    kernels_draw_factors(kernels_default(), nil, 5, 3, 8, 30_000, 2, 2, 11, &factors)
    for row in 0..<2 {
      for unit in 0..<11 {
        let block = kernels_philox(5, UInt32(unit / 8), UInt32(row), 3, 8)
        let words = [block.word.0, block.word.1, block.word.2, block.word.3]
        let bits = words[unit % 8 / 2] >> (unit % 2 * 16) & 0xFFFF
        #expect(factors[row * 11 + unit] == (bits >= 30_000 ? 2 : 0))
      }
    }
  }

  @Test func sameSeedSameNumbersOtherPurposeOthers() {
    func numbers(_ seed: UInt64, _ purpose: RandomStream.Purpose) -> [UInt64] {
      var stream = RandomStream(seed: seed, purpose: purpose)
      return (0..<8).map { _ in stream.next() }
    }
    let purposes: [RandomStream.Purpose] = [
      .initialWeights(layer: 0), .initialWeights(layer: 1), .shuffle(epoch: 1), .shuffle(epoch: 2), .subset,
      .dropout(layer: 0), .dropout(layer: 1), .labelNoise,
    ]
    let drawn = purposes.map { numbers(1, $0) }
    #expect(drawn == purposes.map { numbers(1, $0) })
    #expect(Set(drawn.flatMap { $0 }).count == 8 * purposes.count)
    #expect(numbers(2, .subset) != numbers(1, .subset))
  }

  @Test func uniformAndNormalNumbersHaveTheirMoments() {
    var stream = RandomStream(seed: 3, purpose: .subset)
    let uniform = (0..<100_000).map { _ in stream.nextUniform() }
    #expect(uniform.allSatisfy { (0..<1).contains($0) })
    #expect(abs(uniform.reduce(0, +) / 100_000 - 0.5) < 0.005)
    let normal = (0..<100_000).map { _ in stream.nextNormal() }
    #expect(abs(normal.reduce(0, +) / 100_000) < 0.02)
    #expect(abs(normal.reduce(0) { $0 + $1 * $1 } / 100_000 - 1) < 0.02)
  }

  @Test(arguments: [0, 1, 2, 17, 1000])
  func aPermutationHoldsEveryIndexOnce(count: Int) {
    var stream = RandomStream(seed: 9, purpose: .shuffle(epoch: 1))
    let order = stream.permutation(count: count)
    #expect(order.sorted() == (0..<Int32(count)).map { $0 })
    if count > 2 { #expect(order != order.sorted()) }
  }
}

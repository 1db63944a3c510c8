import Testing

@testable import TerminalUI

@Suite struct AxisTests {
  @Test(arguments: [
    (0.0, 1.0), (0, 10), (0.28, 1.04), (-3, 7), (0.8511, 0.8519), (1e-9, 3e-9), (-1e6, 2e6), (0, 235_000),
    (3, 3),
  ])
  func thereAreThreeToSevenRoundTicksInRange(lower: Double, upper: Double) {
    let axis = Axis(lower, upper)
    let ticks = axis.ticks(limit: 7)
    #expect((3...7).contains(ticks.count))
    #expect(ticks == ticks.sorted())
    for tick in ticks { #expect((-1e-6...1 + 1e-6).contains(axis.position(of: tick)!)) }
    let steps = zip(ticks.dropFirst(), ticks).map { $0 - $1 }
    #expect(steps.allSatisfy { abs($0 - steps[0]) < steps[0] * 1e-6 })
  }

  @Test func ticksAreRound() {
    #expect(Axis(0, 10).ticks(limit: 6) == [0, 2, 4, 6, 8, 10])
    #expect(Axis(0.28, 1.04).ticks(limit: 4).map { ($0 * 100).rounded() } == [40, 60, 80, 100])
  }

  @Test(arguments: [(Double.nan, 1.0), (0, .infinity), (-.infinity, .nan)])
  func rangesThatAreNotFiniteAreReplaced(lower: Double, upper: Double) {
    #expect(Axis(lower, upper) == Axis(0, 1))
  }

  @Test(arguments: [
    (-1e308, 1e308), (1e-300, 1e308), (0, .leastNonzeroMagnitude), (1e308, 1.7e308), (-1.7e308, -1e308),
    (.leastNonzeroMagnitude, 1e-300),
  ])
  func extremeRangesCanBeDrawn(lower: Double, upper: Double) throws {
    for isLogarithmic in [false, true] {
      let axis = Axis(lower, upper, isLogarithmic: isLogarithmic)
      #expect(axis.lower < axis.upper && (axis.upper - axis.lower).isFinite)
      #expect(axis.ticks(limit: 7).count <= 7)
      for value in [lower, upper] {
        #expect(try !#require(axis.position(of: value)).isNaN)
      }
    }
  }

  @Test func whatIsNotFiniteHasNoPosition() {
    #expect(Axis(0, 1).position(of: .nan) == nil)
    #expect(Axis(0, 1).position(of: .infinity) == nil)
    #expect(Axis(1, 10, isLogarithmic: true).position(of: 0) == nil)
  }

  @Test func aLogarithmicAxisHasEqualRatios() throws {
    let axis = Axis(0.01, 1, isLogarithmic: true)
    #expect(abs(try #require(axis.position(of: 0.1)) - 0.5) < 1e-12)
    #expect(abs(axis.value(at: 0.5) - 0.1) < 1e-12)
    #expect(axis.ticks(limit: 7).count >= 3)
  }

  @Test(arguments: [
    (0.25, 0.9), (0.4, 5), (0.09, 0.21), (1e-5, 1), (3, 70), (0.9, 1.1), (0.31, 0.39), (1e-9, 1e9),
    (150, 240),
  ])
  func logarithmicTicksAreRoundAndAtLeastTwo(lower: Double, upper: Double) {
    for limit in 3...7 {
      let axis = Axis(lower, upper, isLogarithmic: true)
      let ticks = axis.ticks(limit: limit)
      #expect((2...limit).contains(ticks.count), "\(limit) \(ticks)")
      // As soon as two of 1, 2 and 5 of a decade are in sight, the ticks are of these or of 1 and 3.
      let round = (-10...10).flatMap { decade in ["1", "2", "5"].compactMap { Double("\($0)e\(decade)") } }
      if round.count(where: { (lower...upper).contains($0) }) >= 2 {
        #expect(ticks.allSatisfy(Axis.isRound), "\(ticks)")
      }
    }
    #expect(Axis(0.15, 0.9, isLogarithmic: true).ticks(limit: 5) == [0.2, 0.5])
  }

  @Test func aRangeWithZeroIsNeverLogarithmic() {
    #expect(!Axis(0, 1, isLogarithmic: true).isLogarithmic)
  }

  @Test(arguments: [
    ([0.0, 2, 4], 0), ([0, 0.5, 1], 1), ([0.25, 0.5, 0.75], 2), ([0.851, 0.852], 3), ([0, 2.5, 5], 1),
    ([], 0),
  ])
  func decimalsTellTicksApart(ticks: [Double], decimals: Int) {
    #expect(Axis.decimals(for: ticks) == decimals)
  }

  @Test(arguments: 2...200)
  func wholeTicksAreWholeAndAtLeastTwo(last: Int) {
    for limit in [4, 7, 12] {
      let ticks = Axis(1, Double(last)).wholeTicks(limit: limit)
      #expect(ticks.count <= limit && ticks.count >= min(2, last), "\(last) \(ticks)")
      #expect(ticks.allSatisfy { $0 == $0.rounded() && (1...Double(last)).contains($0) })
    }
  }
}

import Testing

@testable import Experiment

struct SweepCurveTests {
  private func progress(_ texts: [Setting: String], seeds: Int = 3, test: (Int, UInt64) -> Double)
    throws -> SweepProgress
  {
    var options = GivenSettings()
    for (setting, text) in texts { options[setting] = text }
    let plan = try SweepSpecification(options: options, over: [], seeds: seeds, steps: nil)
      .plan(trainingImages: 1000)
    var progress = SweepProgress(plan, trainingImages: 1000)
    for run in progress.runs {
      progress.record(
        SweepResult(
          key: run.key, step: 1, epoch: 1, seconds: 1,
          metrics: [.testAccuracy: test(run.key.cell, run.key.seed), .trainAccuracy: 0.9, .testLoss: 1]))
    }
    return progress
  }

  @Test func widthsLieAtTheNumberOfParametersWhateverTheirOrder() throws {
    let progress = try progress([.hidden: "64,4,1024"]) { cell, _ in [0.75, 0.5, 0.875][cell] }
    let curve = try #require(SweepCurve(progress, of: .testAccuracy))
    #expect(curve.unit == "parameters" && curve.isLogarithmic && curve.tellsErrors)
    let test = try #require(curve.lines.last)
    #expect(curve.lines.map(\.figure) == [.trainAccuracy, .testAccuracy])
    #expect(test.points.map(\.x) == [3190, 50890, 814_090])
    #expect(test.points.map(\.cell) == [1, 0, 2] && test.points.map(\.mean) == [0.5, 0.25, 0.125])
  }

  @Test func numbersLieAtTheirValuesAndWordsMakeNoCurve() throws {
    let rates = try #require(
      SweepCurve(try progress([.learningRate: "0.1,0.2,0.4"]) { _, _ in 0.5 }, of: .testLoss))
    #expect(rates.places == [0.1, 0.2, 0.4] && rates.unit == "lr" && !rates.isLogarithmic)
    #expect(rates.lines.map(\.figure) == [.testLoss] && !rates.tellsErrors)
    let zero = try progress([.weightDecay: "0,0.01,1"]) { _, _ in 0.5 }
    #expect(SweepCurve(zero, of: .testAccuracy)?.isLogarithmic == false)
    let words = try progress([.activation: "relu,tanh"]) { _, _ in 0.5 }
    #expect(SweepCurve(words, of: .testAccuracy) == nil)
    let two = try progress([.hidden: "4,8", .learningRate: "0.1,0.2"]) { _, _ in 0.5 }
    #expect(SweepCurve(two, of: .testAccuracy) == nil)
  }

  /// Mean 0.3 and deviation 0.1 of three: t is 4.3027 for two degrees of freedom.
  @Test func intervalsAreStudentsOverTheSeeds() throws {
    let progress = try progress([.hidden: "4,8"]) { _, seed in 0.5 + Double(seed) / 10 }
    let point = try #require(SweepCurve(progress, of: .testAccuracy)?.lines.last?.points.first)
    let interval = try #require(point.interval)
    #expect(abs(point.mean - 0.3) < 1e-12)
    #expect(abs(interval.upperBound - (0.3 + 4.302652729749 * 0.1 / 3.0.squareRoot())) < 1e-9)
    let single = try self.progress([.hidden: "4,8"], seeds: 1) { _, _ in 0.5 }
    #expect(
      SweepCurve(single, of: .testAccuracy)?.lines.last?.points.allSatisfy { $0.interval == nil } == true)
  }

  @Test func aPeakStandsAboveBothItsSides() throws {
    let peak = try #require(Peak([5, 3, 4, 7, 6, 2, 2.5]))
    #expect((peak.before, peak.top, peak.after) == (1, 3, 5) && peak.rise == 4 && peak.fall == 5)
    #expect(peak.height == 4)
    for values in [[], [1], [1, 2], [3, 2, 1], [1, 2, 3], [3, 1, 2], [1, 1, 1], [1, .nan, 0]] as [[Double]] {
      #expect(Peak(values) == nil)
    }
  }
}

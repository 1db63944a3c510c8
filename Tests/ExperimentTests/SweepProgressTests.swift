import Experiment
import Testing

struct SweepProgressTests {
  private func progress() throws -> SweepProgress {
    var options = GivenSettings()
    options[.dropout] = "0,0.5"
    let plan = try SweepSpecification(options: options, over: [], seeds: 3, steps: nil)
      .plan(trainingImages: 60_000)
    return SweepProgress(plan, trainingImages: 60_000)
  }

  private func result(_ cell: Int, seed: UInt64, test: Double?) -> SweepResult {
    let figures = (loss: 0.3, accuracy: 0.95)
    let key = SweepRunKey(cell: cell, seed: seed)
    guard let test else {
      return SweepResult(key: key, step: 9, epoch: 1, seconds: 1, divergence: "the training loss became NaN")
    }
    return SweepResult(
      key: key, step: 2350, epoch: 10, seconds: 8,
      metrics: [
        .runningTrainLoss: figures.loss,
        .runningTrainAccuracy: figures.accuracy,
        .trainLoss: figures.loss,
        .trainAccuracy: figures.accuracy,
        .testLoss: 0.5,
        .testAccuracy: test,
      ])
  }

  /// numpy.mean and numpy.std(ddof=1) of these three.
  @Test func aCellHasMeanAndDeviationOverItsSeeds() throws {
    var progress = try progress()
    for (seed, accuracy) in [(1, 0.84), (2, 0.87), (3, 0.85)] {
      progress.record(result(1, seed: UInt64(seed), test: accuracy))
    }
    let mean = try #require(progress.mean(.testAccuracy, of: 1))
    #expect(abs(mean.mean - 0.8533333333333333) < 1e-12)
    #expect(try abs(#require(mean.standardDeviation) - 0.015275252316519479) < 1e-12)
    #expect(mean.count == 3)
    let gap = try #require(progress.mean(.generalizationGap, of: 1))
    #expect(abs(gap.mean - 0.0966666666666667) < 1e-12)
    #expect(progress.mean(.testAccuracy, of: 0) == nil)
  }

  @Test func cellsAreRankedByWhatIsBetter() throws {
    var progress = try progress()
    #expect(progress.best(by: .testAccuracy) == nil)
    #expect(progress.ranking(by: .testAccuracy) == [0, 1])
    progress.record(result(1, seed: 1, test: 0.84))
    #expect(progress.best(by: .testAccuracy) == 1)
    #expect(progress.ranking(by: .testAccuracy) == [1, 0])
    progress.record(result(0, seed: 1, test: 0.86))
    #expect(progress.ranking(by: .testAccuracy) == [0, 1])
    // The same train accuracy: a higher test accuracy is a smaller gap.
    #expect(progress.best(by: .generalizationGap) == 0)
    #expect(progress.best(by: .trainAccuracy) == 0)
    #expect(progress.best(by: .weightNorm) == nil)
    #expect(progress.state(of: 0) == "1 of 3 seeds, waiting")
  }

  @Test func oneLuckySeedIsNotTheBestBesideACompleteCell() throws {
    var progress = try progress()
    progress.record(result(0, seed: 1, test: 0.95))
    for seed: UInt64 in 1...2 { progress.record(result(1, seed: seed, test: 0.85)) }
    #expect(progress.best(by: .testAccuracy) == 0)
    progress.record(result(1, seed: 3, test: 0.85))
    #expect(progress.best(by: .testAccuracy) == 1)
    #expect(progress.ranking(by: .testAccuracy) == [0, 1])
    for seed: UInt64 in 2...3 { progress.record(result(0, seed: seed, test: 0.95)) }
    #expect(progress.best(by: .testAccuracy) == 0)
  }

  @Test func twoThreadsNeedAsLongForThreeEqualRunsAsForFour() throws {
    var progress = try progress()
    let work = progress.runs[0].work
    #expect(progress.longestRest(threads: 2) == 3 * work)
    for run in progress.runs.prefix(3) {
      progress.record(result(run.key.cell, seed: run.key.seed, test: 0.8))
    }
    #expect(progress.longestRest(threads: 2) == 2 * work)
    progress.running = progress.waiting.prefix(2).map { .init(run: $0, share: 0.5) }
    #expect(progress.longestRest(threads: 2) == 1.5 * work)
  }

  @Test func aRunThatDivergedEarlyIsLittleEffort() throws {
    var progress = try progress()
    progress.record(result(0, seed: 1, test: nil))
    #expect(progress.doneWork == progress.runs[0].work)
    #expect(abs(progress.effort - progress.runs[0].work / 10) < 1e-9 * progress.effort)
  }

  @Test func divergedRunsAreCountedAndHaveNoPartInTheMean() throws {
    var progress = try progress()
    progress.record(result(0, seed: 1, test: nil))
    #expect(progress.mean(.testAccuracy, of: 0) == nil)
    progress.record(result(0, seed: 2, test: 0.8))
    #expect(progress.mean(.testAccuracy, of: 0)?.count == 1)
    #expect(progress.mean(.testAccuracy, of: 0)?.standardDeviation == nil)
    #expect(progress.divergedCount(of: 0) == 1)
    #expect(progress.results(of: 0).count == 2)
  }

  @Test func whatIsOverIsNotMadeAgain() throws {
    var progress = try progress()
    progress.record(result(0, seed: 2, test: 0.8))
    progress.running = [.init(run: progress.runs[0], share: 0.5)]
    let left = Set(progress.waiting.map(\.key))
    #expect(left.count == 4)
    #expect(!left.contains(SweepRunKey(cell: 0, seed: 2)))
    #expect(!left.contains(progress.runs[0].key))
    #expect(abs(progress.share - 0.25) < 1e-12)
  }

  @Test func resultsOfOtherSweepsAreLeftOut() throws {
    var progress = try progress()
    progress.record(result(7, seed: 1, test: 0.8))
    progress.record(result(0, seed: 9, test: 0.8))
    #expect(progress.results.isEmpty)
    progress.record(result(0, seed: 1, test: 0.8))
    progress.record(result(0, seed: 1, test: 0.1))
    #expect(progress.mean(.testAccuracy, of: 0)?.mean == 0.8)
  }

  @Test func aSweepIsCompleteWithItsLastRun() throws {
    var progress = try progress()
    for run in progress.runs {
      #expect(!progress.isComplete)
      progress.record(result(run.key.cell, seed: run.key.seed, test: 0.9))
    }
    #expect(progress.isComplete)
    #expect(progress.share == 1)
  }
}

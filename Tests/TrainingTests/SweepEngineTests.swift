import Datasets
import Experiment
import Foundation
import NeuralNetwork
import Testing

@testable import Training

@Suite struct SweepEngineTests {
  private func progress(_ texts: [Setting: String], seeds: Int = 2) throws -> SweepProgress {
    var options = GivenSettings()
    for (setting, text) in texts { options[setting] = text }
    let plan = try SweepSpecification(options: options, over: [], seeds: seeds, steps: nil)
      .plan(trainingImages: SmallExperiment.dataset.train.count)
    return SweepProgress(plan, trainingImages: SmallExperiment.dataset.train.count)
  }

  private let settings: [Setting: String] = [
    .dropout: "0,0.5", .hidden: "24x16", .initialization: "pytorch", .batchSize: "32", .epochs: "3",
  ]

  private func results(_ progress: SweepProgress, limit: Int) -> [SweepRunKey: SweepResult] {
    let engine = SweepEngine(
      progress.plan, runs: progress.runs, dataset: SmallExperiment.dataset, limit: limit)
    var progress = progress
    var most = 0
    while !engine.isIdle {
      for result in engine.advance() { progress.record(result) }
      most = max(most, engine.running.count)
      usleep(1000)
    }
    #expect(most == min(limit, progress.runs.count))
    #expect(engine.failures.isEmpty)
    return Dictionary(uniqueKeysWithValues: progress.results.values.map { ($0.key, $0) })
  }

  @Test func aRunOfASweepEndsAsTheSameRunAlone() throws {
    let progress = try progress(settings)
    let results = results(progress, limit: 2)
    #expect(results.count == 4)
    for run in progress.runs {
      let alone = try #require(
        SmallExperiment.events(progress.plan.configuration(of: run.key)).evaluations().last)
      #expect(results[run.key]?.metrics == alone.metrics)
      #expect(results[run.key]?.step == alone.position.step)
      #expect(results[run.key]?.epoch == 3)
    }
  }

  @Test func aRunOfASweepLearnsTheChangedLabelsOfTheSameRunAlone() throws {
    var settings = settings
    settings[.dropout] = "0"
    settings[.labelNoise] = "0,0.4"
    let progress = try progress(settings)
    let results = results(progress, limit: 2)
    for run in progress.runs {
      let alone = SmallExperiment.events(progress.plan.configuration(of: run.key)).evaluations().last
      #expect(results[run.key]?.metrics == alone?.metrics)
      #expect((results[run.key]?.metrics?[.memorizedShare] != nil) == (run.key.cell == 1))
    }
  }

  @Test func theNumberOfRunsAtATimeChangesNoFigure() throws {
    let progress = try progress(settings)
    let (one, many) = (results(progress, limit: 1), results(progress, limit: 9))
    #expect(one.mapValues(\.metrics) == many.mapValues(\.metrics))
  }

  @Test func aRunThatDivergesIsAResultAndTheOthersGoOn() throws {
    var settings = settings
    settings[.dropout] = "0"
    settings[.learningRate] = "0.1,1000"
    settings[.activation] = "elu"
    let results = results(try progress(settings, seeds: 1), limit: 1)
    #expect(results[SweepRunKey(cell: 0, seed: 1)]?.metrics != nil)
    let diverged = try #require(results[SweepRunKey(cell: 1, seed: 1)])
    #expect(diverged.metrics == nil)
    #expect(diverged.divergence?.contains("became") == true)
  }

  @Test func pausedRunsMakeNoStepAndNoOtherBegins() throws {
    let progress = try progress(settings)
    let alone = results(progress, limit: 1)
    let engine = SweepEngine(progress.plan, runs: progress.runs, dataset: SmallExperiment.dataset, limit: 1)
    engine.isPaused = true
    #expect(engine.advance().isEmpty && engine.running.isEmpty && !engine.isIdle)
    engine.isPaused = false
    var later = progress
    while later.results.isEmpty { for result in engine.advance() { later.record(result) } }
    // One that is under way ends its step, or at its end its evaluation, and no more.
    engine.isPaused = true
    var isStill = false
    for _ in 0..<300 where !isStill {
      let (shares, count) = (engine.running.map(\.share), later.results.count)
      usleep(200_000)
      for result in engine.advance() { later.record(result) }
      isStill = engine.running.map(\.share) == shares && later.results.count == count
    }
    #expect(isStill && !engine.isIdle)
    engine.isPaused = false
    while !engine.isIdle { for result in engine.advance() { later.record(result) } }
    for (key, result) in alone { #expect(later.results[key]?.metrics == result.metrics) }
    #expect(later.results.count == alone.count)
  }

  /// A tenth of the processor's time went into looking every millisecond whether a run was over.
  @Test(arguments: [1, 3]) func whoWaitsIsWokenByTheEndOfARunAndSeldomElse(limit: Int) throws {
    let progress = try progress(settings)
    let engine = SweepEngine(
      progress.plan, runs: progress.runs, dataset: SmallExperiment.dataset, limit: limit)
    var (looks, results) = (0, engine.advance())
    while !engine.isIdle {
      engine.wait(seconds: 600)
      looks += 1
      results += engine.advance()
    }
    #expect(results.count == progress.runs.count)
    #expect(looks <= 8 * progress.runs.count, "\(looks)")
  }

  @Test func stoppingLeavesNoHalfResults() throws {
    var settings = settings
    settings[.epochs] = "100000"
    let progress = try progress(settings)
    let engine = SweepEngine(progress.plan, runs: progress.runs, dataset: SmallExperiment.dataset, limit: 2)
    #expect(engine.advance().isEmpty)
    #expect(engine.running.count == 2)
    engine.stop()
    #expect(engine.advance().isEmpty)
    #expect(engine.isIdle)
  }
}

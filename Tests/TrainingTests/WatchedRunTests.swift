import Datasets
import Experiment
import Testing

@testable import NeuralNetwork
@testable import Training

@Suite struct WatchedRunTests {
  static func watched(_ change: (inout RunConfiguration) -> Void = { _ in }) -> [TrainingEvent] {
    let run = SteeredRun(isWatched: true) {
      $0.epochs = 2
      change(&$0)
    }
    run.engine.start()
    let events = run.collect { if case .runEnded = $0.kind { true } else { false } }
    run.send(.stop)
    run.engine.waitUntilEnded()
    return events
  }

  @Test func watchingChangesNoFigure() {
    var configuration = SmallExperiment.configuration
    configuration.epochs = 2
    let alone = SmallExperiment.events(configuration)
    #expect(Self.watched().evaluations().map(\.metrics) == alone.evaluations().map(\.metrics))
    #expect(!alone.contains { if case .layersObserved = $0.kind { true } else { false } })
    #expect(!alone.contains { if case .testPredicted = $0.kind { true } else { false } })
  }

  @Test func everyTestImageIsAnsweredAfterEachEpoch() throws {
    let events = Self.watched()
    let answers = events.compactMap {
      if case .testPredicted(let told) = $0.kind { Positioned(told, at: $0.position) } else { nil }
    }
    #expect(answers.map(\.position.epoch) == [1, 2])
    let labels = SmallExperiment.dataset.test.labels
    for (answer, evaluation) in zip(answers, events.evaluations()) {
      #expect(answer.classes == 10)
      #expect(answer.position == evaluation.position)
      let correct = zip(answer.predictions, labels).count { $0 == $1 }
      #expect(Double(correct) / Double(labels.count) == evaluation.metrics[.testAccuracy])
      for image in labels.indices {
        let probabilities = (0..<10).map { answer.details.probability(image: image, class: $0) }
        #expect(abs(probabilities.reduce(0, +) - 1) < 1e-4)
        #expect(answer.details.confidence(image: image) == probabilities.max())
      }
    }
  }

  @Test func theLayersAreToldOfFromTheFirstStepOn() throws {
    let observed = Self.watched().compactMap {
      if case .layersObserved(let told) = $0.kind { Positioned(told, at: $0.position) } else { nil }
    }
    let first = try #require(observed.first)
    #expect(first.position.step == 1)
    #expect(first.layers.map(\.inputs) == [36, 24, 16])
    #expect(first.layers.map(\.units) == [24, 16, 10])
    #expect(first.layers.last?.activations == nil)
    #expect(first.layers.allSatisfy { $0.weightNorm > 0 && $0.gradientNorm ?? 0 > 0 })
    for (layer, units) in zip(first.layers, [24, 16]) {
      let activations = try #require(layer.activations)
      #expect(activations.histogram.reduce(0, +) == 64 * units)
      #expect(activations.smallest >= 0 && activations.largest > 0)
      #expect(activations.mask.count == units)
      #expect(activations.silentUnits < units)
    }
  }

  /// Short runs were over before they were looked at a second time, and the layers shown were those of step 1.
  @Test func theLayersAreToldOfAtTheEnd() throws {
    let events = Self.watched { $0.epochs = 1 }
    let observed = try #require(
      events.compactMap {
        if case .layersObserved(let told) = $0.kind { Positioned(told, at: $0.position) } else { nil }
      }.last)
    let end = try #require(events.evaluations().last)
    #expect(observed.position == end.position)
    #expect(observed.layers.allSatisfy { $0.gradientNorm ?? 0 > 0 })
    let norms = observed.layers.reduce(0) { $0 + $1.weightNorm * $1.weightNorm }
    let whole = try #require(end.metrics[.weightNorm])
    #expect(abs(norms.squareRoot() / whole - 1) < 1e-3)
  }

  @Test func aStepThatWasAskedForIsAlwaysObserved() throws {
    let run = SteeredRun(isWatched: true)
    run.send(.pause)
    run.engine.start()
    _ = run.collect { if case .paused = $0.kind { true } else { false } }
    for step in 1...3 {
      run.send(.advanceOneStep)
      let events = run.collect { if case .paused = $0.kind { true } else { false } }
      let observed = events.compactMap {
        if case .layersObserved(let told) = $0.kind { Positioned(told, at: $0.position) } else { nil }
      }
      #expect(observed.map(\.position.step) == [step])
      let masks = RandomDropoutMasks(seed: 1, step: step - 1)
      for (layer, probability) in [0.2, 0.5].enumerated() {
        let mask = try #require(observed[0].layers[layer].activations?.mask)
        var factors = Tensor(rows: 32, columns: mask.count)
        masks.fill(
          &factors, dropout: Dropout(probability: probability, number: layer + 1),
          team: ThreadTeam(threads: 1))
        #expect(mask == factors.row(0).map { $0 > 0 })
      }
    }
    _ = run.stop()
  }

  @Test func withoutDropoutThereIsNoMask() throws {
    let events = Self.watched { $0.dropout = [0, 0] }
    for case .layersObserved(let event) in events.map(\.kind) {
      #expect(event.layers.allSatisfy { $0.activations?.mask.isEmpty ?? true })
    }
  }

  @Test func epochsCanBeAddedToACompleteRun() throws {
    let run = SteeredRun(isWatched: true) { $0.epochs = 1 }
    run.engine.start()
    var events = run.collect { if case .runEnded = $0.kind { true } else { false } }
    #expect(events.end()?.reason == .completed)
    run.send(.set(SettingChange(.learningRate, to: .number(0.01))))
    run.send(.set(SettingChange(.epochs, to: .integer(3))))
    events += run.collect { if case .runEnded = $0.kind { true } else { false } }
    run.send(.stop)
    run.engine.waitUntilEnded()
    let unbroken = SmallExperiment.events(SmallExperiment.configuration)
    #expect(events.evaluations().map(\.metrics) == unbroken.evaluations().map(\.metrics))
    let end = RunPosition(run: RunID(0), step: 11, epoch: 1, batch: 11)
    #expect(events.contains(TrainingEvent(.resumed(Resumed()), at: end)))
    #expect(
      events.contains(
        TrainingEvent(.settingChanged(SettingChanged(.epochs, from: .integer(1), to: .integer(3))), at: end)))
    let history = events.reduce(into: SessionState()) { $0.apply($1) }.runs[0]
    #expect(history.isCompleted && history.epochs.count == 3)
    #expect(run.queue.drain().isEmpty)
  }

  @Test func aRunThatWasHaltedGoesOnToTheSameBits() throws {
    let run = SteeredRun(isWatched: true)
    run.engine.start()
    var events = run.collect { if case .epochEvaluated = $0.kind { true } else { false } }
    run.send(.halt)
    events += run.collect { if case .runEnded = $0.kind { true } else { false } }
    let halted = try #require(events.end())
    #expect(halted.reason == .stopped)
    var configuration = SmallExperiment.configuration
    configuration.epochs = halted.position.epoch + 1
    run.send(.set(SettingChange(.epochs, to: .integer(configuration.epochs))))
    run.send(.resume)
    events += run.collect { if case .runEnded(let end) = $0.kind { end.reason == .completed } else { false } }
    run.send(.stop)
    run.engine.waitUntilEnded()
    events += run.queue.drain()
    #expect(
      events.evaluations().map(\.metrics)
        == SmallExperiment.events(configuration).evaluations().map(\.metrics))
    #expect(events.reduce(into: SessionState()) { $0.apply($1) }.runs[0].isCompleted)
  }

  @Test func epochsCanBeAddedAndTakenAwayWhileItRuns() throws {
    let run = SteeredRun()
    run.send(.pause)
    run.engine.start()
    _ = run.collect { if case .paused = $0.kind { true } else { false } }
    run.send(.advanceOneEpoch)
    _ = run.collect { if case .paused = $0.kind { true } else { false } }
    run.send(.set(SettingChange(.epochs, to: .integer(1))))
    run.send(.set(SettingChange(.epochs, to: .integer(3))))
    run.send(.resume)
    let events = run.collect { if case .runEnded = $0.kind { true } else { false } }
    #expect(events.end()?.reason == .completed)
    #expect(events.evaluations().map(\.position.epoch) == [2, 3])
    let changes = events.compactMap {
      if case .settingChanged(let change) = $0.kind { change.newValue } else { nil }
    }
    #expect(changes == [.integer(3)], "epoch 2 has begun, so that 1 is too few")
  }
}

import Datasets
package import Experiment
package import Foundation
package import Sessions

/// Events of runs of 20 steps an epoch, whose figures are made up but plausible.
package struct ScriptedRun {
  package static let stepsPerEpoch = 20
  package static let created = Date(timeIntervalSince1970: 1_763_710_000)
  /// The same in seconds since 1970, when the events begin.
  package static let start = 1_763_710_000.25

  package let run: RunID
  package var seed: UInt64 = 1
  package var learningRate = 0.5
  package var forkedFrom: ForkPoint?
  /// The test accuracy of each epoch.
  package var testAccuracies = [0.75, 0.875, 0.8125]

  package var name: String { run.index == 0 ? "with dropout" : "without dropout" }

  package var configuration: RunConfiguration {
    var configuration = RunConfiguration()
    configuration.dropout = run.index == 0 ? [0.2, 0.5] : [0, 0]
    configuration.seed = seed
    configuration.learningRate = learningRate
    configuration.epochs = 3
    return configuration
  }

  package init(_ index: Int, seed: UInt64 = 1, forkedFrom: ForkPoint? = nil) {
    self.forkedFrom = forkedFrom
    run = RunID(index)
    self.seed = seed
  }

  package var start: RunStarted {
    RunStarted(
      name: name, configuration: configuration, parameterCount: 269_322, trainCount: 5120, testCount: 1000,
      stepsPerEpoch: Self.stepsPerEpoch, threads: 1, forkedFrom: forkedFrom)
  }

  package var started: TrainingEvent { started(at: forkedFrom?.step ?? 0) }

  /// The start of a run that goes on after so many steps.
  package func started(at step: Int) -> TrainingEvent {
    TrainingEvent(.runStarted(start), at: position(step))
  }

  package func position(_ step: Int) -> RunPosition {
    RunPosition(
      run: run, step: step, epoch: max(step - 1, 0) / Self.stepsPerEpoch + 1,
      batch: step == 0 ? 0 : (step - 1) % Self.stepsPerEpoch + 1)
  }

  /// A step of `seconds`; its loss is a power of two over 256, so that means and sums are exact.
  package func step(_ step: Int, seconds: Double = 0.0625) -> TrainingEvent {
    TrainingEvent(
      .stepsCompleted(
        StepsCompleted(
          count: 1, samples: 256, lossSum: 128, correct: 192, trainingSeconds: Double(step) * seconds)),
      at: position(step))
  }

  /// All steps of an epoch as one event.
  package func stepsOfEpoch(_ epoch: Int) -> TrainingEvent {
    TrainingEvent(
      .stepsCompleted(
        StepsCompleted(
          count: Self.stepsPerEpoch, samples: 5120, lossSum: 2560, correct: 3840,
          trainingSeconds: 1.25 * Double(epoch))),
      at: position(epoch * Self.stepsPerEpoch))
  }

  package func evaluated(_ epoch: Int) -> TrainingEvent {
    let test = testAccuracies[epoch - 1]
    return TrainingEvent(
      .epochEvaluated(
        EpochEvaluated(
          metrics: [
            .runningTrainLoss: 0.5,
            .runningTrainAccuracy: 0.75,
            .trainLoss: 0.375,
            .trainAccuracy: 0.9375,
            .testLoss: 1.5 - test,
            .testAccuracy: test,
          ], trainedSamples: 5120, trainingSeconds: 1.25, evaluationSeconds: 0.5)),
      at: position(epoch * Self.stepsPerEpoch))
  }

  /// An epoch of a run that holds images out.
  package func validated(_ epoch: Int, accuracy: Double) -> TrainingEvent {
    var event = evaluated(epoch)
    guard case .epochEvaluated(var figures) = event.kind else { preconditionFailure("no epoch") }
    figures.metrics.add(Measurements(.validation, loss: 0.3125, accuracy: accuracy))
    event.kind = .epochEvaluated(figures)
    return event
  }

  package func changed(
    _ step: Int, _ setting: Setting = .dropout, from old: Double, to new: Double
  ) -> TrainingEvent {
    TrainingEvent(
      .settingChanged(
        SettingChanged(
          setting, layer: setting == .dropout ? 1 : nil, from: .number(old), to: .number(new))),
      at: position(step))
  }

  package func ended(_ step: Int, _ reason: RunEnded.Reason = .completed) -> TrainingEvent {
    TrainingEvent(.runEnded(RunEnded(reason)), at: position(step))
  }

  /// Some steps, each complete epoch with its evaluation.
  package func steps(_ range: ClosedRange<Int>) -> [TrainingEvent] {
    range.flatMap { number in
      [step(number)]
        + (number % Self.stepsPerEpoch == 0 ? [evaluated(number / Self.stepsPerEpoch)] : [])
    }
  }

  package static func record(_ runs: [ScriptedRun], age: Double = 0) -> RunRecord {
    RunRecord(
      provenance: Provenance(
        programVersion: "0.1.0", created: created.addingTimeInterval(-age),
        machine: Machine(
          host: "lab", system: "Linux 6.1", architecture: "x86_64", processor: "A \"fast\" one", processors: 2
        ),
        kernels: "avx2",
        dataSource: Provenance.DataSource(
          place: "cache", directory: "/home/ada/.cache/fmnist-tui",
          files: [Provenance.DataSource.File(name: "t10k-labels-idx1-ubyte", sha256: "00ff")])),
      threads: 2,
      runs: runs.map { RunRecord.Run(name: $0.name, configuration: $0.configuration) })
  }
}

extension RunWriter {
  /// Records events a tenth of a second apart.
  package func record(_ events: [TrainingEvent], from time: Double = ScriptedRun.start) throws {
    for (index, event) in events.enumerated() { try record(event, at: time + Double(index) / 10) }
  }
}

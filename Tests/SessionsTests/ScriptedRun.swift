import Datasets
import Experiment
import Foundation
import Sessions

/// Events of runs of 20 steps an epoch, whose figures are made up but plausible.
struct ScriptedRun {
  static let stepsPerEpoch = 20
  static let created = Date(timeIntervalSince1970: 1_763_710_000)
  /// The same in seconds since 1970, when the events begin.
  static let start = 1_763_710_000.25

  let run: RunID
  var seed: UInt64 = 1
  var forkedFrom: ForkPoint?

  var name: String { run.index == 0 ? "with dropout" : "without dropout" }

  var configuration: RunConfiguration {
    var configuration = RunConfiguration()
    configuration.dropout = run.index == 0 ? [0.2, 0.5] : [0, 0]
    configuration.seed = seed
    configuration.epochs = 3
    return configuration
  }

  init(_ index: Int, seed: UInt64 = 1, forkedFrom: ForkPoint? = nil) {
    self.forkedFrom = forkedFrom
    run = RunID(index)
    self.seed = seed
  }

  var start: RunStarted {
    RunStarted(
      name: name, configuration: configuration, parameterCount: 269_322, trainCount: 5120, testCount: 1000,
      stepsPerEpoch: Self.stepsPerEpoch, threads: 1, forkedFrom: forkedFrom)
  }

  var started: TrainingEvent { started(at: forkedFrom?.step ?? 0) }

  /// The start of a run that goes on after so many steps.
  func started(at step: Int) -> TrainingEvent { TrainingEvent(.runStarted(start), at: position(step)) }

  func position(_ step: Int) -> RunPosition {
    RunPosition(
      run: run, step: step, epoch: max(step - 1, 0) / Self.stepsPerEpoch + 1,
      batch: step == 0 ? 0 : (step - 1) % Self.stepsPerEpoch + 1)
  }

  /// A step of `seconds`; its loss is a power of two over 256, so that means and sums are exact.
  func step(_ step: Int, seconds: Double = 0.0625) -> TrainingEvent {
    TrainingEvent(
      .stepsCompleted(
        StepsCompleted(
          count: 1, samples: 256, lossSum: 128, correct: 192, trainingSeconds: Double(step) * seconds)),
      at: position(step))
  }

  func evaluated(_ epoch: Int) -> TrainingEvent {
    let test = [0.75, 0.875, 0.8125][epoch - 1]
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
  func validated(_ epoch: Int, accuracy: Double) -> TrainingEvent {
    var event = evaluated(epoch)
    guard case .epochEvaluated(var figures) = event.kind else { preconditionFailure("no epoch") }
    figures.metrics.add(Measurements(.validation, loss: 0.3125, accuracy: accuracy))
    event.kind = .epochEvaluated(figures)
    return event
  }

  func changed(
    _ step: Int, _ setting: Setting = .dropout, from old: Double, to new: Double
  ) -> TrainingEvent {
    TrainingEvent(
      .settingChanged(
        SettingChanged(
          setting, layer: setting == .dropout ? 1 : nil, from: .number(old), to: .number(new))),
      at: position(step))
  }

  func ended(_ step: Int, _ reason: RunEnded.Reason = .completed) -> TrainingEvent {
    TrainingEvent(.runEnded(RunEnded(reason)), at: position(step))
  }

  /// Some steps, each complete epoch with its evaluation.
  func steps(_ range: ClosedRange<Int>) -> [TrainingEvent] {
    range.flatMap { number in
      [step(number)]
        + (number % Self.stepsPerEpoch == 0 ? [evaluated(number / Self.stepsPerEpoch)] : [])
    }
  }

  static func record(_ runs: [ScriptedRun]) -> RunRecord {
    RunRecord(
      provenance: Provenance(
        programVersion: "0.1.0", created: created,
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
  func record(_ events: [TrainingEvent], from time: Double = ScriptedRun.start) throws {
    for (index, event) in events.enumerated() { try record(event, at: time + Double(index) / 10) }
  }
}

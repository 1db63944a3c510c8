import TerminalUI
import TrainingEvents

@testable import Dashboard

/// Events of two runs whose figures are made up but plausible.
struct ScriptedEvents {
  static let stepsPerEpoch = 20

  static func configuration(dropout: [Double] = [0.2, 0.5]) -> RunConfiguration {
    var configuration = RunConfiguration()
    configuration.dropout = dropout
    return configuration
  }

  static func started(_ run: Int) -> TrainingEvent {
    .runStarted(
      RunStarted(
        run: RunID(run), name: run == 0 ? "with dropout" : "without dropout",
        configuration: configuration(dropout: run == 0 ? [0.2, 0.5] : [0, 0]), parameterCount: 269_322,
        trainCount: 5120, testCount: 1000, stepsPerEpoch: stepsPerEpoch, threads: 1))
  }

  static func position(_ run: Int, step: Int) -> RunPosition {
    RunPosition(
      run: RunID(run), step: step, epoch: (step - 1) / stepsPerEpoch + 1,
      batch: (step - 1) % stepsPerEpoch + 1)
  }

  static func step(_ run: Int, _ step: Int) -> TrainingEvent {
    let loss = 2.3 / (1 + Double(step) / 15) + (run == 0 ? 0.06 : 0)
    let correct = Int(256 * (1 - loss / 2.6))
    return .stepsCompleted(
      StepsCompleted(
        position: position(run, step: step), count: 1, samples: 256, lossSum: loss * 256, correct: correct,
        trainingSeconds: Double(step) * 0.01))
  }

  static func evaluated(_ run: Int, epoch: Int) -> TrainingEvent {
    let loss = 2.0 / (1 + Double(epoch))
    let offset = run == 0 ? 0.0 : 0.01
    return .epochEvaluated(
      EpochEvaluated(
        position: position(run, step: epoch * stepsPerEpoch),
        metrics: EpochMetrics(
          runningTrain: LossAndAccuracy(loss: loss + 0.05, accuracy: 0.88 - loss / 4),
          train: LossAndAccuracy(loss: loss - offset, accuracy: 0.9 - loss / 4 + offset),
          test: LossAndAccuracy(loss: loss + 0.03 + offset, accuracy: 0.88 - loss / 4 - offset / 2)),
        trainedSamples: 5120, trainingSeconds: 0.2, evaluationSeconds: 0.05))
  }

  /// The events of `steps` steps of both runs.
  static func steps(_ range: ClosedRange<Int>) -> [TrainingEvent] {
    range.flatMap { number in
      (0..<2).flatMap { run in
        [step(run, number)]
          + (number % stepsPerEpoch == 0 ? [evaluated(run, epoch: number / stepsPerEpoch)] : [])
      }
    }
  }

  static func ended(_ run: Int, step: Int, _ reason: RunEnded.Reason = .completed) -> TrainingEvent {
    .runEnded(RunEnded(position: position(run, step: step), reason: reason))
  }

  /// The dashboard after some events, a hundredth of a second apart.
  static func state(
    _ events: [TrainingEvent], glyphs: GlyphSet = .braille, settings: DashboardSettings = DashboardSettings()
  ) -> DashboardState {
    var state = DashboardState(
      caption: "5,120 + 1,000 images (sample) · 784-256-256-10 · sgd lr 0.5 · batch 256 · seed 1",
      settings: settings,
      terminalGlyphs: glyphs)
    for (index, event) in events.enumerated() { state.record(event, at: Double(index) * 0.01) }
    return state
  }

  static var beginning: [TrainingEvent] { [started(0), started(1)] + steps(1...7) }
  static var middle: [TrainingEvent] { [started(0), started(1)] + steps(1...105) }
  static var paused: [TrainingEvent] {
    middle + [.paused(position(0, step: 105)), .paused(position(1, step: 105))]
  }
  static var changed: [TrainingEvent] {
    let change = SettingChanged(
      position: position(0, step: 105), setting: .dropout(layer: 1), oldValue: 0.5, newValue: 0.6)
    return middle + [.settingChanged(change)] + steps(106...130)
  }
  static var diverged: [TrainingEvent] {
    [started(0), started(1)] + steps(1...45) + [ended(1, step: 45, .diverged(message: "loss became NaN"))]
      + (46...70).flatMap { [step(0, $0)] + ($0 % 20 == 0 ? [evaluated(0, epoch: $0 / 20)] : []) }
  }
  static var finished: [TrainingEvent] {
    [started(0), started(1)] + steps(1...200) + [ended(0, step: 200), ended(1, step: 200)]
  }
}

import Experiment
import TerminalUI

@testable import Dashboard

/// Events of three seeds of each of two sides, made up but plausible.
enum ReplicatedEvents {
  static let runs = 6

  static func started(_ run: Int) -> TrainingEvent {
    guard case .runStarted(var start) = ScriptedEvents.started(run % 2).kind else {
      preconditionFailure("a start is a start")
    }
    start.configuration.seed = UInt64(run / 2 + 1)
    return TrainingEvent(.runStarted(start), at: .beginning(of: RunID(run)))
  }

  /// A figure's distance from that of the first seed.
  private static func offset(_ run: Int, epoch: Int) -> Double {
    [0, 0.12, -0.08][run / 2] * (epoch.isMultiple(of: 2) ? 1 : 0.5) + (run == 4 ? 0.004 : 0)
  }

  static func step(_ run: Int, _ step: Int) -> TrainingEvent {
    guard case .stepsCompleted(var steps) = ScriptedEvents.step(run % 2, step).kind else {
      preconditionFailure("a step is a step")
    }
    steps.lossSum += offset(run, epoch: 2) * 256
    return TrainingEvent(.stepsCompleted(steps), at: ScriptedEvents.position(run, step: step))
  }

  static func evaluated(_ run: Int, epoch: Int) -> TrainingEvent {
    guard case .epochEvaluated(var evaluated) = ScriptedEvents.evaluated(run % 2, epoch: epoch).kind
    else {
      preconditionFailure("an epoch is an epoch")
    }
    let offset = offset(run, epoch: epoch)
    for (figure, value) in evaluated.metrics.all {
      evaluated.metrics[figure] = value + (figure.quantity == .loss ? offset : -offset / 2)
    }
    return TrainingEvent(
      .epochEvaluated(evaluated), at: ScriptedEvents.position(run, step: epoch * ScriptedEvents.stepsPerEpoch)
    )
  }

  /// All runs up to a step, and to their end if it is the last one of ten epochs.
  static func events(steps: Int) -> [TrainingEvent] {
    let lasts = steps == 10 * ScriptedEvents.stepsPerEpoch ? (0..<runs).map { ended($0, step: steps) } : []
    return (0..<runs).map(started)
      + (1...steps).flatMap { number in
        (0..<runs).flatMap { run in
          [step(run, number)]
            + (number.isMultiple(of: ScriptedEvents.stepsPerEpoch)
              ? [evaluated(run, epoch: number / ScriptedEvents.stepsPerEpoch)] : [])
        }
      } + lasts
  }

  /// The same with a third side, of other rates, as runs G, H and I.
  static var withThirdSide: [TrainingEvent] {
    let others = events(steps: 200).filter { $0.run.index.isMultiple(of: 2) }.map { event in
      var kind = event.kind
      if case .runStarted(var start) = kind {
        (start.name, start.configuration.learningRate) = ("slower", 0.1)
        kind = .runStarted(start)
      }
      var position = event.position
      position.run = RunID(6 + event.run.index / 2)
      return TrainingEvent(kind, at: position)
    }
    return events(steps: 200) + others
  }

  static func ended(_ run: Int, step: Int) -> TrainingEvent {
    TrainingEvent(.runEnded(RunEnded(.completed)), at: ScriptedEvents.position(run, step: step))
  }

  /// What the layers and the test images have shown of every run.
  static var observed: [TrainingEvent] {
    (0..<runs).flatMap { run -> [TrainingEvent] in
      [ScriptedEvents.predicted(run % 2, epoch: 5), ScriptedEvents.layers(run % 2, step: 105)].map { event in
        var event = event
        event.position.run = RunID(run)
        return event
      }
    }
  }

  static func dashboard(steps: Int, glyphs: GlyphSet = .braille) -> DashboardScreen {
    ScriptedEvents.dashboard(events(steps: steps) + observed, glyphs: glyphs)
  }
}

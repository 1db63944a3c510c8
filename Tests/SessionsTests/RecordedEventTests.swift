import Experiment
import TestSupport
import Testing

@testable import Sessions

@Suite struct RecordedEventTests {
  let run = ScriptedRun(1)

  func line(_ event: TrainingEvent) -> String { TimedEvent(event, time: 12.3456789).line }

  func read(_ line: String) throws -> TimedEvent {
    try JSONText.decode(TimedEvent.self, Array(line.utf8), path: "metrics.jsonl")
  }

  @Test func everyEventIsReadBack() throws {
    let events = [
      run.started, run.step(7), run.evaluated(2), run.changed(5, from: 0.5, to: 0.55),
      run.changed(0, .learningRate, from: 0.5, to: 0.1 + 0.2),
      run.changed(9, .weightDecay, from: 0, to: 1e-5),
      run.changed(9, .l1, from: 0, to: 1e-5), run.changed(9, .labelSmoothing, from: 0, to: 0.05),
      TrainingEvent(
        .settingChanged(
          SettingChanged(.augment, from: .text("none"), to: .text("flip,shift=2"))),
        at: run.position(9)),
      TrainingEvent(.runEnded(RunEnded(.completed, restoredEpoch: 2)), at: run.position(60)),
      run.validated(2, accuracy: 0.75),
      TrainingEvent(
        .samplesFitted(
          SamplesFitted(
            predictions: [1, -2.5], curve: SamplesFitted.grid, weights: [5, 1.2], bias: 0.05)),
        at: run.position(20)),
      TrainingEvent(
        .stepsCompleted(
          StepsCompleted(count: 1, samples: 5, lossSum: 2.5, correct: nil, trainingSeconds: 1)),
        at: run.position(20)),
      TrainingEvent(.paused(Paused()), at: run.position(3)),
      TrainingEvent(.resumed(Resumed()), at: run.position(3)), run.ended(60), run.ended(7, .stopped),
      run.ended(7, .diverged(message: "loss became NaN; try \"--lr 0.1\"")),
      run.ended(0, .failed(message: "größe")),
    ]
    for event in events {
      #expect(try read(line(event)) == TimedEvent(event, time: 12.345679))
    }
    #expect(try read(line(run.started(at: 40))).event.position.step == 40)
  }

  /// A clock that was never set is not right, and no figure is lost for that.
  @Test(arguments: [-1.5, -5e9, -62_135_596_800, 3e11, 9e12])
  func eventsOfAnyTimeAreReadBack(time: Double) throws {
    let event = TimedEvent(run.evaluated(2), time: time)
    #expect(try read(event.line) == event)
  }

  @Test func theFieldsAreThoseOfTheJSONLinesOutput() throws {
    #expect(
      line(run.step(23))
        == #"{"schema":2,"event":"steps_completed","time":12.345679,"run":"B","step":23,"epoch":2,"batch":3,"#
        + #""count":1,"samples":256,"running_train_loss":0.5,"running_train_accuracy":0.75,"loss_sum":128.0,"#
        + #""correct":192,"training_seconds":1.4375}"#)
    #expect(
      line(run.evaluated(2))
        == #"{"schema":2,"event":"epoch_evaluated","time":12.345679,"run":"B","step":40,"epoch":2,"batch":20,"#
        + #""running_train_loss":0.5,"running_train_accuracy":0.75,"train_loss":0.375,"train_accuracy":0.9375,"#
        + #""test_loss":0.625,"test_accuracy":0.875,"generalization_gap":0.0625,"samples":5120,"#
        + #""training_seconds":1.25,"evaluation_seconds":0.5,"images_per_second":4096.0}"#)
    #expect(
      line(run.changed(5, from: 0.5, to: 0.55))
        == #"{"schema":2,"event":"setting_changed","time":12.345679,"run":"B","step":5,"epoch":1,"batch":5,"#
        + #""setting":"dropout","layer":2,"old_value":0.5,"new_value":0.55}"#)
    #expect(
      line(run.ended(7, .stopped))
        == #"{"schema":2,"event":"run_ended","time":12.345679,"run":"B","step":7,"epoch":1,"batch":7,"#
        + #""reason":"stopped","message":null}"#)
  }

  @Test func aLineOfAnOlderVersionIsRefusedWithTheReason() {
    for (line, problem) in [
      (#"{"event":"paused","time":1,"run":"A","step":1,"epoch":1,"batch":1}"#, "older version"),
      (#"{"schema":1,"event":"paused","run":"A","step":1,"epoch":1,"batch":1}"#, "older version"),
      (
        #"{"schema":3,"event":"paused","time":1,"run":"A","step":1,"epoch":1,"batch":1}"#,
        "this version reads 2"
      ),
    ] {
      let error = #expect(throws: RunLogError.self) { try read(line) }
      #expect(error?.problem.contains(problem) == true)
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func numbersThatJSONLacksAreReadBack(number: Double) throws {
    let event = TrainingEvent(
      .epochEvaluated(
        EpochEvaluated(
          metrics: .alike(loss: number, accuracy: 0.5), trainedSamples: 1, trainingSeconds: 1,
          evaluationSeconds: 1)), at: run.position(20))
    let text = line(event)
    #expect(text.contains(#""test_loss":null,"test_loss_non_finite":""#))
    guard case .epochEvaluated(let read) = try read(text).event.kind else { throw Unexpected() }
    #expect(read.metrics[.testLoss]?.isNaN == number.isNaN)
    #expect(number.isNaN || read.metrics[.trainLoss] == number)
  }

  @Test(arguments: [
    (#""step":23"#, #""step":-1"#), (#""step":23"#, #""step":9223372036854775807"#),
    (#""step":23"#, #""step":1e300"#),
    (#""samples":256"#, #""samples":0"#), (#""run":"B""#, #""run":"b""#), (#""run":"B""#, #""run":"""#),
    (#""time":12.345679"#, #""time":null"#), (#""loss_sum":128.0"#, #""loss_sum":null"#),
    (#""time":12.345679"#, #""time":1e300"#),
    (#""correct":192"#, #""correct":257"#), (#""count":1"#, #""count":257"#), (#""epoch":2"#, #""epoch":0"#),
    (#"steps_completed"#, "new_event"),
  ])
  func aWrongFieldIsAnError(old: String, new: String) throws {
    let text = line(run.step(23))
    #expect(text.contains(old))
    let error = #expect(throws: RunLogError.self) { try read(text.replacing(old, with: new)) }
    #expect(error?.kind == .invalid)
  }

  @Test func aLayerBelowTheFirstIsAnError() throws {
    let text = line(run.changed(5, from: 0.5, to: 0.55))
    for layer in ["0", "-9223372036854775808"] {
      #expect(throws: RunLogError.self) {
        try read(text.replacing(#""layer":2"#, with: #""layer":\#(layer)"#))
      }
    }
  }

  @Test(arguments: [
    (Setting.dropout, "1.5"), (.learningRate, "-1"), (.learningRate, "1001"), (.weightDecay, "-0.1"),
    (.weightDecay, "1001"), (.l1, "-1"), (.labelSmoothing, "1"), (.labelSmoothing, "true"), (.l1, "null"),
    (.weightDecay, "\"1\""),
  ])
  func aChangeToAnImpossibleValueIsAnError(setting: Setting, value: String) throws {
    let text = line(run.changed(5, setting, from: 0.5, to: 0.5))
    _ = try read(text)
    for field in ["old_value", "new_value"] {
      let error = #expect(throws: RunLogError.self) {
        try read(text.replacing("\"\(field)\":0.5", with: "\"\(field)\":\(value)"))
      }
      #expect(error?.problem.contains("the field '\(field)' is ") == true)
    }
  }

  @Test(arguments: [
    ("epochs", "1e300"), ("epochs", "2.5"), ("epochs", "0"), ("epochs", "100001"),
    ("augment", "\"shift=15\""),
    ("augment", "\"turn\""), ("augment", "1"), ("hidden", "[64]"), ("seed", "2"), ("rate", "1"),
  ])
  func aChangeOfAnotherKindIsAnError(key: String, value: String) throws {
    let text = line(run.changed(5, .learningRate, from: 0.5, to: 0.5))
    let changed = text.replacing(#""setting":"lr""#, with: "\"setting\":\"\(key)\"")
      .replacing(#""new_value":0.5"#, with: "\"new_value\":\(value)")
      .replacing(#""old_value":0.5"#, with: "\"old_value\":\(value)")
    #expect(throws: RunLogError.self) { try read(changed) }
  }

  @Test func everyChangedByteIsAnErrorOrAnEventToReckonWith() throws {
    let events = [
      run.started, run.step(7), run.evaluated(2), run.changed(5, from: 0.5, to: 0.55), run.ended(7, .stopped),
    ]
    for event in events {
      let text = Array(line(event).utf8)
      for index in text.indices {
        for byte in [0, 0x20, 0x22, 0x2C, 0x2D, 0x2E, 0x30, 0x39, 0x5D, 0x65, 0x7D, 0xFF] as [UInt8] {
          var changed = text
          changed[index] = byte
          guard let read = try? JSONText.decode(TimedEvent.self, changed, path: "") else { continue }
          let history = [read.event].reduce(into: SessionState()) { $0.apply($1) }[read.event.run]
          let steps = history.totalSteps + history.step
          #expect(steps >= 0)
          #expect(history.best == history.epochs.first)
        }
      }
    }
  }

  private struct Unexpected: Error {}
}

import Experiment
import Testing

@testable import Sessions

@Suite struct RecordedEventTests {
  let run = ScriptedRun(1)

  func line(_ event: TrainingEvent, firstStep: Int = 0) throws -> String {
    try JSONText.line(RecordedEvent(event, time: 12.3456, firstStep: firstStep), path: "metrics.jsonl")
  }

  func read(_ line: String) throws -> RecordedEvent {
    try JSONText.decode(RecordedEvent.self, Array(line.utf8), path: "metrics.jsonl")
  }

  @Test func everyEventIsReadBack() throws {
    let events = [
      run.started, run.step(7), run.evaluated(2), run.changed(5, from: 0.5, to: 0.55),
      run.changed(0, .learningRate, from: 0.5, to: 0.1 + 0.2),
      run.changed(9, .weightDecay, from: 0, to: 1e-5),
      run.changed(9, .l1, from: 0, to: 1e-5), run.changed(9, .labelSmoothing, from: 0, to: 0.05),
      .settingChanged(
        SettingChanged(
          position: run.position(9), setting: .augment, oldValue: .text("none"),
          newValue: .text("flip,shift=2"))),
      .runEnded(RunEnded(position: run.position(60), reason: .completed, restoredEpoch: 2)),
      .epochEvaluated(run.validated(2, accuracy: 0.75)),
      .paused(run.position(3)),
      .resumed(run.position(3)), run.ended(60), run.ended(7, .stopped),
      run.ended(7, .diverged(message: "loss became NaN; try \"--lr 0.1\"")),
      run.ended(0, .failed(message: "größe")),
    ]
    for event in events {
      #expect(try read(line(event)) == RecordedEvent(event, time: 12.346))
    }
    #expect(try read(line(run.started, firstStep: 40)).firstStep == 40)
  }

  @Test func theFieldsAreThoseOfTheJSONLinesOutput() throws {
    #expect(
      try line(run.step(23))
        == #"{"batch":3,"count":1,"epoch":2,"event":"steps_completed","run":"B","running_train_accuracy":0.75,"#
        + #""running_train_loss":0.5,"samples":256,"step":23,"time":12.346,"training_seconds":1.4375}"#)
    #expect(
      try line(run.evaluated(2))
        == #"{"batch":20,"epoch":2,"evaluation_seconds":0.5,"event":"epoch_evaluated","generalization_gap":0.0625,"#
        + #""images_per_second":4096,"run":"B","running_train_accuracy":0.75,"running_train_loss":0.5,"#
        + #""samples":5120,"step":40,"test_accuracy":0.875,"test_loss":0.625,"time":12.346,"#
        + #""train_accuracy":0.9375,"train_loss":0.375,"training_seconds":1.25}"#)
    #expect(
      try line(run.changed(5, from: 0.5, to: 0.55))
        == #"{"batch":5,"epoch":1,"event":"setting_changed","layer":2,"new_value":0.55,"old_value":0.5,"run":"B","#
        + #""setting":"dropout","step":5,"time":12.346}"#)
    #expect(
      try line(run.ended(7, .stopped))
        == #"{"batch":7,"epoch":1,"event":"run_ended","message":null,"reason":"stopped","run":"B","step":7,"#
        + #""time":12.346}"#)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func numbersThatJSONLacksAreReadBack(number: Double) throws {
    let figures = (loss: number, accuracy: 0.5)
    let event = TrainingEvent.epochEvaluated(
      EpochEvaluated(
        position: run.position(20),
        metrics: [
          .runningTrainLoss: figures.loss,
          .runningTrainAccuracy: figures.accuracy,
          .trainLoss: figures.loss,
          .trainAccuracy: figures.accuracy,
          .testLoss: figures.loss,
          .testAccuracy: figures.accuracy,
        ],
        trainedSamples: 1, trainingSeconds: 1, evaluationSeconds: 1))
    let text = try line(event)
    #expect(text.contains(#""test_loss":null,"test_loss_non_finite":""#))
    guard case .epochEvaluated(let read) = try read(text).event else { throw Unexpected() }
    #expect(read.metrics[.testLoss]?.isNaN == number.isNaN)
    #expect(number.isNaN || read.metrics[.trainLoss] == number)
  }

  @Test(arguments: [
    (#""step":23"#, #""step":-1"#), (#""step":23"#, #""step":9223372036854775807"#),
    (#""step":23"#, #""step":1e300"#),
    (#""samples":256"#, #""samples":0"#), (#""run":"B""#, #""run":"b""#), (#""run":"B""#, #""run":"""#),
    (#""time":12.346"#, #""time":null"#), (#"accuracy":0.75"#, #"accuracy":null"#),
    (#"steps_completed"#, "new_event"),
    (#"accuracy":0.75"#, #"accuracy":1e300"#),
  ])
  func aWrongFieldIsAnError(old: String, new: String) throws {
    let text = try line(run.step(23))
    #expect(text.contains(old))
    let error = #expect(throws: RunLogError.self) { try read(text.replacing(old, with: new)) }
    #expect(error?.kind == .invalid)
  }

  @Test func aLayerBelowTheFirstIsAnError() throws {
    let text = try line(run.changed(5, from: 0.5, to: 0.55))
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
    let text = try line(run.changed(5, setting, from: 0.5, to: 0.5))
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
    let text = try line(run.changed(5, .learningRate, from: 0.5, to: 0.5))
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
      let text = try Array(line(event).utf8)
      for index in text.indices {
        for byte in [0, 0x20, 0x22, 0x2C, 0x2D, 0x2E, 0x30, 0x39, 0x5D, 0x65, 0x7D, 0xFF] as [UInt8] {
          var changed = text
          changed[index] = byte
          guard let read = try? JSONText.decode(RecordedEvent.self, changed, path: "") else { continue }
          var history = RunHistory()
          history.record(read.event)
          let steps = (history.started?.totalSteps ?? 0) + history.step
          #expect(steps >= 0)
          #expect(history.best == history.epochs.first)
        }
      }
    }
  }

  private struct Unexpected: Error {}
}

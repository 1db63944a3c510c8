import Experiment
import Foundation
import TestSupport
import Testing

@testable import Platform
@testable import Sessions
@testable import fmnist_tui

@Suite struct RecordingTests {
  private func file(_ lines: [String]) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).jsonl").path(
      percentEncoded: false)
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private static func started(_ run: Int) -> TimedEvent {
    let start = RunStarted(
      name: "run \(run)", configuration: RunConfiguration(), parameterCount: 1, trainCount: 1, testCount: 1,
      stepsPerEpoch: 1, threads: 1)
    return TimedEvent(TrainingEvent(.runStarted(start), at: .beginning(of: RunID(run))), time: 0)
  }

  private static let position = RunPosition(run: RunID(0), step: 3, epoch: 1, batch: 3)

  @Test func everyEventSurvivesTheFile() throws {
    let events: [TrainingEvent] = [
      TrainingEvent(
        .stepsCompleted(
          StepsCompleted(count: 1, samples: 4, lossSum: 0.1, correct: 3, trainingSeconds: 1e-9)),
        at: Self.position),
      TrainingEvent(
        .epochEvaluated(
          EpochEvaluated(
            metrics: [
              .runningTrainLoss: .infinity, .runningTrainAccuracy: 1, .trainLoss: -.infinity,
              .trainAccuracy: 0,
              .testLoss: 2, .testAccuracy: 0.1,
            ], trainedSamples: 7, trainingSeconds: 1,
            evaluationSeconds: 2)), at: Self.position),
      TrainingEvent(
        .testPredicted(TestPredicted(predictions: [3], probabilities: (0..<10).map { $0 * 100 })),
        at: Self.position),
      TrainingEvent(
        .layersObserved(
          LayersObserved(layers: [
            LayerObservation(inputs: 2, units: 1, weightNorm: 3, gradientNorm: .infinity, activations: nil),
            LayerObservation(
              inputs: 2, units: 1, weightNorm: 3, gradientNorm: 1,
              activations: ActivationObservation(
                zeroShare: 0.5, silentUnits: 1, smallest: 0, largest: 1, histogram: [1, 2],
                mask: [true])),
          ])), at: Self.position),
      TrainingEvent(
        .imagesExamined(
          ImagesExamined(images: [
            ExaminedImage(
              image: 7, probabilities: (0..<10).map { Double($0) / 45 },
              monteCarlo: MonteCarloPrediction(
                probabilities: (0..<20).map { Float($0 % 10) / 45 }, classes: 10))
          ])), at: Self.position),
      TrainingEvent(
        .uncertaintyMeasured(
          UncertaintyMeasured(
            passes: 20, seconds: 0.25,
            answers: TestPredicted(predictions: [3], probabilities: (0..<10).map { $0 }),
            predictiveEntropies: [0.1], mutualInformation: [0.05])), at: Self.position),
      TrainingEvent(
        .featureMapsPictured(
          FeatureMapsPictured(
            image: 7, layer: 2,
            filters: ChannelPictures(
              count: 9, height: 1, width: 2, channels: 3, smallest: -1, largest: 1,
              values: [-1, -0.5, 0, 0.25, 0.5, 1]), maps: nil)), at: Self.position),
      TrainingEvent(
        .settingChanged(SettingChanged(.dropout, layer: 1, from: .number(0), to: .number(0.5))),
        at: Self.position),
      TrainingEvent(
        .settingChanged(SettingChanged(.epochs, from: .integer(1), to: .integer(2))), at: Self.position),
      TrainingEvent(.paused(Paused()), at: Self.position),
      TrainingEvent(.resumed(Resumed()), at: Self.position),
      TrainingEvent(.runEnded(RunEnded(.diverged(message: "loss \"became\" NaN"))), at: Self.position),
    ]
    let recorded =
      [Self.started(1), Self.started(0)]
      + events.enumerated().map { TimedEvent($1, time: Double($0)) }
    let path = try file(recorded.map(\.line))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let recording = try Recording(path: path)
    #expect(recording.events == recorded)
    #expect(recording.starts.map(\.name) == ["run 0", "run 1"])
  }

  @Test func aRestartBeginsTheRecordingAnew() throws {
    let paused = TimedEvent(TrainingEvent(.paused(Paused()), at: Self.position), time: 4)
    var again = [Self.started(1), Self.started(0)]
    for index in again.indices { again[index].time = 7 }
    let events =
      [Self.started(0), Self.started(1), Self.started(2), paused] + again + [
        TimedEvent(TrainingEvent(.resumed(Resumed()), at: Self.position), time: 9)
      ]
    let path = try file(events.map(\.line))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let recording = try Recording(path: path)
    #expect(recording.starts.map(\.position.run.index) == [0, 1])
    #expect(recording.events.map(\.time) == [0, 0, 2])
  }

  @Test(arguments: [
    "", "{}", "{\"seconds\": 1}", "[1, 2", "\u{0}\u{1}",
    #"{"schema":2,"event":"paused","time":1e999,"run":"A","step":1,"epoch":1,"batch":1}"#,
    #"{"schema":2,"event":"paused","time":0,"run":"a","step":1,"epoch":1,"batch":1}"#,
    #"{"schema":2,"event":"paused","time":-2e13,"run":"A","step":1,"epoch":1,"batch":1}"#,
    #"{"schema":2,"event":"test_predicted","time":0,"run":"A","step":1,"epoch":1,"batch":1,"pred"#
      + #"ictions":[200],"probabilities_in_65535ths":[0,0,0,0,0,0,0,0,0,0]}"#,
    #"{"schema":2,"event":"setting_changed","time":0,"run":"A","step":1,"epoch":1,"batch":1,"set"#
      + #"ting":"epochs","layer":null,"old_value":1,"new_value":1e300}"#,
    #"{"schema":2,"event":"images_examined","time":0,"run":"A","step":1,"epoch":1,"batch":1,"ima"#
      + #"ges":[{"image":0,"probabilities":[1],"mc_passes":1,"mc_mean_probabilities":[1],"mc_standar"#
      + #"d_deviations":[0],"mc_agreement":1,"mc_predictive_entropy_nats":0,"mc_mutual_information_n"#
      + #"ats":0}]}"#,
    #"{"schema":2,"event":"uncertainty_measured","time":0,"run":"A","step":1,"epoch":1,"batch":1"#
      + #","passes":1,"seconds":1,"predictions":[],"probabilities_in_65535ths":[],"predictive_entrop"#
      + #"ies_nats":[1],"mutual_information_nats":[]}"#,
    #"{"schema":2,"event":"layers_observed","time":0,"run":"A","step":1,"epoch":1,"batch":1,"lay"#
      + #"ers":[{"inputs":1,"units":9223372036854775807,"weight_norm":1,"gradient_norm":1}]}"#,
    #"{"seconds":0,"event":{"paused":{"_0":{"run":{"index":0},"step":1,"epoch":1,"batch":1}}}}"#,
  ])
  func whatIsNoRecordingIsRefusedByName(line: String) throws {
    let path = try file(line.isEmpty ? [] : [Self.started(0).line, line])
    defer { try? FileManager.default.removeItem(atPath: path) }
    let failure = try #require(throws: Failure.self) { try Recording(path: path) }
    #expect(failure.status == .badData)
    #expect(failure.message?.contains(path) ?? false)
  }

  @Test func theFirstLineThatIsNoEventIsNamedByItsNumber() throws {
    let path = try file([Self.started(0).line, "", "", "x", "x"])
    defer { try? FileManager.default.removeItem(atPath: path) }
    let failure = try #require(throws: Failure.self) { try Recording(path: path) }
    #expect(failure.message?.contains("line 4 is no recorded event") == true)
  }

  @Test func aRecordingIsWrittenWhileItTrainsAndNeverOverAnother() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).jsonl").path(
      percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let result = try Executable.run(Executable.short + ["--no-tui", "--record", path])
    #expect(result.status == 0)
    let recording = try Recording(path: path)
    let names = recording.events.map { type(of: $0.event.kind.details).name }
    for name in [
      "run_started", "steps_completed", "epoch_evaluated", "test_predicted", "layers_observed", "run_ended",
    ] {
      #expect(names.contains { $0 == name }, "\(name)")
    }
    #expect(zip(recording.events, recording.events.dropFirst()).allSatisfy { $0.time <= $1.time })
    let again = try Executable.run(Executable.short + ["--no-tui", "--record", path])
    #expect(again.status == 73)
    #expect(again.error.contains("File exists"))
  }

  @Test(arguments: [
    (["--demo", "--epochs", "2"], 64), (["--demo-speed", "2"], 64), (["--demo", "--demo-speed", "0"], 64),
    (["--demo", "--no-tui"], 64), (["--demo"], 64), (["--demo-events", "/nonexistent/events"], 66),
  ])
  func aDemonstrationThatCannotBeShownSaysWhy(arguments: [String], status: Int) throws {
    let result = try Executable.run(arguments)
    #expect(Int(result.status) == status)
    #expect(result.error.contains(arguments[0] == "--demo-events" ? "/nonexistent/events" : "--demo"))
  }
}

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
    TimedEvent(
      seconds: 0,
      event: .runStarted(
        RunStarted(
          run: RunID(run), name: "run \(run)", configuration: RunConfiguration(), parameterCount: 1,
          trainCount: 1, testCount: 1, stepsPerEpoch: 1, threads: 1)))
  }

  private static let position = RunPosition(run: RunID(0), step: 3, epoch: 1, batch: 3)

  @Test func everyEventSurvivesTheFile() throws {
    let events: [TrainingEvent] = [
      .stepsCompleted(
        StepsCompleted(
          position: Self.position, count: 1, samples: 4, lossSum: 0.1, correct: 3, trainingSeconds: 1e-9)),
      .epochEvaluated(
        EpochEvaluated(
          position: Self.position,
          metrics: [
            .runningTrainLoss: .infinity,
            .runningTrainAccuracy: 1,
            .trainLoss: -.infinity,
            .trainAccuracy: 0,
            .testLoss: 2,
            .testAccuracy: 0.1,
          ], trainedSamples: 7, trainingSeconds: 1,
          evaluationSeconds: 2)),
      .testPredicted(
        TestPredicted(position: Self.position, predictions: [3], probabilities: (0..<10).map { $0 * 100 })),
      .layersObserved(
        LayersObserved(
          position: Self.position,
          layers: [
            LayerObservation(inputs: 2, units: 1, weightNorm: 3, gradientNorm: .infinity, activations: nil),
            LayerObservation(
              inputs: 2, units: 1, weightNorm: 3, gradientNorm: 1,
              activations: ActivationObservation(
                zeroShare: 0.5, silentUnits: 1, smallest: 0, largest: 1, histogram: [1, 2],
                mask: [true, false])),
          ])),
      .imagesExamined(
        ImagesExamined(
          position: Self.position,
          images: [
            ExaminedImage(
              image: 7, probabilities: (0..<10).map { Double($0) / 45 },
              monteCarlo: MonteCarloPrediction(
                probabilities: (0..<20).map { Float($0 % 10) / 45 }, classes: 10))
          ])),
      .uncertaintyMeasured(
        UncertaintyMeasured(
          passes: 20, seconds: 0.25,
          answers: TestPredicted(
            position: Self.position, predictions: [3], probabilities: (0..<10).map { $0 }),
          predictiveEntropies: [0.1], mutualInformation: [0.05])),
      .settingChanged(
        SettingChanged(
          position: Self.position, setting: .dropout, layer: 1, oldValue: .number(0), newValue: .number(0.5))),
      .settingChanged(
        SettingChanged(
          position: Self.position, setting: .epochs, oldValue: .integer(1), newValue: .integer(2))),
      .paused(Self.position), .resumed(Self.position),
      .runEnded(RunEnded(position: Self.position, reason: .diverged(message: "loss \"became\" NaN"))),
    ]
    let recorded =
      [Self.started(1), Self.started(0)]
      + events.enumerated().map { TimedEvent(seconds: Double($0), event: $1) }
    let path = try file(recorded.map(Recording.line))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let recording = try Recording(path: path)
    #expect(recording.events == recorded)
    #expect(recording.starts.map(\.name) == ["run 0", "run 1"])
  }

  @Test func aRestartBeginsTheRecordingAnew() throws {
    let paused = TimedEvent(seconds: 4, event: .paused(Self.position))
    var again = [Self.started(1), Self.started(0)]
    for index in again.indices { again[index].seconds = 7 }
    let events =
      [Self.started(0), Self.started(1), Self.started(2), paused] + again + [
        TimedEvent(seconds: 9, event: .resumed(Self.position))
      ]
    let path = try file(events.map(Recording.line))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let recording = try Recording(path: path)
    #expect(recording.starts.map(\.run.index) == [0, 1])
    #expect(recording.events.map(\.seconds) == [0, 0, 2])
  }

  @Test(arguments: [
    "", "{}", "{\"seconds\": 1}", "[1, 2", "\u{0}\u{1}",
    "{\"seconds\": 1e999, \"event\": {\"paused\": {\"_0\": {}}}}",
    "{\"seconds\":0,\"event\":{\"testPredicted\":{\"_0\":{\"position\":{\"run\":{\"index\":0},\"step\":1,\"epoch\":1,"
      + "\"batch\":1},\"predictions\":[200],\"probabilities\":[0,0,0,0,0,0,0,0,0,0]}}}}",
    "{\"seconds\":0,\"event\":{\"settingChanged\":{\"_0\":{\"position\":{\"run\":{\"index\":0},\"step\":1,\"epoch\":1,"
      + "\"batch\":1},\"setting\":\"epochs\",\"oldValue\":1,\"newValue\":1e300}}}}",
    "{\"seconds\":0,\"event\":{\"imagesExamined\":{\"_0\":{\"position\":{\"run\":{\"index\":0},\"step\":1,\"epoch\":1,"
      + "\"batch\":1},\"images\":[{\"image\":0,\"probabilities\":[1],\"monteCarlo\":{\"passes\":1,\"means\":[1],"
      + "\"standardDeviations\":[0],\"agreement\":1,\"predictiveEntropy\":0,\"mutualInformation\":0}}]}}}}",
    "{\"seconds\":0,\"event\":{\"uncertaintyMeasured\":{\"_0\":{\"passes\":1,\"seconds\":1,\"answers\":{\"position\":{"
      + "\"run\":{\"index\":0},\"step\":1,\"epoch\":1,\"batch\":1},\"predictions\":[],\"probabilities\":[]},"
      + "\"predictiveEntropies\":[1],\"mutualInformation\":[]}}}}",
    "{\"seconds\":0,\"event\":{\"paused\":{\"_0\":{\"run\":{\"index\":-1},\"step\":1,\"epoch\":1,\"batch\":1}}}}",
  ])
  func whatIsNoRecordingIsRefusedByName(line: String) throws {
    let path = try file(line.isEmpty ? [] : [try Recording.line(Self.started(0)), line])
    defer { try? FileManager.default.removeItem(atPath: path) }
    let failure = try #require(throws: Failure.self) { try Recording(path: path) }
    #expect(failure.status == .badData)
    #expect(failure.message?.contains(path) ?? false)
  }

  @Test func aRecordingIsWrittenWhileItTrainsAndNeverOverAnother() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).jsonl").path(
      percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let result = try Executable.run(Executable.short + ["--no-tui", "--record", path])
    #expect(result.status == 0)
    let recording = try Recording(path: path)
    let names = recording.events.map { "\($0.event)".prefix { $0 != "(" } }
    for name in [
      "runStarted", "stepsCompleted", "epochEvaluated", "testPredicted", "layersObserved", "runEnded",
    ] {
      #expect(names.contains { $0 == name }, "\(name)")
    }
    #expect(zip(recording.events, recording.events.dropFirst()).allSatisfy { $0.seconds <= $1.seconds })
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

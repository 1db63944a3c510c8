import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

/// What `Python/read-tensorboard.py` prints.
private struct View: Decodable {
  struct Session: Decodable {
    var status: String
    var start: Double
    var end: Double
    var settings: [String: Setting]
    var metrics: [String]
  }

  enum Setting: Decodable, Equatable {
    case flag(Bool)
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = try .text(container.decode(String.self))
      }
    }
  }

  /// Step, time and value, by tag and run.
  var scalars: [String: [String: [[Double]]]]
  var sessions: [String: Session]

  func points(_ run: String, _ tag: String) -> [[Double]] {
    scalars[run]?[tag]?.map { [$0[0], $0[2]] } ?? []
  }
}

@Suite struct TensorBoardLogTests {
  let folder: TemporaryFolder
  let a = ScriptedRun(0)
  let b = ScriptedRun(1)

  init() throws { folder = try TemporaryFolder() }

  func write(
    _ events: [TrainingEvent], layout: TensorBoardLayout = .runs, time: Double = ScriptedRun.start
  ) throws {
    let log = TensorBoardLog(folder.path + "/board", layout: layout)
    for (index, event) in events.enumerated() { try log.record(event, at: time + Double(index)) }
  }

  /// What TensorBoard itself finds.
  fileprivate func view() throws -> View? {
    guard let python = PythonPackages.shared else { return nil }
    return try JSONDecoder().decode(
      View.self, from: python.run("read-tensorboard.py", folder.path + "/board"))
  }

  @Test func tensorBoardFindsTheFiguresOfEachRun() throws {
    try write(
      [a.started, b.started] + a.steps(1...20) + b.steps(1...20) + [a.changed(20, from: 0.5, to: 0.75)]
        + a.steps(21...30) + [a.changed(30, .learningRate, from: 0.5, to: 0.25)] + a.steps(31...60)
        + [a.ended(60), b.ended(20, .diverged(message: "NaN"))])
    guard let view = try view() else { return }
    #expect(Set(view.scalars.keys) == ["A-with-dropout", "B-without-dropout"])
    #expect(
      Set(view.scalars["A-with-dropout"]?.keys.map(\.self) ?? []) == [
        "loss/train", "loss/test", "accuracy/train", "accuracy/test", "gap", "dropout/1", "dropout/2",
        "learning_rate",
      ])
    #expect(view.points("A-with-dropout", "loss/train") == [[20, 0.375], [40, 0.375], [60, 0.375]])
    #expect(view.points("A-with-dropout", "loss/test") == [[20, 0.75], [40, 0.625], [60, 0.6875]])
    #expect(view.points("A-with-dropout", "accuracy/train") == [[20, 0.9375], [40, 0.9375], [60, 0.9375]])
    #expect(view.points("A-with-dropout", "accuracy/test") == [[20, 0.75], [40, 0.875], [60, 0.8125]])
    #expect(view.points("A-with-dropout", "gap") == [[20, 0.1875], [40, 0.0625], [60, 0.125]])
    #expect(
      view.points("A-with-dropout", "dropout/2") == [
        [0, 0.5], [20, 0.5], [21, 0.75], [31, 0.75], [40, 0.75], [60, 0.75],
      ])
    #expect(
      view.points("A-with-dropout", "learning_rate") == [
        [0, 0.5], [20, 0.5], [21, 0.5], [31, 0.25], [40, 0.25], [60, 0.25],
      ])
    #expect(view.points("B-without-dropout", "dropout/1") == [[0, 0], [20, 0]])
    #expect(view.scalars["A-with-dropout"]?["gap"]?.first?[1] == ScriptedRun.start + 22)
  }

  @Test func tensorBoardFindsTheSettingsOfEachRun() throws {
    try write(
      [a.started, b.started] + a.steps(1...20) + b.steps(1...20)
        + [a.ended(20, .stopped), b.ended(20, .failed(message: "no room"))])
    guard let view = try view() else { return }
    let (first, second) = try (
      #require(view.sessions["A-with-dropout"]), #require(view.sessions["B-without-dropout"])
    )
    #expect(first.status == "STATUS_SUCCESS")
    #expect(second.status == "STATUS_FAILURE")
    #expect(first.start == ScriptedRun.start)
    #expect(first.end > first.start)
    #expect(first.metrics.contains("accuracy/test"))
    #expect(first.settings.count == Setting.allCases.count { $0.applies(to: RunConfiguration()) })
    #expect(first.settings["dropout"] == .text("0.2,0.5"))
    #expect(second.settings["dropout"] == .text("0,0"))
    #expect(first.settings["lr"] == .number(0.5))
    #expect(first.settings["batch-size"] == .number(256))
    #expect(first.settings["batch-norm"] == .flag(false))
    #expect(first.settings["clip-norm"] == .text("none"))
    #expect(first.settings["activation"] == .text("relu"))
  }

  @Test func theLayoutOfAddScalarsHasASubFolderForEachFigure() throws {
    try write(
      [a.started] + a.steps(1...40) + [a.changed(40, from: 0.5, to: 0.6), a.ended(40)], layout: .scalars)
    guard let view = try view() else { return }
    #expect(
      view.scalars.filter { !$0.value.isEmpty }.mapValues(\.keys.first) == [
        "A-with-dropout/metrics_train_loss": "metrics", "A-with-dropout/metrics_train_acc": "metrics",
        "A-with-dropout/metrics_test_acc": "metrics",
      ])
    #expect(view.points("A-with-dropout/metrics_train_loss", "metrics") == [[1, 0.375], [2, 0.375]])
    #expect(view.points("A-with-dropout/metrics_train_acc", "metrics") == [[1, 0.9375], [2, 0.9375]])
    #expect(view.points("A-with-dropout/metrics_test_acc", "metrics") == [[1, 0.75], [2, 0.875]])
    #expect(view.sessions["A-with-dropout"]?.status == "STATUS_SUCCESS")
  }

  /// The clock may have been set back in between.
  @Test(arguments: TensorBoardLayout.allCases, [1000.0, -3600])
  func aContinuedRunTakesBackWhatCameAfterItsCheckpoint(layout: TensorBoardLayout, seconds: Double) throws {
    let past = [a.started] + a.steps(1...20) + [a.changed(20, from: 0.5, to: 0.75)]
    try write(past + a.steps(21...45) + [a.changed(45, from: 0.75, to: 0.25)], layout: layout)
    // Whoever goes on says which settings are in force.
    var start = a.start
    start.configuration.dropout[1] = 0.75
    try write(
      [TrainingEvent(.runStarted(start), at: a.position(30))] + a.steps(31...60), layout: layout,
      time: ScriptedRun.start + seconds)
    guard let view = try view() else { return }
    switch layout {
    case .runs:
      #expect(view.points("A-with-dropout", "accuracy/test") == [[20, 0.75], [40, 0.875], [60, 0.8125]])
      #expect(
        view.points("A-with-dropout", "dropout/2") == [
          [0, 0.5], [20, 0.5], [21, 0.75], [40, 0.75], [60, 0.75],
        ])
    case .scalars:
      #expect(
        view.points("A-with-dropout/metrics_test_acc", "metrics") == [[1, 0.75], [2, 0.875], [3, 0.8125]])
    }
    #expect(view.sessions["A-with-dropout"]?.settings["dropout"] == .text("0.2,0.5"))
  }

  @Test(arguments: TensorBoardLayout.allCases)
  func aRestartLeavesNothingOfWhatWasBefore(layout: TensorBoardLayout) throws {
    try write([a.started] + a.steps(1...60), layout: layout)
    try write([ScriptedRun(0, seed: 2).started] + a.steps(1...20), layout: layout)
    guard let view = try view() else { return }
    switch layout {
    case .runs: #expect(view.points("A-with-dropout", "accuracy/test") == [[20, 0.75]])
    case .scalars:
      #expect(view.points("A-with-dropout/metrics_test_acc", "metrics") == [[1, 0.75]])
    }
    #expect(view.sessions["A-with-dropout"]?.settings["seed"] == .text("2"))
  }

  @Test func namesBecomeHarmlessFolders() throws {
    var started = RunStarted(
      name: "../größe, lr 0.1/\n" + String(repeating: "x", count: 300), configuration: a.configuration,
      parameterCount: 1, trainCount: 1, testCount: 1, stepsPerEpoch: 1, threads: 1)
    try write([TrainingEvent(.runStarted(started), at: a.position(0))])
    started.name = ""
    try write([TrainingEvent(.runStarted(started), at: b.position(0))])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/board").sorted()
    #expect(names == ["A-..-gr--e--lr-0.1--" + String(repeating: "x", count: 42), "B-"])
  }
}

import Experiment
import Foundation
import Platform
import Testing

@testable import Reports
@testable import Sessions
@testable import fmnist_tui

struct JSONLinesReporterTests {
  private func parse(_ line: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  /// The keys in the order in which they stand on the line; texts must not contain quoted colons.
  private func keys(_ line: String) -> [String] {
    line.split(separator: "\":").dropLast().compactMap { $0.split(separator: "\"").last.map(String.init) }
  }

  private func line(_ event: TrainingEvent) throws -> String {
    let lines = JSONLinesReporter().report(event, of: try ScriptedSession().description)
    #expect(lines.count == 1)
    return try #require(lines.first)
  }

  private static let position = ["schema", "event", "run", "step", "epoch", "batch"]

  @Test func theSessionComesFirst() throws {
    #expect(
      JSONLinesReporter().begin(try ScriptedSession().description) == [
        #"{"schema":2,"event":"session_started","version":"0.1.0","#
          + #""dataset":"fashion-mnist","data_source":"system","data_directory":"/usr/share/datasets/fashion-mnist","#
          + #""train_images":60000,"test_images":10000,"#
          + #""threads":2,"runs":2,"run_folder":null,"note":null}"#
      ])
  }

  @Test func theSessionEndTellsTheProgramStatus() throws {
    let end = SessionEnd(status: .targetNotMet, seconds: 1.5)
    #expect(
      JSONLinesReporter().end(try ScriptedSession().description, end) == [
        #"{"schema":2,"event":"session_ended","exit_status":1,"seconds":1.5}"#
      ])
  }

  @Test func aRunIsDescribedByItsOptions() throws {
    let session = try ScriptedSession()
    let line = try line(session.started(0))
    // Residual connections and wrong labels are told only where there are any.
    let options = Setting.allCases.filter {
      $0.applies(to: RunConfiguration()) && ![.normalize, .residual, .labelNoise].contains($0)
    }.map { $0.key }
    let described = keys(line)
    #expect(Array(described.prefix(8)) == Self.position + ["name", "dataset"])
    #expect(Array(described[8..<(8 + options.count)]) == options)
    #expect(
      described.suffix(5) == ["parameters", "train_images", "test_images", "steps_per_epoch", "threads"])
    let object = try parse(line)
    #expect(object["name"] as? String == "with dropout")
    #expect(object["hidden"] as? [Int] == [256, 256])
    #expect(object["dropout"] as? [Double] == [0.2, 0.5])
    #expect(object["init"] as? String == "normal=0.01")
    #expect(object["clip-norm"] is NSNull)
    #expect(object["train-size"] is NSNull)
    #expect(object["parameters"] as? Int == 269_322)
  }

  @Test func stepsTellTheirMeans() throws {
    let line = try line(ScriptedSession().steps(1, epoch: 2, batch: 5))
    #expect(
      line == #"{"schema":2,"event":"steps_completed","run":"B","step":240,"epoch":2,"batch":5,"count":1,"#
        + #""samples":256,"running_train_loss":0.5,"running_train_accuracy":0.75,"loss_sum":128.0,"#
        + #""correct":192,"training_seconds":0.25}"#)
  }

  @Test func epochsTellEveryFigureByItsName() throws {
    let line = try line(ScriptedSession().epoch(0, 2, test: 0.75))
    #expect(
      keys(line) == Self.position + [
        "running_train_loss", "running_train_accuracy", "train_loss", "train_accuracy", "test_loss",
        "test_accuracy", "generalization_gap", "samples", "training_seconds", "evaluation_seconds",
        "images_per_second",
      ])
    let object = try parse(line)
    #expect(object["event"] as? String == "epoch_evaluated")
    #expect(object["test_accuracy"] as? Double == 0.75)
    #expect(object["train_accuracy"] as? Double == 0.77)
    #expect(object["images_per_second"] as? Double == 400_000)
  }

  @Test func numbersThatJSONLacksAreNullWithAReason() throws {
    let position = RunPosition(run: RunID(0), step: 1, epoch: 1, batch: 1)
    let line = try line(
      TrainingEvent(
        .stepsCompleted(
          StepsCompleted(count: 1, samples: 1, lossSum: .nan, correct: 0, trainingSeconds: .infinity)),
        at: position))
    let object = try parse(line)
    #expect(object["running_train_loss"] is NSNull)
    #expect(object["running_train_loss_non_finite"] as? String == "nan")
    #expect(object["training_seconds_non_finite"] as? String == "inf")
    #expect(object["running_train_accuracy_non_finite"] == nil)
  }

  @Test func endsTellTheirReason() throws {
    let session = try ScriptedSession()
    let nasty = "loss is \"NaN\"\n\t\\ \u{1} at λ = 1"
    let object = try parse(line(session.ended(1, epoch: 1, batch: 3, .diverged(message: nasty))))
    #expect(object["reason"] as? String == "diverged")
    #expect(object["message"] as? String == nasty)
    let complete = try parse(line(session.ended(1, epoch: 1)))
    #expect(complete["reason"] as? String == "completed")
    #expect(complete["message"] is NSNull)
  }

  @Test func changesAndPausesTellWhere() throws {
    let session = try ScriptedSession()
    let position = session.position(0, epoch: 2, batch: 1)
    let change = try line(
      TrainingEvent(
        .settingChanged(SettingChanged(.dropout, layer: 1, from: .number(0.5), to: .number(0.6))),
        at: position))
    #expect(keys(change) == Self.position + ["setting", "layer", "old_value", "new_value"])
    #expect(try parse(change)["layer"] as? Int == 2)
    let rate = try parse(
      line(
        TrainingEvent(
          .settingChanged(SettingChanged(.learningRate, from: .number(0.5), to: .number(0.1))), at: position))
    )
    #expect(rate["setting"] as? String == "lr")
    #expect(rate["layer"] is NSNull)
    #expect(try keys(line(TrainingEvent(.paused(Paused()), at: position))) == Self.position)
    #expect(
      try parse(line(TrainingEvent(.resumed(Resumed()), at: position)))["event"] as? String == "resumed")
  }

  @Test func everyLineOfASessionParses() throws {
    let session = try ScriptedSession(settings: [.epochs: "3"])
    let lines = session.report(
      session.complete([0.7, 0.8, .nan], [0.7, 0.8, 0.8]), with: JSONLinesReporter(),
      SessionEnd(status: .success, seconds: 1))
    #expect(lines.count == 18)
    for line in lines {
      #expect(!line.contains("\n"))
      #expect(try parse(line)["schema"] as? Int == TrainingEvent.schema)
    }
  }
}

import ArgumentParser
import Experiment
import Foundation
import Sessions
import TestSupport
import Testing
import Training

@testable import fmnist_tui

/// Settings that stand in a file.
struct ConfigFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ text: String, _ name: String = "settings.json") throws -> String {
    try folder.write(name, Array(text.utf8))
  }

  private func plans(_ arguments: [String]) throws -> [RunPlan] {
    try TrainCommand.parse(arguments).plans().runs
  }

  @Test(arguments: [
    ("{}", []),
    (
      #"{"hidden": [64, 32], "dropout": [0.1, 0], "lr": 0.1, "nesterov": true, "momentum": 0.9, "seed": 18446744073709551615}"#,
      [
        "--hidden", "64,32", "--dropout", "0.1,0", "--lr", "0.1", "--nesterov", "--momentum", "0.9", "--seed",
        "18446744073709551615",
      ]
    ),
    // As they are typed.
    (
      #"{"hidden": "64,32", "epochs": "3", "clip-norm": "none", "schedule": "cosine"}"#,
      ["--hidden", "64,32", "--epochs", "3", "--clip-norm", "none", "--schedule", "cosine"]
    ),
    (
      #"{"dataset": "polynomial", "features": 2, "network": "linear 1"}"#,
      ["--dataset", "polynomial", "--features", "2", "--network", "linear 1"]
    ),
    (
      #"{"lr": 0.1, "runs": [{"dropout": [0.5]}, {"name": "adam", "optimizer": "adam", "lr": 1e-3}], "hidden": [8]}"#,
      [
        "--hidden", "8", "--lr", "0.1", "--dropout", "0.5", "--versus",
        "adam: optimizer=adam lr=1e-3 dropout=0.2",
      ]
    ),
  ]) func aFileSaysWhatOptionsSay(text: String, options: [String]) throws {
    let (told, typed) = try (plans(["--config", file(text)]), plans(options))
    #expect(told.map(\.configuration) == typed.map(\.configuration))
    #expect(told.dropFirst().map(\.name) == typed.dropFirst().map(\.name))
  }

  @Test func optionsChangeWhatTheRunsOfAFileShare() throws {
    let path = try file(#"{"epochs": 7, "runs": [{"dropout": [0.5, 0]}, {"dropout": []}]}"#)
    let runs = try plans(["--config", path, "--epochs", "2", "--versus", "lr=0.1"])
    #expect(runs.map(\.configuration.epochs) == [2, 2, 2])
    #expect(runs.map(\.configuration.dropout) == [[0.5, 0], [0, 0], [0.5, 0]])
    #expect(runs.map(\.configuration.learningRate) == [0.5, 0.5, 0.1])
    let refused = try Executable.run(["train", "--config", path, "--dropout", "0.1"])
    #expect(refused.status == 64)
    #expect(
      refused.error.contains("--dropout 0.1: the runs of --config \(path) differ in it."), "\(refused.error)")
  }

  @Test func aSessionsRecordBeginsItAnew() throws {
    let runs = folder.path + "/runs"
    let settings = [
      "--data", Executable.sample, "--train-size", "256", "--hidden", "8", "--epochs", "1", "--batch-size",
      "64",
    ]
    let first = try Executable.run(
      [
        "train", "--runs-dir", runs, "--quiet", "--no-tui", "--versus", "adam: optimizer=adam", "--fork",
        "B@2:lr=0.01",
      ] + settings)
    #expect(first.status == 0, "\(first.error)")
    let record = runs + "/exp1/run.json"
    let second = try Executable.run(
      ["train", "--runs-dir", runs, "--quiet", "--no-tui", "--data", Executable.sample, "--config", record])
    #expect(second.status == 0, "\(second.error)")
    func weights(_ name: String) throws -> [String?] {
      try RunReader(RunFolder(path: "\(runs)/\(name)")).summary().runs.map(\.weightsSHA256)
    }
    #expect(
      try weights("exp1") == weights("exp2") && weights("exp1").count == 3 && !weights("exp1").contains(nil))
    let sent = try Executable.run(
      ["train", "--data", Executable.sample, "--config", record, "--replicates", "2", "--on", "slurm"])
    #expect(sent.status == 64 && sent.error.contains("on a cluster runs begin anew"), "\(sent.error)")
    let longer = try plans(["--config", record, "--epochs", "4", "--no-compare"])
    #expect(longer.map(\.configuration.epochs) == [4] && longer.map(\.configuration.hiddenWidths) == [[8]])
  }

  @Test(arguments: [
    (#"{"lr": 0.1, "learning_rate": 3}"#, 65, "the field 'learning_rate' is wrong: it is no setting"),
    (#"{"lr": true}"#, 65, "the field 'lr' is of another type"),
    (#"{"lr": -1}"#, 64, "settings.json with --lr -1: "),
    (#"{"hidden": [1, 2"#, 65, "it is not complete JSON"),
    (#"["lr"]"#, 65, "it is no JSON object"),
    ("{\n\"epochs\": 1,\n\"epochs\": 2}", 65, "the field 'epochs' is there twice, in line 2 and line 3"),
    (#"{"runs": [{"lr": 0.1, "lr": 0.2}]}"#, 65, "the field 'lr' is there twice"),
    ("{\"epochs\": 1,\n}", 65, "line 2, column 1: there is a comma too many before '}'"),
    (#"{"epochs": 1.5}"#, 65, "the field 'epochs' is wrong: an impossible number"),
    (#"{"runs": [{"lr": 1e999}]}"#, 65, "lr' is wrong: an impossible number"),
    (#"{"image-size": 64}"#, 65, "add the field 'dataset'"),
    (#"{"runs": []}"#, 65, "the field 'runs' is wrong: there are none"),
    (#"{"runs": [{"lr": 1, "forked_from": "A"}]}"#, 65, "it is no setting"),
    (#"{"dataset": "mnist2"}"#, 65, "no data set is called 'mnist2'"),
    (#"{"format_version": 99}"#, 65, "it has format 99, and this version of the program reads format 2"),
    ("{\"format_version\": 2}", 65, "is missing"),
    (
      "{\"runs\": [\(Array(repeating: "{}", count: 27).joined(separator: ","))]}", 65,
      "a session has at most 26 runs"
    ),
  ]) func whatIsWrongWithAFileIsTold(text: String, status: Int32, part: String) throws {
    let path = try file(text)
    let result = try Executable.run(["train", "--no-save", "--config", path, "--data", Executable.sample])
    #expect(
      result.status == status && result.error.contains(path) && result.error.contains(part), "\(result.error)"
    )
    #expect(try folder.names == ["settings.json"])
  }

  @Test func aRegressionHasNoImages() throws {
    let path = try file(#"{"dataset": "polynomial", "image-size": 64}"#)
    let result = try Executable.run(["train", "--no-save", "--config", path])
    #expect(
      result.status == 64 && result.error.contains("--image-size 64: samples of polynomial are no images"))
  }

  @Test func aFileThatIsNotThereIsTold() throws {
    let result = try Executable.run(["train", "--config", "/nonexistent/a.json"])
    #expect(result.status == 66 && result.error.contains("/nonexistent/a.json"), "\(result.error)")
    // Nobody waits for what a pipe or a device brings.
    #expect(try Executable.run(["train", "--config", "/dev/zero"]).status == 65)
  }

  @Test(arguments: [
    ["--preset", "best"], ["--resume", "latest"], ["--demo"],
  ]) func aFileAndWhatElseSaysTheRunsContradict(other: [String]) throws {
    let result = try Executable.run(["train", "--config", file("{}")] + other)
    #expect(result.status == 64 && result.error.contains("Leave"), "\(result.error)")
  }
}

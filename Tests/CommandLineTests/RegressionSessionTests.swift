import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

/// Regressions as sessions: kept, gone on with, made again, forked, swept over, and refused where they make no sense.
@Suite struct RegressionSessionTests {
  private static let settings = [
    "--no-tui", "--dataset", "polynomial", "--features", "4", "--network", "linear 1 no-bias", "--samples",
    "40",
    "--name", "session", "--epochs",
  ]

  private func inRuns(_ body: (ResumeTests.Runs) throws -> Void) throws {
    let runs = ResumeTests.Runs(isMade: true)
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    try body(runs)
  }

  @Test func aSessionGoesOnAndIsMadeAgainToTheSameBits() throws {
    try inRuns { runs in
      let versus = ["--versus", "features=2", "--fork", "10:weight-decay=0.1"]
      let first = try runs.run(Self.settings + ["4"] + versus)
      #expect(first.status == 0, "\(first.error)")
      #expect(try runs.run(["--no-tui", "--quiet", "--resume", "session", "--epochs", "9"]).status == 0)
      let resumed = try runs.hashes("session")
      #expect(resumed.count == 3)
      #expect(try runs.replay(["session"]).status == 0)
      let whole = Self.settings.map { $0 == "session" ? "whole" : $0 }
      #expect(try runs.run(whole + ["9"] + versus).status == 0)
      #expect(try runs.hashes("whole") == resumed)
    }
  }

  @Test func noAccuracyIsToldAnywhere() throws {
    try inRuns { runs in
      let told = try runs.run(Self.settings + ["6", "--versus", "features=2"])
      #expect(told.status == 0, "\(told.error)")
      for text in [
        "polynomial · 40 training and 100 test samples · made from the seed", "linear regression",
        "mean squared error",
        "test loss", "generalisation gap",
      ] where text != "linear regression" { #expect(told.output.contains(text), "\(text)\n\(told.output)") }
      #expect(!told.output.contains("accuracy") && !told.output.contains("acc."), "\(told.output)")
      for arguments in [["runs"], ["runs", "show", "session"], ["runs", "compare", "session"]] {
        let result = try runs.run(arguments)
        #expect(result.status == 0, "\(result.error)")
        #expect(!result.output.contains("accuracy"), "\(result.output)")
      }
      let folder = RunFolder(path: runs.path("session"))
      for file in [folder.metrics, folder.summary] {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(!text.contains("accuracy") && !text.contains("correct"), "\(file)")
      }
      #expect(
        try String(contentsOfFile: folder.summary, encoding: .utf8).contains("\"best_by\": \"test_loss\""))
    }
  }

  @Test func theBestEpochIsThatOfTheLowestLoss() throws {
    try inRuns { runs in
      let result = try runs.run(
        Self.settings + ["40", "--validation", "10", "--early-stopping", "3", "--lr", "0.2", "--quiet"])
      #expect(result.status == 0, "\(result.error)")
      #expect(result.output.contains("best validation loss"), "\(result.output)")
      let reader = RunReader(RunFolder(path: runs.path("session")))
      let run = try reader.summary().runs[0]
      let losses = try reader.events().session(reader.record()).runs[0].epochs.map { epoch in
        try #require(epoch.metrics[.validationLoss])
      }
      #expect(run.best?.metrics[.validationLoss] == losses.min())
      #expect(run.final?.position.epoch == run.best?.position.epoch)
    }
  }

  @Test func weightsGoToOtherProgramsAndArePlacesToBegin() throws {
    try inRuns { runs in
      #expect(try runs.run(Self.settings + ["4", "--quiet"]).status == 0)
      let onnx = runs.path("network.onnx")
      let exported = try Executable.run(["export", runs.path("session"), "--onnx", onnx])
      #expect(exported.status == 0, "\(exported.error)")
      let bytes = try Data(contentsOf: URL(filePath: onnx))
      #expect(!bytes.contains(Data("Softmax".utf8)) && bytes.range(of: Data("Gemm".utf8)) != nil)
      let predicted = try Executable.run(["predict", "--checkpoint", runs.path("session"), "--image", "0"])
      #expect(predicted.status == 64)
      #expect(predicted.error.contains("a regression"), "\(predicted.error)")
      let weights = RunFolder(path: runs.path("session")).checkpoints + "/A-latest.safetensors"
      let begun = try runs.run(
        Self.settings.map { $0 == "session" ? "second" : $0 } + ["1", "--init-from", weights, "--quiet"])
      #expect(begun.status == 0, "\(begun.error)")
    }
  }

  @Test func aSweepOverSamplesAndFeaturesRanksByLoss() throws {
    try inRuns { runs in
      let result = try runs.run([
        "sweep", "--no-tui", "--dataset", "polynomial", "--network", "linear 1 no-bias", "--features", "2,4",
        "--samples", "30,60", "--epochs", "200", "--seeds", "2",
      ])
      #expect(result.status == 0, "\(result.error)")
      #expect(result.output.contains("best test loss"), "\(result.output)")
      #expect(result.output.contains("features 4, samples 60"), "\(result.output)")
      #expect(!result.output.contains("accuracy"), "\(result.output)")
    }
  }

  @Test(arguments: [
    (["--features", "0"], "--features 0: a sample has 1...100000 features"),
    (["--features", "101"], "--features 101: a sample of polynomial has 1...100 features"),
    (["--features", "2.5"], "--features 2.5: expected a whole number"),
    (["--samples", "0"], "there are 1...1000000 samples"),
    (["--samples", "99999999999999999999"], "expected a whole number"),
    (["--test-samples", "-1"], "there are 1...1000000 samples"),
    (
      ["--samples", "1000000", "--features", "100", "--dataset", "linear", "--test-samples", "1000001"],
      "1...1000000"
    ),
    (["--data-seed", "-1"], "expected a whole number in 0..."),
    (["--loss", "hinge"], "expected one of mse, half-mse"),
    (["--label-smoothing", "0.1"], "has no labels to smooth"),
    (["--label-noise", "0.1"], "has no labels to change"),
    (["--augment", "flip"], "are no images"),
    (["--init", "normal=1:-1"], "its numbers lie in 0...1000"),
    (["--init", "normal=1:nan"], "expected one of normal"),
    (["--init", "normal=0x1"], "expected one of normal"),
    (["--init", "normal=1:1:1"], "expected one of normal"),
    (["--fail-under", "0.5"], "--fail-under is about accuracy, and a regression has none"),
    (["--data", "/tmp"], "Leave --data out"),
    (["--network", "linear 2"], "the network gives 2 numbers, and the data need 1"),
    (["--dataset", "fashion-mnist", "--features", "4"], "only data that are made have it"),
    (["--dataset", "fashion-mnist", "--loss", "mse"], "only a regression has it"),
    (["--train-size", "101"], "the training set holds 100 images"),
  ])
  func whatNoRegressionCanHaveIsRefused(options: [String], message: String) throws {
    let result = try Executable.run(
      ["--no-tui", "--no-save"] + (options.contains("--dataset") ? [] : ["--dataset", "polynomial"]) + options
    )
    #expect(result.status != 0 && result.output.isEmpty)
    #expect(result.error.contains(message), "\(result.error)")
  }

  @Test func theSpeedOfARegressionIsThatOfSamples() throws {
    let result = try Executable.run(["--preset", "weight-decay", "--epochs", "5", "--no-tui", "--no-save"])
    #expect(result.output.contains(" samples/s") && !result.output.contains("images"))
  }
}

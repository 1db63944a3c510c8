import Experiment
import Foundation
import NeuralNetwork
import Sessions
import Testing
import Training

@testable import fmnist_tui

@Suite struct CheckpointFileTests {
  private static let checkpoint: Checkpoint = {
    let position = RunPosition(run: RunID(1), step: 7, epoch: 2, batch: 3)
    let running = StepsCompleted(
      position: position, count: 3, samples: 12, lossSum: 0.1 + 0.2, correct: 5, trainingSeconds: 1e-3)
    var configuration = RunConfiguration()
    configuration.dropout = [0.1, 1.0 / 3]
    configuration.optimizer = .adam
    return Checkpoint(
      place: CheckpointPlace(
        name: "with \"quotes\"", configuration: configuration, position: position, completedEpochs: 1,
        running: running, trainingSeconds: 2.5, secondsBeforeEpoch: 1.25, metrics: nil,
        earlyStopping: EarlyStopping.Place(
          best: .init(
            epoch: 1,
            metrics: [
              .runningTrainLoss: 1,
              .runningTrainAccuracy: 0.5,
              .trainLoss: 1,
              .trainAccuracy: 0.5,
              .testLoss: 1,
              .testAccuracy: 0.5,
              .validationLoss: 0.75,
              .validationAccuracy: 0.625,
            ]), epochsWaited: 1, hasEnded: false)),
      weights: [
        NamedTensor(name: "1.weight", shape: [1, 2], values: [1, -0.0]),
        NamedTensor(name: "1.bias", shape: [1], values: [.leastNonzeroMagnitude]),
      ],
      optimizer: OptimizerState(
        step: 7, numbers: ["first_moment": [[1, 2], [3]], "second_moment": [[4, 5], [6]]]),
      bestWeights: [NamedTensor(name: "1.weight", shape: [1, 2], values: [3, 4])])
  }()

  private func file(_ contents: SafetensorsFile) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors")
      .path(percentEncoded: false)
    try contents.write(to: path)
    return path
  }

  @Test func allOfACheckpointIsReadBack() throws {
    let path = try file(CheckpointFile.complete(Self.checkpoint))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let read = try CheckpointFile.read(path)
    #expect(read.place == Self.checkpoint.place)
    #expect(read.optimizer == Self.checkpoint.optimizer)
    #expect(Set(read.weights) == Set(Self.checkpoint.weights))
    #expect(read.bestWeights == Self.checkpoint.bestWeights)
    #expect(try Set(CheckpointFile.readWeights(path)) == Set(Self.checkpoint.weights))
  }

  @Test func weightsAreAFileWithNothingElse() throws {
    let path = try file(CheckpointFile.weights(Self.checkpoint))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try SafetensorsFile(path: path).tensors.map(\.name).sorted() == ["1.bias", "1.weight"])
    #expect(try Set(CheckpointFile.readWeights(path)) == Set(Self.checkpoint.weights))
    let error = #expect(throws: RunLogError.self) { try CheckpointFile.read(path) }
    #expect(error?.description.contains("--init-from") == true)
  }

  @Test func aNewerFormatIsRefusedWithTheReason() throws {
    let complete = CheckpointFile.complete(Self.checkpoint)
    var metadata = complete.metadata
    metadata["fmnist-tui.checkpoint"] = "2"
    let path = try file(SafetensorsFile(complete.tensors, metadata: metadata))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let error = #expect(throws: RunLogError.self) { try CheckpointFile.read(path) }
    #expect(error?.kind == .newer)
    #expect(error?.description.contains("the format 2, this program knows up to 1") == true)
    metadata["fmnist-tui.checkpoint"] = "1"
    metadata["place"] = "{}"
    let lost = try file(SafetensorsFile(complete.tensors, metadata: metadata))
    defer { try? FileManager.default.removeItem(atPath: lost) }
    #expect(throws: RunLogError.self) { try CheckpointFile.read(lost) }
  }

  @Test func wholeNumbersAreNoWeights() throws {
    let path = try file(
      SafetensorsFile([
        StoredTensor("1.weight", shape: [1], .int64([3])),
        StoredTensor("2.num_batches_tracked", shape: [], .int64([3])),
      ]))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let error = #expect(throws: RunLogError.self) { try CheckpointFile.readWeights(path) }
    #expect(error?.description.contains("the tensor 1.weight holds whole numbers") == true)
  }
}

import Experiment
import Foundation
import NeuralNetwork
import TestSupport
import Testing
import Training

@testable import Sessions
@testable import fmnist_tui

@Suite struct CheckpointFileTests {
  private static let checkpoint: Checkpoint = {
    let position = RunPosition(run: RunID(1), step: 7, epoch: 2, batch: 3)
    let running = StepsCompleted(
      count: 3, samples: 12, lossSum: 0.1 + 0.2, correct: 5, trainingSeconds: 1e-3)
    var configuration = RunConfiguration()
    configuration.dropout = [0.1, 1.0 / 3]
    configuration.optimizer = .adam
    return Checkpoint(
      progress: CheckpointProgress(
        name: "with \"quotes\"", configuration: configuration, position: position, completedEpochs: 1,
        running: running, trainingSeconds: 2.5, secondsBeforeEpoch: 1.25, metrics: nil,
        earlyStopping: EarlyStopping.Progress(
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

  @Test(arguments: [
    "module.", "_orig_mod.", "module._orig_mod.", "model.", "net.", "_forward_module.model.", "layers.",
    "e\u{301}.",
  ])
  func weightsOfAWrappedNetworkAreThoseOfTheNetwork(wrapper: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/wrapped.safetensors"
    let wrapped = Self.checkpoint.weights.map {
      NamedTensor(name: wrapper + $0.name, shape: $0.shape, values: $0.values)
    }
    try CheckpointFile.file(wrapped).write(to: path)
    #expect(try Set(CheckpointFile.readWeights(path)) == Set(Self.checkpoint.weights))
  }

  @Test func allOfACheckpointIsReadBack() throws {
    let path = try file(CheckpointFile.complete(Self.checkpoint))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let read = try CheckpointFile.read(path)
    #expect(read.progress == Self.checkpoint.progress)
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
    metadata["fmnist-tui.checkpoint"] = "3"
    let path = try file(SafetensorsFile(complete.tensors, metadata: metadata))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let error = #expect(throws: RunLogError.self) { try CheckpointFile.read(path) }
    #expect(error?.kind == .newer)
    #expect(
      error?.description.contains("it has format 3, and this version of the program reads format 2") == true)
    metadata["fmnist-tui.checkpoint"] = "2"
    metadata["place"] = "{}"
    let lost = try file(SafetensorsFile(complete.tensors, metadata: metadata))
    defer { try? FileManager.default.removeItem(atPath: lost) }
    #expect(throws: RunLogError.self) { try CheckpointFile.read(lost) }
  }

  @Test(arguments: [
    ("\"step\":7", "\"step\":9223372036854775807"), ("\"step\":7", "\"step\":-5"),
    ("\"batch\":3", "\"batch\":-1"), ("\"batch\":3", "\"batch\":8"), ("\"epoch\":2", "\"epoch\":0"),
    ("\"epoch\":2", "\"epoch\":1000000"),
    ("\"completed_epochs\":1", "\"completed_epochs\":-9223372036854775808"),
    ("\"completed_epochs\":1", "\"completed_epochs\":0"), ("\"batch-size\":256", "\"batch-size\":0"),
    ("\"hidden\":[256,256]", "\"hidden\":[1000000000000,256]"), ("\"warmup\":0.0", "\"warmup\":1e300"),
    ("\"seed\":1", "\"seed\":1.5"), ("\"seed\":1", "\"seed\":1,\"batchSize\":0"),
    ("\"best_epoch\":1", "\"best_epoch\":5"), ("\"samples\":12", "\"samples\":2"),
    ("\"training_seconds\":2.5", "\"training_seconds\":-1"),
  ])
  func whatCannotBeIsRefusedBeforeAnythingIsMadeOfIt(old: String, new: String) throws {
    let complete = CheckpointFile.complete(Self.checkpoint)
    var metadata = complete.metadata
    let text = try #require(metadata["place"])
    #expect(text.contains(old))
    metadata["place"] = text.replacing(old, with: new, maxReplacements: 1)
    let path = try file(SafetensorsFile(complete.tensors, metadata: metadata))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: RunLogError.self) { try CheckpointFile.read(path) }
  }

  @Test func everyChangedByteIsAnErrorOrAPositionToReckonWith() throws {
    let text = Array(Self.checkpoint.progress.json.text.utf8)
    for index in text.indices {
      for byte in [0, 0x20, 0x22, 0x2C, 0x2D, 0x2E, 0x30, 0x39, 0x5D, 0x65, 0x7D, 0xFF] as [UInt8] {
        var changed = text
        changed[index] = byte
        guard let read = try? JSONText.decode(CheckpointProgress.self, changed, path: "") else { continue }
        #expect(throws: Never.self) { try read.configuration.validate() }
        _ = read.isReachable(trainCount: 60_000)
        #expect(read.position.step >= 0 && read.epochOfWeights >= 1)
      }
    }
  }

  @Test(arguments: ["-1", "9223372036854775807", "1e3", ""])
  func anOptimizerThatHasMadeNoSuchStepIsRefused(step: String) throws {
    let complete = CheckpointFile.complete(Self.checkpoint)
    var metadata = complete.metadata
    metadata["optimizer.step"] = step
    let path = try file(SafetensorsFile(complete.tensors, metadata: metadata))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: RunLogError.self) { try CheckpointFile.read(path) }
  }

  @Test func anOptimizerThatRemembersNaNIsRefused() throws {
    var checkpoint = Self.checkpoint
    checkpoint.weights = [
      NamedTensor(name: "1.weight", shape: [1 << 20], values: [Float](repeating: 0, count: 1 << 20))
    ]
    #expect(throws: Never.self) { try checkpoint.check(RunID(1), path: "x", images: 2048) }
    checkpoint.optimizer.numbers["second_moment"]?[1][0] = .nan
    let error = #expect(throws: RunLogError.self) { try checkpoint.check(RunID(1), path: "x", images: 2048) }
    #expect(error?.problem == "what the optimizer remembers has a number that is NaN")
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

import ArgumentParser
import Datasets
import Experiment
import NeuralNetwork
import Platform
import Sessions
import Training

/// `fmnist-tui export RUN --onnx FILE`: a trained network for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a trained network as an ONNX file.",
    discussion: """
      Input 'images', shape [N, pixels], as fractions of 255; output 'logits', shape [N, classes]. PyTorch needs no \
      export: the safetensors files in the session's folder 'checkpoints' are state_dicts.
      """)

  @Argument(
    help: ArgumentHelp(
      "The session (its folder, its name, or 'latest'), or a safetensors file that it has written.",
      valueName: "run"))
  var session: String

  @Option(
    help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file(extensions: ["onnx"]))
  var onnx: String

  @Flag(help: "Replace the file if it is there.")
  var force = false

  @OptionGroup var choice: WeightsOptions

  mutating func validate() throws { try choice.validate(for: session) }

  mutating func run() throws {
    guard force || !Files.exists(onnx) else {
      throw Failure(
        status: .cannotCreate, message: "\(onnx): the file is there already. Give another name, or --force.")
    }
    do throws(RunLogError) {
      let path = try choice.path(of: session)
      let file = try SafetensorsFile(path: path)
      let weights = try CheckpointFile.readWeights(of: file, path: path)
      guard let configuration = CheckpointFile.configuration(of: file) else {
        throw RunLogError(
          .invalid, path: path, problem: "the file does not say which activation the network has",
          remedy: "Give weights that fmnist-tui has written")
      }
      try ONNXModel(
        Self.network(configuration, weights: weights, path: path), programVersion: ProgramVersion.text,
        path: path
      ).write(to: onnx)
    } catch {
      throw Failure(error)
    }
    try StandardStream.output.write(lines: ["Wrote \(onnx)."])
  }

  private static func network(
    _ configuration: RunConfiguration, weights: [NamedTensor], path: String
  ) throws(RunLogError) -> Network {
    let dataset = configuration.dataset
    do throws(StateDictionaryError) {
      return try TrainedNetwork(
        configuration, weights: weights, sample: dataset.shape, classes: dataset.task.outputCount
      ).network
    } catch {
      throw RunLogError(
        .invalid, path: path, problem: "not the weights of the network that it tells of: \(error.description)"
      )
    }
  }
}

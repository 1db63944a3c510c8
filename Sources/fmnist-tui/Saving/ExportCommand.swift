import ArgumentParser
import Datasets
import Experiment
import NeuralNetwork
import Platform
import Sessions
import Training

/// `fmnist-tui export RUN --onnx FILE --safetensors FILE`: a trained network for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a trained network as an ONNX file, or its weights under the names that PyTorch has.",
    discussion: """
      ONNX: input 'images', shape [N, pixels] or [N, channels, height, width], as fractions of 255, which the \
      model normalises itself if --normalize was given; output 'logits', shape [N, classes].

      Safetensors: a state_dict under the names of the program that the network was published with, such as \
      'block2.1.conv1.weight' of resnet18-cifar. Other networks need no export: the files in the session's folder \
      'checkpoints' are state_dicts of an nn.Sequential.
      """)

  @Argument(
    help: ArgumentHelp(
      "The session (its folder, its name, or 'latest'), or a safetensors file that it has written.",
      valueName: "run"))
  var session: String

  @Option(
    help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file(extensions: ["onnx"]))
  var onnx: String?

  @Option(
    help: ArgumentHelp("The file to write the weights to.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var safetensors: String?

  @Flag(help: "Replace the file if it is there.")
  var force = false

  @OptionGroup var choice: WeightsOptions

  mutating func validate() throws {
    guard onnx != nil || safetensors != nil else {
      throw ValidationError("no file was named. Give one with --onnx or --safetensors.")
    }
    guard onnx != safetensors else {
      throw ValidationError("--onnx and --safetensors are the same file. Give two names.")
    }
    try choice.validate(for: session)
  }

  private var files: [String] { [onnx, safetensors].compactMap(\.self) }

  mutating func run() throws {
    if !force, let taken = files.first(where: Files.exists) {
      throw Failure(
        status: .cannotCreate, message: "\(taken): the file is there already. Give another name, or --force.")
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
      let network = try Self.network(configuration, weights: weights, path: path)
      if let onnx {
        try ONNXModel(
          network, normalization: configuration.normalization.ofPixels, programVersion: ProgramVersion.text,
          path: path
        ).write(to: onnx)
      }
      if let safetensors {
        try DurableFile.write(
          CheckpointFile.published(network, configuration).bytes, to: safetensors, throughLinks: true)
      }
    } catch {
      throw Failure(error)
    }
    try StandardStream.output.write(lines: files.map { "Wrote \($0)." })
  }

  private static func network(
    _ configuration: RunConfiguration, weights: [NamedTensor], path: String
  ) throws(RunLogError) -> Network {
    let dataset = configuration.dataset
    do throws(StateDictionaryError) {
      return try TrainedNetwork(
        configuration, weights: weights, sample: configuration.sampleShape, classes: dataset.task.outputCount
      ).network
    } catch {
      throw RunLogError(
        .invalid, path: path, problem: "not the weights of the network that it tells of: \(error.description)"
      )
    }
  }
}

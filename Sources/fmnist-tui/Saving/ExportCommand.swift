import ArgumentParser
import Datasets
import Experiment
import Messages
import NeuralNetwork
import Platform
import Sessions
import Training

/// `fmnist-tui export RUN --onnx FILE --safetensors FILE`: a trained network for other programs.
struct ExportCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "export",
      abstract: says(
        "Write a trained network as an ONNX file, or its weights under the names that PyTorch has.",
        "把训练好的网络写成 ONNX 文件，或以 PyTorch 所用的名称写出它的权重。"),
      discussion: says(
        """
        ONNX: input 'images', shape [N, pixels] or [N, channels, height, width], as fractions of 255, which the \
        model normalises itself if --normalize was given; output 'logits', shape [N, classes].

        Safetensors: a state_dict under the names of the program that the network was published with, such as \
        'block2.1.conv1.weight' of resnet18-cifar. Other networks need no export: the files in the session's folder \
        'checkpoints' are state_dicts of an nn.Sequential.
        """,
        """
        ONNX：输入 'images'，形状 [N, pixels] 或 [N, channels, height, width]，为 255 分之几；若用了 --normalize，模型自己做标准化。输出 'logits'，形状 [N, classes]。

        Safetensors：一个 state_dict，名称与网络发表时所用程序的一样，如 resnet18-cifar 的 'block2.1.conv1.weight'。其他网络无需导出：会话文件夹中 'checkpoints' 里的文件就是 nn.Sequential 的 state_dict。
        """))
  }

  @Argument(
    help: ArgumentHelp(
      "The session (its folder, its name, or 'latest'), or a safetensors file that it has written.",
      "会话（它的文件夹、名称，或 'latest'），或它写出的 safetensors 文件。",
      valueName: "run"))
  var session: String

  @Option(
    help: ArgumentHelp("The file to write.", "要写的文件。", valueName: "file"),
    completion: .file(extensions: ["onnx"]))
  var onnx: String?

  @Option(
    help: ArgumentHelp("The file to write the weights to.", "要写权重的文件。", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var safetensors: String?

  @Flag(help: ArgumentHelp("Replace the file if it is there.", "文件已有时替换它。"))
  var force = false

  @OptionGroup var choice: WeightsOptions

  @OptionGroup var language: LanguageOption

  mutating func validate() throws {
    guard onnx != nil || safetensors != nil else {
      throw ValidationError(
        says(
          "no file was named. Give one with --onnx or --safetensors.", "没有给出文件。用 --onnx 或 --safetensors 给一个。")
      )
    }
    guard onnx.flatMap({ onnx in safetensors.map { DurableFile.areSame(onnx, $0) } }) != true else {
      throw ValidationError(
        says(
          "--onnx and --safetensors are the same file. Give two names.",
          "--onnx 和 --safetensors 是同一个文件。请用两个名称。"))
    }
    try choice.validate(for: session)
  }

  private var files: [String] { [onnx, safetensors].compactMap(\.self) }

  mutating func run() throws {
    if !force, let taken = files.first(where: Files.exists) {
      throw Failure(
        status: .cannotCreate,
        message: says(
          "\(taken): the file is there already. Give another name, or --force.",
          "\(taken)：文件已存在。请另取名称，或用 --force。"))
    }
    do throws(RunLogError) {
      let path = try choice.path(of: session)
      let file = try SafetensorsFile(path: path)
      let weights = try CheckpointFile.readWeights(of: file, path: path)
      guard let configuration = CheckpointFile.configuration(of: file) else {
        throw RunLogError(
          .invalid, path: path,
          problem: says("the file does not say which activation the network has", "文件没有说明网络用哪种激活函数"),
          remedy: says("Give weights that fmnist-tui has written", "请用 fmnist-tui 写出的权重"))
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
    try StandardStream.output.write(lines: files.map { says("Wrote \($0).", "已写入 \($0)。") })
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
        .invalid, path: path,
        problem: says(
          "not the weights of the network that it tells of: \(error.description)",
          "权重不属于它所说的网络：\(error.description)")
      )
    }
  }
}

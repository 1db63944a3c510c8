package import Datasets
package import Experiment
import Messages
import NeuralNetwork
import Platform
import Training

/// A trained network out of a file of weights, and what is known of it.
package struct CheckpointNetwork {
  private let network: TrainedNetwork
  package let configuration: RunConfiguration
  /// What it was trained on.
  package let dataset: DatasetDescription
  /// The file.
  package let path: String
  /// What had to be assumed, a sentence; `nil` if the file tells everything.
  package let assumption: String?

  /// Reads the weights in a file and the settings that it tells; `changes` are made to these, and what `choose` makes of
  /// the data set that it tells is taken.
  ///
  /// - Throws: `Failure` if the file is not there, damaged, or holds the weights of another kind of network;
  ///   `ConfigurationError` if no network can have the changes.
  package init(
    path: String, changes: GivenSettings, choose: (DatasetDescription) -> DatasetDescription
  ) throws {
    let (told, weights) = try Self.read(path)
    guard told != nil || changes[.network] != nil || RunConfiguration.isTold(by: weights) else {
      throw Self.otherNames(weights, path: path)
    }
    var configuration = told ?? RunConfiguration(shapeOf: weights)
    let dataset = choose(configuration.dataset)
    configuration.dataset = dataset
    for (setting, text) in changes.inOrder { try setting.set(text, in: &configuration) }
    try configuration.validate()
    do {
      network = try TrainedNetwork(
        configuration, weights: weights, sample: configuration.sampleShape, classes: dataset.task.outputCount)
    } catch {
      throw Failure(
        status: .badData,
        message: says(
          "\(path): these are not the weights of a network for \(dataset.name): \(error.description). "
            + "Give weights that fmnist-tui has written, or of the same network in PyTorch.",
          "\(path)：这不是用于 \(dataset.name) 的网络的权重：\(error.description)。请给出 fmnist-tui 写的权重，或 PyTorch 中同一网络的权重。"
        ))
    }
    self.path = path
    self.dataset = dataset
    self.configuration = configuration
    let assumed =
      changes[.network] == nil
      ? [Setting.dropout, .activation].filter {
        changes[$0] == nil && $0.applies(to: configuration)
          && ($0 != .dropout || configuration.dropoutCount > 0 || configuration.writtenNetwork == nil)
      } : []
    assumption =
      told != nil || assumed.isEmpty
      ? nil
      : says(
        "\(path) does not tell \(assumed.map(\.option).joined(separator: " and ")): assuming "
          + assumed.map { $0.text(in: configuration) }.joined(separator: " and ") + ".",
        "\(path) 没有说明 \(assumed.map(\.option).joined(separator: " 和 "))：假定为 "
          + assumed.map { $0.text(in: configuration) }.joined(separator: " 和 ") + "。")
  }

  /// What the network says of an image, with dropout off and in `passes` passes with dropout.
  package func examine(_ image: PredictedImage, passes: Int) -> ExaminedImage {
    network.examine(image.place, of: image.images, passes: passes)
  }

  /// Names that say nothing of layers: what a person said of them would be blamed otherwise.
  private static func otherNames(_ weights: [NamedTensor], path: String) -> Failure {
    let names = weights.prefix(3).map { "'\($0.name)'" }
    return Failure(
      status: .badData,
      message: says(
        "\(path): its tensors are called \(names.isEmpty ? "nothing" : names.joined(separator: ", ")), and not by the places of "
          + "layers, as '1.weight' in an nn.Sequential. Give weights that fmnist-tui has written, or save those of the nn.Sequential.",
        "\(path)：其中的张量叫 \(names.isEmpty ? "无" : names.joined(separator: "、"))，而不是按层的位置命名，如 nn.Sequential 中的 "
          + "'1.weight'。请给出 fmnist-tui 写的权重，或保存 nn.Sequential 的权重。"))
  }

  private static func read(_ path: String) throws(Failure) -> (RunConfiguration?, [NamedTensor]) {
    do throws(RunLogError) {
      let file = try SafetensorsFile(path: path)
      return (CheckpointFile.configuration(of: file), try CheckpointFile.readWeights(of: file, path: path))
    } catch {
      throw Failure(error)
    }
  }
}

internal import Messages

/// A network that is known by a name, for images of ten classes.
///
/// A further one is a line in `all`.
public struct NamedNetwork: Sendable {
  /// Its name.
  public let name: String
  /// What it is, in a few words.
  public var summary: String { summaries.text }
  private let summaries: Wording
  /// Channels of its first layers, where they can be chosen.
  public let width: Int?
  /// What the program that it was published with calls its layers, by their places; empty where there is none, or the names
  /// are the places.
  let publishedNames: [String: String]
  /// Its layers, for a width.
  private let layers: @Sendable (_ width: Int) -> String

  private init(
    name: String, summary summaries: Wording, width: Int?, publishedNames: [String: String] = [:],
    layers: @escaping @Sendable (_ width: Int) -> String
  ) {
    self.name = name
    self.summaries = summaries
    self.width = width
    self.publishedNames = publishedNames
    self.layers = layers
  }

  /// The channels that a first layer may have.
  static let widths = 1...1024
  /// All of them.
  public static let all = [
    NamedNetwork(
      name: "lenet",
      summary: Wording(
        "LeNet-5 as published, with sigmoid and average pooling", "原版 LeNet-5，用 sigmoid 和平均汇聚"), width: nil
    ) { _ in
      lenet(activation: "sigmoid", pool: "average-pool")
    },
    NamedNetwork(
      name: "lenet-relu", summary: Wording("LeNet-5 with ReLU and max pooling", "用 ReLU 和最大汇聚的 LeNet-5"),
      width: nil
    ) { _ in
      lenet(activation: "relu", pool: "pool")
    },
    NamedNetwork(
      name: "pooled",
      summary: Wording(
        "three pairs of convolutions with pooling, batch norm and GELU", "三对卷积，带汇聚、批量规范化和 GELU"), width: 16
    ) { width in
      [width, 2 * width, 4 * width].map { width in
        "conv \(width)x3 no-bias pool 2 batch-norm gelu conv \(width)x3 no-bias batch-norm gelu"
      }.joined(separator: " ") + " gap dropout 0 linear 10"
    },
    NamedNetwork(
      name: "resnet8",
      summary: Wording(
        "a residual network of three blocks (He et al., 2016)", "三个残差块的残差网络（He 等，2016）"), width: 16
    ) { residual(width: $0, blocks: 1) },
    NamedNetwork(
      name: "resnet20",
      summary: Wording(
        "a residual network of nine blocks (He et al., 2016)", "九个残差块的残差网络（He 等，2016）"), width: 16
    ) { residual(width: $0, blocks: 3) },
    NamedNetwork(
      name: "resnet18-cifar",
      summary: Wording(
        "the residual network of eight blocks for images of 32 to 96 pixels", "用于 32 到 96 像素图像的八个残差块的残差网络"),
      width: 64, publishedNames: namesOfEightBlocks
    ) { width in
      "conv \(width)x7 stride 2 padding 0 pool 3 stride 2 "
        + [width, 2 * width, 4 * width, 8 * width].enumerated().map { stage, width in
          block(width, stride: stage == 0 ? 1 : 2, endsWithReLU: true, shortcut: "") + " "
            + block(width, endsWithReLU: true)
        }.joined(separator: " ") + " gap linear 10"
    },
  ]

  /// The text of its layers; of the usual width where none is given.
  public func text(width: Int? = nil) -> String { layers(width ?? self.width ?? 1) }

  /// The name and what may follow it: `resnet8 [width N]`.
  public var syntax: String { width == nil ? name : "\(name) [width N]" }

  private static func lenet(activation: String, pool: String) -> String {
    "conv 6x5 \(activation) \(pool) 2 conv 16x5 padding 0 \(activation) \(pool) 2 flatten "
      + "linear 120 \(activation) linear 84 \(activation) linear 10"
  }

  /// Three stages of blocks, each with twice the channels on half the side.
  private static func residual(width: Int, blocks: Int) -> String {
    let stages = [width, 2 * width, 4 * width].enumerated().flatMap { stage, width in
      (0..<blocks).map {
        block(width, stride: stage > 0 && $0 == 0 ? 2 : 1, shortcut: " no-bias batch-norm")
      }
    }
    return "conv \(width)x3 no-bias batch-norm relu " + stages.joined(separator: " ")
      + " gap dropout 0 linear 10"
  }

  /// The names of the network for CIFAR-10: `block1`, `block2.1.conv1`, …, `classifier`.
  private static var namesOfEightBlocks: [String: String] {
    var names = ["1": "block1", "20": "classifier"]
    // The first stage begins with the pooling, which has no weights.
    for (index, block) in ["2.1", "2.2", "3.0", "3.1", "4.0", "4.1", "5.0", "5.1"].enumerated() {
      for (layer, name) in [
        ("body.0", "conv1"), ("body.1", "bn1"), ("body.3", "conv2"), ("body.4", "bn2"),
        ("shortcut.0", "conv3"),
      ] {
        names["\(3 + 2 * index).\(layer)"] = "block\(block).\(name)"
      }
    }
    return names
  }

  /// Two convolutions with batch norm, and a shortcut of one where the stride changes the shape.
  private static func block(
    _ width: Int, stride: Int = 1, endsWithReLU: Bool = false, shortcut: String? = nil
  ) -> String {
    let strided = stride == 1 ? "" : " stride \(stride)"
    let projection = strided.isEmpty ? "" : shortcut.map { " | conv \(width)x1\(strided)\($0)" } ?? ""
    return "residual(conv \(width)x3\(strided) no-bias batch-norm relu conv \(width)x3 no-bias batch-norm"
      + (endsWithReLU ? " relu" : "") + projection + ") relu"
  }
}

extension NetworkSpecification {
  /// The name of the network that it is but for its dropout, such as `resnet8 width 32`; `nil` if it has none.
  public var name: String? {
    let width = firstChannels
    return named.map { $0.width == nil || $0.width == width ? $0.name : "\($0.name) width \(width ?? 0)" }
  }

  /// The network with a name that it is but for its width and dropout.
  var named: NamedNetwork? {
    guard let width = firstChannels else { return nil }
    var plain = self
    plain.dropout = dropout.map { _ in 0 }
    let text = plain.text
    return NamedNetwork.all.first { $0.text(width: width) == text }
  }

  private var firstChannels: Int? {
    layers.lazy.compactMap { ($0 as? Convolution.Specification)?.outputs }.first
  }

  /// The name if it has one, otherwise all layers.
  public var title: String { name ?? text }

  /// The text of the layers that a network's name and what follows it stand for; other texts as they are.
  ///
  /// - Throws: `SpecificationError` if something follows that the name does not take.
  static func expanded(_ text: String) throws(SpecificationError) -> String {
    var words = SpecificationWords(text)
    guard let network = NamedNetwork.all.first(where: { words.takes($0.name) }) else { return text }
    var width: Int?
    if network.width != nil, words.takes("width") {
      width = try words.takeInteger(
        says("the channels of the first layers", "前几层的通道数"), in: NamedNetwork.widths)
    }
    guard words.isEmpty else {
      throw SpecificationError(
        says(
          "'\(network.name)' is a whole network, and more follows it", "'\(network.name)' 是一个完整的网络，后面却还有内容"),
        remedy:
          says(
            "Give '\(network.syntax)', or write its layers out; 'fmnist-tui network \(network.name)' lists them",
            "请只写 '\(network.syntax)'，或逐层写出；'fmnist-tui network \(network.name)' 会列出各层")
      )
    }
    return network.text(width: width)
  }
}

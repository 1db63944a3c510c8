internal import Messages
public import NeuralNetwork
internal import SwiftProtobuf

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A trained network as a file in the ONNX format, for inference.
///
/// Its input is `images`, shape `[N, pixels]` (the channels of a pixel side by side) or `[N, channels, height, width]`, as
/// fractions of 255: what normalises them is part of the model. Its output is `logits`, shape `[N, classes]`. Dropout,
/// which inference does without, is left out (https://onnx.ai/onnx/operators).
public struct ONNXModel: Hashable, Sendable {
  /// The contents of the file.
  public let bytes: [UInt8]

  /// The operators' version that the file asks for.
  private static let operatorSet: Int64 = 17
  /// The format's version that came with these operators.
  private static let formatVersion: Int64 = 8

  /// A model of a network.
  ///
  /// `path` is that of the file that its weights are from, for errors.
  ///
  /// - Throws: `RunLogError` if the file would have more than 2 GB.
  public init(
    _ network: Network, normalization: PixelNormalization? = nil, programVersion: String, path: String
  ) throws(RunLogError) {
    let model = Onnx_ModelProto.with {
      $0.irVersion = Self.formatVersion
      $0.producerName = "fmnist-tui"
      $0.producerVersion = programVersion
      $0.opsetImport = [.with { $0.version = Self.operatorSet }]
      $0.graph = Onnx_GraphProto(network, normalization)
    }
    do {
      bytes = try model.serializedBytes()
    } catch {
      throw RunLogError(
        .invalid, path: path,
        problem: says("too large for an ONNX file (\(error))", "对 ONNX 文件来说太大（\(error)）"))
    }
  }

  /// Writes the file at `path`, completely or not at all.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func write(to path: String) throws(RunLogError) {
    try DurableFile.write(bytes, to: path, throughLinks: true)
  }
}

extension Onnx_GraphProto {
  fileprivate init(_ network: Network, _ normalization: PixelNormalization?) {
    self.init()
    let (images, logits) = (GraphValue("images"), GraphValue("logits"))
    let graph = OperatorGraph(network, normalization: normalization, input: images, output: logits)
    name = "network"
    input = [.batch(images, network.inputShape.dimensions)]
    output = [.batch(logits, [network.outputs])]
    node = graph.nodes.map(Onnx_NodeProto.init)
    initializer = graph.constants.map(Onnx_TensorProto.init)
  }
}

extension Onnx_ValueInfoProto {
  /// A batch of samples of some dimensions.
  fileprivate static func batch(_ value: GraphValue, _ dimensions: [Int]) -> Onnx_ValueInfoProto {
    .with {
      $0.name = value.name
      $0.type.tensorType.elemType = Int32(Onnx_TensorProto.DataType.float.rawValue)
      $0.type.tensorType.shape.dim =
        [.with { $0.dimParam = "N" }] + dimensions.map { size in .with { $0.dimValue = Int64(size) } }
    }
  }
}

extension Onnx_NodeProto {
  fileprivate init(_ node: OperatorGraph.Node) {
    self.init()
    name = node.name
    opType = node.type
    input = node.inputs.map(\.name)
    output = [node.output.name]
    attribute = node.attributes.sorted { $0.key < $1.key }.map { name, value in
      .with {
        $0.name = name
        switch value {
        case .integer(let integer): ($0.type, $0.i) = (.int, Int64(integer))
        case .number(let number): ($0.type, $0.f) = (.float, number)
        case .integers(let integers): ($0.type, $0.ints) = (.ints, integers.map(Int64.init))
        }
      }
    }
  }
}

extension Onnx_TensorProto {
  fileprivate init(_ tensor: NamedTensor) {
    self.init()
    name = tensor.name
    dims = tensor.shape.map(Int64.init)
    dataType = Int32(Onnx_TensorProto.DataType.float.rawValue)
    rawData = tensor.values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
  }
}

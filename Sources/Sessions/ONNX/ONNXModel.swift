public import Experiment
internal import SwiftProtobuf

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A trained multilayer perceptron as a file in the ONNX format, for inference.
///
/// Its input is `images`, shape `[N, 784]`, pixels as fractions of 255; its output is `logits`, shape `[N, 10]`. Dropout,
/// which inference does without, is left out (https://onnx.ai/onnx/operators).
public struct ONNXModel: Hashable, Sendable {
  /// The contents of the file.
  public let bytes: [UInt8]

  /// The operators' version that the file asks for.
  private static let operatorSet: Int64 = 17
  /// The format's version that came with these operators.
  private static let formatVersion: Int64 = 8
  /// What batch norm adds to variances.
  private static let epsilon: Float = 1e-5

  /// A model of the weights in `tensors`, with `activation` after each hidden layer.
  ///
  /// The tensors have the names and shapes of the `state_dict` of the PyTorch model
  /// `nn.Sequential(nn.Flatten(), nn.Linear, [nn.BatchNorm1d], activation, nn.Dropout, ..., nn.Linear)`, where batch norm
  /// follows all hidden layers or none. `path` is that of their file, for errors.
  ///
  /// - Throws: `RunLogError` if names and shapes do not fit together, or the file would have more than 2 GB.
  public init(
    _ tensors: [Tensor], activation: ActivationKind, programVersion: String, path: String
  ) throws(RunLogError) {
    do {
      let weights = try PerceptronWeights(
        tensors, inputs: RunConfiguration.inputWidth, outputs: RunConfiguration.classCount)
      let model = Self.model(Self.graph(weights, activation), programVersion: programVersion)
      bytes = try model.serializedBytes()
    } catch let fault as PerceptronFault {
      throw RunLogError(
        .invalid, path: path, problem: "not the weights of a multilayer perceptron: \(fault.problem)")
    } catch {
      throw RunLogError(.invalid, path: path, problem: "too large for an ONNX file (\(error))")
    }
  }

  /// Writes the file at `path`, completely or not at all.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func write(to path: String) throws(RunLogError) {
    try DurableFile.write(bytes, to: path, throughLinks: true)
  }

  private static func model(_ graph: Onnx_GraphProto, programVersion: String) -> Onnx_ModelProto {
    .with {
      $0.irVersion = formatVersion
      $0.producerName = "fmnist-tui"
      $0.producerVersion = programVersion
      $0.opsetImport = [.with { $0.version = operatorSet }]
      $0.graph = graph
    }
  }

  private static func graph(_ weights: PerceptronWeights, _ activation: ActivationKind) -> Onnx_GraphProto {
    var graph = Onnx_GraphProto()
    graph.name = "multilayer perceptron"
    graph.input = [value("images", width: RunConfiguration.inputWidth)]
    graph.output = [value("logits", width: RunConfiguration.classCount)]
    var last = "images"
    for layer in weights.hidden {
      var place = layer.linear.place
      last = graph.append(gemm, place, input: last, [layer.linear.weight, layer.linear.bias])
      place += 1
      if !layer.batchNorm.isEmpty {
        last = graph.append(batchNormalization, place, input: last, layer.batchNorm)
        place += 1
      }
      last = graph.append(node(activation), place, input: last)
    }
    let output = weights.output
    graph.append(gemm, output.place, input: last, output: "logits", [output.weight, output.bias])
    return graph
  }

  /// A batch of rows of `width` numbers.
  private static func value(_ name: String, width: Int) -> Onnx_ValueInfoProto {
    .with {
      $0.name = name
      $0.type.tensorType.elemType = Int32(Onnx_TensorProto.DataType.float.rawValue)
      $0.type.tensorType.shape.dim = [.with { $0.dimParam = "N" }, .with { $0.dimValue = Int64(width) }]
    }
  }

  /// A linear layer, x · weightᵀ + bias.
  private static var gemm: Onnx_NodeProto {
    .with {
      $0.opType = "Gemm"
      $0.attribute = [
        .with {
          $0.name = "transB"
          $0.type = .int
          $0.i = 1
        }
      ]
    }
  }

  private static var batchNormalization: Onnx_NodeProto {
    .with {
      $0.opType = "BatchNormalization"
      $0.attribute = [number("epsilon", epsilon)]
    }
  }

  private static func node(_ activation: ActivationKind) -> Onnx_NodeProto {
    .with {
      switch activation {
      case .relu: $0.opType = "Relu"
      case .leakyReLU:
        $0.opType = "LeakyRelu"
        $0.attribute = [number("alpha", 0.01)]
      case .elu:
        $0.opType = "Elu"
        $0.attribute = [number("alpha", 1)]
      case .sigmoid: $0.opType = "Sigmoid"
      case .tanh: $0.opType = "Tanh"
      }
    }
  }

  private static func number(_ name: String, _ value: Float) -> Onnx_AttributeProto {
    .with {
      $0.name = name
      $0.type = .float
      $0.f = value
    }
  }
}

extension Onnx_GraphProto {
  /// Adds `node` at a place of the model with its weights, and returns the name of its output.
  @discardableResult
  fileprivate mutating func append(
    _ node: Onnx_NodeProto, _ place: Int, input: String, output: String? = nil, _ weights: [Tensor] = []
  ) -> String {
    var node = node
    let output = output ?? "\(place).output"
    node.name = "\(place)"
    node.input = [input] + weights.map(\.name)
    node.output = [output]
    self.node.append(node)
    initializer += weights.map(Onnx_TensorProto.init)
    return output
  }
}

extension Onnx_TensorProto {
  fileprivate init(_ tensor: Tensor) {
    self.init()
    name = tensor.name
    dims = tensor.shape.map(Int64.init)
    dataType = Int32(Onnx_TensorProto.DataType.float.rawValue)
    rawData = (tensor.float32 ?? []).map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
  }
}

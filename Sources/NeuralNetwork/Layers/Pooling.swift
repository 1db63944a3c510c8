internal import CKernels
internal import Messages

/// Takes the largest number, or the mean, of each window of every channel.
///
/// Beyond the border nothing is larger, and means count zeros, as in PyTorch's `MaxPool2d` and `AvgPool2d`.
package struct Pooling: Layer {
  /// What it is.
  package let shape: Specification
  private let input: Shape

  package var specification: any LayerSpecification { shape }

  private func work(_ rows: Int) -> kernels_pooling {
    let sides = shape.window(of: input)
    return kernels_pooling(
      samples: rows, height: input.height, width: input.width, channels: input.channels,
      kernel_height: sides.height, kernel_width: sides.width, stride: shape.stride, padding: shape.padding)
  }

  package func forward(_ flow: inout Flow, team: ThreadTeam) {
    let input = flow.input
    flow.withOutputAndWorkspace { output, workspace in
      withUnsafePointer(to: work(input.rows)) {
        guard shape.kind == .maximum else {
          kernels_pool_average(team.kernels, team.threads, $0, input.elements, &output.elements)
          return
        }
        workspace.resizePlaces(output.elements.count)
        kernels_pool_maximum(
          team.kernels, team.threads, $0, input.elements, &output.elements, &workspace.places)
      }
    }
  }

  package mutating func backward(_ flow: inout Flow, team: ThreadTeam) {
    guard flow.needsInputGradient else { return }
    let (gradient, places) = (flow.outputGradient, flow.workspace.places)
    withUnsafePointer(to: work(flow.input.rows)) {
      if shape.kind == .maximum {
        kernels_pool_maximum_gradient(
          team.kernels, team.threads, $0, gradient.elements, places, &flow.inputGradient.elements)
      } else {
        kernels_pool_average_gradient(
          team.kernels, team.threads, $0, gradient.elements, &flow.inputGradient.elements)
      }
    }
  }

  package func addOperators(to graph: inout OperatorGraph, input: GraphValue) -> GraphValue {
    if shape.kind == .global {
      return graph.add(
        "Flatten", [graph.add("GlobalAveragePool", [input])], attributes: ["axis": .integer(1)])
    }
    var attributes: [String: OperatorGraph.Attribute] = [
      "kernel_shape": .integers([shape.side, shape.side]),
      "strides": .integers([shape.stride, shape.stride]),
      "pads": .integers([Int](repeating: shape.padding, count: 4)),
    ]
    if shape.kind == .average { attributes["count_include_pad"] = .integer(1) }
    return graph.add(shape.kind == .maximum ? "MaxPool" : "AveragePool", [input], attributes: attributes)
  }
}

extension Pooling {
  /// What `pool SIDE`, `average-pool SIDE` and `gap` say.
  package struct Specification: LayerSpecification {
    /// What is made of a window.
    package enum Kind: String, CaseIterable, Sendable {
      /// Its largest number.
      case maximum = "pool"
      /// Its mean.
      case average = "average-pool"
      /// The mean of a channel, which has one window.
      case global = "gap"

      /// The words that ask for it.
      var syntax: String { self == .global ? rawValue : "\(rawValue) SIDE [stride N] [padding N]" }
    }

    /// What is made of a window.
    package var kind: Kind
    /// Rows and columns of a window.
    package var side = 1
    /// Pixels from one window to the next.
    package var stride = 1
    /// Rows and columns beyond the border that windows may reach.
    package var padding = 0

    package init(_ kind: Kind, _ words: inout SpecificationWords) throws(SpecificationError) {
      self.kind = kind
      guard kind != .global else { return }
      // A window's places are counted in bytes.
      side = try words.takeInteger(says("the window's side", "窗口的边长"), in: 1...15)
      stride = side
      while let option = words.takes(oneOf: ["stride", "padding"]) {
        if option == "stride" {
          stride = try words.takeInteger(says("the stride", "步幅"), in: 1...15)
        } else {
          padding = try words.takeInteger(says("the padding", "填充"), in: 0...(side / 2))
        }
      }
    }

    package var readsImages: Bool { true }

    package var text: String {
      guard kind != .global else { return kind.rawValue }
      return "\(kind.rawValue) \(side)" + (stride == side ? "" : " stride \(stride)")
        + (padding == 0 ? "" : " padding \(padding)")
    }

    /// The sides of a window.
    func window(of input: Shape) -> (height: Int, width: Int) {
      kind == .global ? (input.height, input.width) : (side, side)
    }

    package func output(for input: Shape) throws(SpecificationError) -> Shape {
      let image = try input.image(of: self)
      guard kind != .global else { return .units(image.channels) }
      return try image.windowed(
        by: self, side: side, stride: stride, padding: padding, channels: image.channels)
    }

    package func estimate(for input: Shape) -> LayerEstimate {
      let window = window(of: input)
      return LayerEstimate(
        operations: ((try? output(for: input).count) ?? 0) * window.height * window.width)
    }

    /// A byte for each place of a maximum.
    package func room(for input: Shape) -> LayerRoom {
      LayerRoom(kept: kind == .maximum ? ((try? output(for: input).count) ?? 0) / 4 : 0)
    }

    package func makeLayer(for input: Shape, drawing draws: inout LayerDraws) -> any Layer {
      Pooling(shape: self, input: input)
    }
  }
}

internal import CKernels
internal import Messages

/// A two-dimensional convolution, as deep learning has it (a cross-correlation):
/// output[k, y, x] = bias[k] + Σ input[c, y · stride + r - padding, x · stride + s - padding] · weights[k, c, r, s].
///
/// Beyond the image's border there are zeros. The output's sides are (side + 2 · padding - kernel) / stride + 1, rounded down.
package struct Convolution: Layer {
  /// What it is, without its weights.
  package let shape: Specification
  /// Weights, `[kernel · kernel · channels, outputs]`; in files `[outputs, channels, kernel, kernel]`, as PyTorch has them.
  package var weights: Parameter
  /// Biases, `[1, outputs]`, if it has any.
  package var biases: Parameter?
  private let input: Shape

  /// A layer with the given weights `[kernel · kernel · channels, outputs]` and biases `[outputs]`, if it is to have any.
  package init(_ shape: Specification, input: Shape, weights: Tensor, biases: [Float]?) {
    self.shape = shape
    self.input = input
    self.weights = Parameter(
      "weight", .weight, values: weights, inFiles: .convolution(side: shape.kernel, channels: input.channels))
    self.biases = biases.map {
      Parameter("bias", .bias, values: Tensor(rows: 1, columns: $0.count, elements: $0))
    }
  }

  package var specification: any LayerSpecification { shape }

  private func work(_ rows: Int) -> kernels_convolution { shape.work(rows, of: input) }

  package func forward(_ flow: inout Flow, team: ThreadTeam) {
    let input = flow.input
    team.convolve(work(input.rows)) { work, scratch in
      kernels_convolve(
        team.kernels, team.threads, work, input.elements, weights.values.elements, biases?.values.elements,
        &flow.output.elements, scratch)
    }
  }

  package mutating func backward(_ flow: inout Flow, team: ThreadTeam) {
    let (input, outputGradient) = (flow.input, flow.outputGradient)
    team.convolve(work(input.rows)) { work, scratch in
      biases.withGradient {
        kernels_convolve_weight_gradient(
          team.kernels, team.threads, work, input.elements, outputGradient.elements,
          &weights.gradient.elements, $0, scratch)
      }
      guard flow.needsInputGradient else { return }
      kernels_convolve_input_gradient(
        team.kernels, team.threads, work, outputGradient.elements, weights.values.elements,
        &flow.inputGradient.elements, scratch)
    }
  }

  package mutating func updateParameters(_ body: (inout Parameter) -> Void) {
    body(&weights)
    guard var taken = biases.take() else { return }
    body(&taken)
    biases = taken
  }

  package func forEachParameter(_ body: (Parameter) -> Void) {
    body(weights)
    if let biases { body(biases) }
  }

  package func addOperators(to graph: inout OperatorGraph, input: GraphValue) -> GraphValue {
    graph.add(
      "Conv", [input, graph.constant(weights)] + (biases.map { [graph.constant($0)] } ?? []),
      attributes: [
        "kernel_shape": .integers([shape.kernel, shape.kernel]),
        "strides": .integers([shape.stride, shape.stride]),
        "pads": .integers([Int](repeating: shape.padding, count: 4)),
      ])
  }
}

extension ThreadTeam {
  /// Calls `body` with the work and the numbers that the kernels keep beside.
  fileprivate func convolve(
    _ work: kernels_convolution,
    _ body: (_ work: UnsafePointer<kernels_convolution>, _ scratch: UnsafeMutablePointer<Float>) -> Void
  ) {
    withUnsafePointer(to: work) { work in
      withScratch(kernels_convolution_scratch(kernels, size, work)) { body(work, $0) }
    }
  }
}

extension Parameter? {
  /// Calls `body` with the numbers of the gradient, if there are any.
  fileprivate mutating func withGradient(_ body: (UnsafeMutablePointer<Float>?) -> Void) {
    guard var parameter = take() else { return body(nil) }
    body(&parameter.gradient.elements)
    self = parameter
  }
}

extension Convolution {
  /// What `conv OUTPUTSxKERNEL [stride N] [padding N] [no-bias]` says.
  package struct Specification: LayerSpecification {
    package static let syntax = "conv OUTPUTSxKERNEL [stride N] [padding N] [no-bias]"
    /// The largest kernel, stride and number of channels.
    static let (largestKernel, largestWidth) = (64, 65_536)

    /// Channels it writes.
    package var outputs: Int
    /// Rows and columns of each filter.
    package var kernel: Int
    /// Pixels from one place of the filter to the next.
    package var stride = 1
    /// Rows and columns of zeros around the image; as many as keep an image's size where none is said.
    package var padding: Int
    /// Whether a number is added to each output.
    package var hasBias = true

    package init(_ words: inout SpecificationWords) throws(SpecificationError) {
      (outputs, kernel) = try words.takePair(
        says("the channels and the filter's side", "通道数和卷积核的边长"), in: 1...Self.largestWidth,
        1...Self.largestKernel)
      padding = kernel / 2
      while let option = words.takes(oneOf: ["stride", "padding", "no-bias"]) {
        switch option {
        case "stride": stride = try words.takeInteger(says("the stride", "步幅"), in: 1...Self.largestKernel)
        case "padding": padding = try words.takeInteger(says("the padding", "填充"), in: 0...(kernel - 1))
        default: hasBias = false
        }
      }
    }

    package var hasWeights: Bool { true }
    package var readsImages: Bool { true }

    package var text: String {
      "conv \(outputs)x\(kernel)" + (stride == 1 ? "" : " stride \(stride)")
        + (padding == kernel / 2 ? "" : " padding \(padding)") + (hasBias ? "" : " no-bias")
    }

    package func output(for input: Shape) throws(SpecificationError) -> Shape {
      try input.image(of: self).windowed(
        by: self, side: kernel, stride: stride, padding: padding, channels: outputs)
    }

    package func estimate(for input: Shape) -> LayerEstimate {
      let weights = kernel * kernel * input.channels
      let places = ((try? output(for: input).count) ?? 0) / outputs
      return LayerEstimate(
        parameters: (weights + (hasBias ? 1 : 0)) * outputs, operations: 2 * places * weights * outputs)
    }

    package func scratch(for input: Shape, rows: Int, threads: Int) -> Int {
      withUnsafePointer(to: work(rows, of: input)) {
        kernels_convolution_scratch(kernels_default(), threads, $0)
      }
    }

    /// What the kernels are told.
    fileprivate func work(_ rows: Int, of input: Shape) -> kernels_convolution {
      kernels_convolution(
        samples: rows, height: input.height, width: input.width, channels: input.channels, outputs: outputs,
        kernel_height: kernel, kernel_width: kernel, stride: stride, padding: padding)
    }

    package func makeLayer(for input: Shape, drawing draws: inout LayerDraws) -> any Layer {
      draws.convolution(self, input: input)
    }
  }
}

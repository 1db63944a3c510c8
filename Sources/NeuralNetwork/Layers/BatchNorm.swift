internal import CKernels

/// Batch normalisation (Ioffe and Szegedy, 2015): y = γ (x - mean) / √(variance + ε) + β, per unit, or per channel of images.
///
/// In training mean and (biased) variance are those of the batch; in evaluation they are the running ones, updated
/// with momentum 0.1 and the unbiased variance, as PyTorch's `BatchNorm1d` and `BatchNorm2d` do.
package struct BatchNorm: Layer {
  /// γ, `[1, units]`.
  package var scale: Parameter
  /// β, `[1, units]`.
  package var shift: Parameter
  /// Running mean of the inputs, `[units]`.
  package var runningMean: [Float]
  /// Running unbiased variance of the inputs, `[units]`.
  package var runningVariance: [Float]

  private static let epsilon: Float = 1e-5
  private static let momentum: Float = 0.1

  /// γ = 1, β = 0, running mean 0 and variance 1.
  package init(units: Int) {
    let ones = [Float](repeating: 1, count: units)
    scale = Parameter("weight", .other, values: Tensor(rows: 1, columns: units, elements: ones))
    shift = Parameter("bias", .other, values: Tensor(rows: 1, columns: units))
    runningMean = [Float](repeating: 0, count: units)
    runningVariance = ones
  }

  private var units: Int { runningMean.count }

  package var specification: any LayerSpecification { Specification() }

  package var derivesInPlace: Bool { true }
  package func fuses(_ activation: Activation) -> Bool { !activation.isLearnt }

  /// Mean and 1 / √(variance + ε) of each unit.
  ///
  /// What is normalised is computed again from the input where backward needs it.
  /// A pixel of an image is as a sample is: its channels lie side by side.
  package func makeWorkspace(input: Shape) -> Workspace { Workspace(statistics: 2 * input.channels) }

  private func work(_ flow: Flow) -> kernels_normalization {
    kernels_normalization(
      samples: flow.input.rows, pixels: flow.input.columns / units, columns: units, epsilon: Self.epsilon,
      following: kernels_following_activation(flow.activation))
  }

  package mutating func forwardTraining(_ flow: inout Flow, team: ThreadTeam) {
    let input = flow.input
    withUnsafePointer(to: work(flow)) { work in
      flow.withOutputAndWorkspace { output, workspace in
        kernels_normalize(
          team.kernels, team.threads, work, Self.momentum, input.elements, scale.values.elements,
          shift.values.elements, &runningMean, &runningVariance, &workspace.statistics, &output.elements)
      }
    }
  }

  package func forward(_ flow: inout Flow, team: ThreadTeam) {
    let input = flow.input
    withUnsafePointer(to: work(flow)) {
      kernels_normalize_running(
        team.kernels, team.threads, $0, input.elements, scale.values.elements, shift.values.elements,
        runningMean, runningVariance, &flow.output.elements)
    }
  }

  package mutating func backward(_ flow: inout Flow, team: ThreadTeam) {
    let (input, statistics) = (flow.input, flow.workspace.statistics)
    withUnsafePointer(to: work(flow)) {
      kernels_derive_normalized(
        team.kernels, team.threads, $0, input.elements, scale.values.elements, shift.values.elements,
        statistics, &flow.outputGradient.elements, &scale.gradient.elements, &shift.gradient.elements)
    }
  }

  package mutating func updateParameters(_ body: (inout Parameter) -> Void) {
    body(&scale)
    body(&shift)
  }

  package func forEachParameter(_ body: (Parameter) -> Void) {
    body(scale)
    body(shift)
  }

  package mutating func updateBuffers(_ body: (_ name: String, _ values: inout [Float]) -> Void) {
    body("running_mean", &runningMean)
    body("running_var", &runningVariance)
  }

  package func addOperators(to graph: inout OperatorGraph, input: GraphValue) -> GraphValue {
    graph.add(
      "BatchNormalization",
      [
        input, graph.constant(scale), graph.constant(shift), graph.constant("running_mean", runningMean),
        graph.constant("running_var", runningVariance),
      ], attributes: ["epsilon": .number(Self.epsilon)])
  }
}

extension BatchNorm {
  /// What `batch-norm` says.
  package struct Specification: LayerSpecification {
    package static let syntax = "batch-norm"

    /// A layer of as many units as come in.
    package init() {}

    package init(_ words: inout SpecificationWords) {}

    package var text: String { Self.syntax }

    package var needsBatch: Bool { true }

    package func estimate(for input: Shape) -> LayerEstimate {
      LayerEstimate(parameters: 2 * input.channels, operations: 2 * input.count)
    }

    package func room(for input: Shape) -> LayerRoom { LayerRoom(worksInPlace: true, kept: input.count) }

    package func makeLayer(for input: Shape, drawing draws: inout LayerDraws) -> any Layer {
      BatchNorm(units: input.channels)
    }
  }
}

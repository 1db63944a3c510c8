internal import CKernels

/// Forward passes with fresh dropout masks: what many thinned networks say of the same samples (Gal and Ghahramani, 2016).
///
/// Only dropout is as in training; batch norm uses its running statistics. What comes before the first dropout is the same
/// in all passes and computed once.
public struct MonteCarloPass: Sendable {
  /// How often each sample is passed.
  public let passes: Int
  /// The samples `[batch, inputs]`; fill it before `forward`.
  public var input: Matrix
  /// The logits `[batch · passes, outputs]`, the passes of a sample one after the other.
  public private(set) var logits: Matrix
  /// The input for every pass, where it is dropped from.
  private var repeatedInput: Matrix
  private var inputFactors: Matrix
  private var layers: [Layer]
  /// The logits of a network that drops nothing.
  private var commonLogits: Matrix

  /// A hidden layer's part.
  private struct Layer: Sendable {
    /// The output `[batch, units]`, as long as all passes are alike.
    var common: Matrix
    /// The output `[batch · passes, units]`.
    var repeated: Matrix
    var factors: Matrix

    init(units: Int) {
      common = Matrix(rows: 0, columns: units)
      (repeated, factors) = (common, common)
    }

    mutating func drop(_ dropout: Dropout, _ masks: MonteCarloMasks, number: Int, team: ThreadTeam) {
      masks.drop(dropout, of: &repeated, factors: &factors, layer: number, team: team)
    }
  }

  /// Room for `passes` passes of a network.
  public init(for network: Network, passes: Int) {
    precondition(passes > 0, "there is at least one pass")
    self.passes = passes
    input = Matrix(rows: 0, columns: network.inputs)
    (repeatedInput, inputFactors) = (input, input)
    layers = network.hiddenLayers.map { Layer(units: $0.linear.outputs) }
    logits = Matrix(rows: 0, columns: network.outputLayer.outputs)
    commonLogits = logits
  }

  /// Makes room for a batch of another size.
  public mutating func resize(rows: Int) { input.resize(rows: rows) }

  /// Computes the logits of `input`, whose rows are the samples called `samples`.
  ///
  /// The masks are a function of seed, sample, pass, layer and unit alone: they depend on no other sample, and training
  /// draws none of them.
  public mutating func forward(_ network: Network, seed: UInt64, samples: [Int32], team: ThreadTeam) {
    precondition(samples.count == input.rows, "every row needs a sample")
    let masks = MonteCarloMasks(seed: seed, samples: samples, passes: passes)
    var isRepeated = network.inputDropout.isActive
    if isRepeated {
      repeatedInput.repeatRows(of: input, times: passes)
      masks.drop(network.inputDropout, of: &repeatedInput, factors: &inputFactors, layer: 0, team: team)
    }
    for (index, layer) in network.hiddenLayers.enumerated() {
      let previous = inputOfLayer(index, isRepeated: isRepeated)
      if isRepeated {
        layer.forward(previous, into: &layers[index].repeated, team: team)
      } else {
        layer.forward(previous, into: &layers[index].common, team: team)
      }
      guard layer.dropout.isActive else { continue }
      if !isRepeated { layers[index].repeated.repeatRows(of: layers[index].common, times: passes) }
      isRepeated = true
      layers[index].drop(layer.dropout, masks, number: index + 1, team: team)
    }
    let last = inputOfLayer(layers.count, isRepeated: isRepeated)
    if isRepeated {
      logits.resize(rows: last.rows)
      network.outputLayer.forward(last, into: &logits, team: team)
    } else {
      commonLogits.resize(rows: last.rows)
      network.outputLayer.forward(last, into: &commonLogits, team: team)
      logits.repeatRows(of: commonLogits, times: passes)
    }
  }

  /// What a layer reads: the batch, or the output of the hidden layer before it.
  private func inputOfLayer(_ index: Int, isRepeated: Bool) -> Matrix {
    guard index > 0 else { return isRepeated ? repeatedInput : input }
    return isRepeated ? layers[index - 1].repeated : layers[index - 1].common
  }
}

extension HiddenLayer {
  /// Computes the output before dropout, with running statistics.
  fileprivate func forward(_ input: Matrix, into output: inout Matrix, team: ThreadTeam) {
    output.resize(rows: input.rows)
    linear.forward(input, into: &output, team: team)
    batchNorm?.forwardEvaluation(&output, team: team)
    activation.apply(to: &output, team: team)
  }
}

extension Matrix {
  /// Becomes each row of `other` so many times.
  fileprivate mutating func repeatRows(of other: Matrix, times: Int) {
    resize(rows: other.rows * times)
    let columns = columns
    elements.withUnsafeMutableBufferPointer { target in
      other.elements.withUnsafeBufferPointer { source in
        guard let target = target.baseAddress, let source = source.baseAddress else { return }
        for row in 0..<other.rows * times {
          (target + row * columns).update(from: source + row / times * columns, count: columns)
        }
      }
    }
  }
}

/// The dropout masks of Monte-Carlo passes.
private struct MonteCarloMasks {
  let seed: UInt64
  /// What the rows show; each has as many rows as there are passes.
  let samples: [Int32]
  let passes: Int

  /// Drops units of a matrix `[samples · passes, units]`; layer 0 is the input, layer n hidden layer n.
  func drop(
    _ dropout: Dropout, of values: inout Matrix, factors: inout Matrix, layer: Int, team: ThreadTeam
  ) {
    factors.resize(rows: values.rows)
    let stream = RandomStream.Purpose.monteCarlo(layer: layer).identifier
    let perSample = passes * factors.columns
    factors.elements.withUnsafeMutableBufferPointer { elements in
      guard let start = elements.baseAddress else { return }
      for (place, sample) in samples.enumerated() {
        kernels_draw_factors(
          team.kernels, team.threads, seed, UInt32(bitPattern: sample), stream, dropout.threshold,
          dropout.scale, passes, values.columns, start + place * perSample)
      }
    }
    // The product with the factors.
    Activation.identity.derive(atValues: factors, factors: factors, gradient: &values, team: team)
  }
}

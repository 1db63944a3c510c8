import Testing

@testable import NeuralNetwork

/// Every number of every step against PyTorch.
@Suite struct ReferenceTests {
  @Test(arguments: ReferenceCase.names)
  func everyStepAgreesWithPyTorch(name: String) throws {
    let reference = try ReferenceCase.named(name)
    let team = ThreadTeam(threads: 1)
    var network = reference.network
    var optimizer = reference.optimizer
    var pass = TrainingPass(for: network)
    #expect(reference.steps.count == 3)
    for (number, step) in reference.steps.enumerated() {
      pass.resize(rows: step.inputs.count)
      pass.input = Matrix(step.inputs)
      pass.forward(&network, masks: GivenMasks(kept: step.masks.map { Matrix($0) }), team: team)
      expectClose(pass.logits, Matrix(step.logits), "logits of step \(number)")

      let losses = try computeLoss(reference, step, &pass, team)
      expectClose([losses], [step.lossPerSample], "losses of step \(number)")

      pass.backward(&network, team: team)
      if reference.l1 > 0 { GradientAdjustment.l1(strength: reference.l1).apply(to: &network, team: team) }
      expectGradients(of: network, in: step, number)
      for adjustment in reference.clipping { adjustment.apply(to: &network, team: team) }
      optimizer.update(&network, team: team)
      expectParameters(of: network, in: step.after, number)

      var evaluation = EvaluationPass(for: network)
      evaluation.resize(rows: step.inputs.count)
      evaluation.input = Matrix(step.inputs)
      evaluation.forward(network, team: team)
      expectClose(evaluation.logits, Matrix(step.evaluationLogitsAfter), "evaluation after step \(number)")
    }
  }

  /// Fills the pass's gradient of the logits and returns the loss of each sample.
  private func computeLoss(
    _ reference: ReferenceCase, _ step: ReferenceCase.Step, _ pass: inout TrainingPass, _ team: ThreadTeam
  ) throws -> [Float] {
    if let labels = step.labels {
      let loss = SoftmaxCrossEntropy(labelSmoothing: reference.labelSmoothing)
      loss.gradient(logits: pass.logits, labels: labels, into: &pass.logitsGradient, team: team)
      var scores = SampleScores()
      loss.score(logits: pass.logits, labels: labels, into: &scores, team: team)
      return scores.losses
    }
    let targets = Matrix(try #require(step.targets))
    MeanSquaredError().gradient(predictions: pass.logits, targets: targets, into: &pass.logitsGradient)
    return MeanSquaredError().losses(predictions: pass.logits, targets: targets)
  }

  private func expectGradients(of network: Network, in step: ReferenceCase.Step, _ number: Int) {
    let linears = network.hiddenLayers.map(\.linear) + [network.outputLayer]
    for (layer, linear) in linears.enumerated() {
      expectClose(
        linear.weights.gradient.transposed, Matrix(step.weightGradients[layer]),
        "weight gradient \(layer) of step \(number)")
      // Before batch norm a bias has no effect, and its gradient is rounding beside that of the weights.
      let largest = step.weightGradients[layer].flatMap { $0 }.map(abs).max() ?? 0
      expectClose(
        linear.biases.gradient, Matrix([step.biasGradients[layer]]), scale: largest,
        "bias gradient \(layer) of step \(number)")
    }
    let norm = gradientNorm(of: network, team: ThreadTeam(threads: 1))
    #expect(abs(norm - step.gradientNorm) <= 1e-5 * step.gradientNorm, "gradient norm of step \(number)")
  }

  private func expectParameters(of network: Network, in after: ReferenceCase.After, _ number: Int) {
    let linears = network.hiddenLayers.map(\.linear) + [network.outputLayer]
    for (layer, linear) in linears.enumerated() {
      expectClose(
        linear.weights.values.transposed, Matrix(after.weights[layer]),
        "weights \(layer) after step \(number)")
      expectClose(
        linear.biases.values, Matrix([after.biases[layer]]), "biases \(layer) after step \(number)")
    }
    for (layer, norm) in network.hiddenLayers.compactMap(\.batchNorm).enumerated() {
      expectClose(norm.scale.values, Matrix([after.batchNormScale[layer]]), "scale \(layer)")
      expectClose(norm.shift.values, Matrix([after.batchNormShift[layer]]), "shift \(layer)")
      expectClose([norm.runningMean], [after.batchNormRunningMean[layer]], "running mean \(layer)")
      expectClose(
        [norm.runningVariance], [after.batchNormRunningVariance[layer]], "running variance \(layer)")
    }
  }

  private func expectClose(_ actual: [[Float]], _ expected: [[Float]], _ what: Comment) {
    expectClose(Matrix(actual), Matrix(expected), what)
  }

  /// Expects agreement to 1e-5 of the largest element, or of `scale`: float32 against float64.
  private func expectClose(_ actual: Matrix, _ expected: Matrix, scale: Float = 0, _ what: Comment) {
    #expect(actual.rows == expected.rows && actual.columns == expected.columns, what)
    let scale = max(scale, expected.elements.map(abs).max() ?? 0)
    let worst = zip(actual.elements, expected.elements).map { abs($0 - $1) }.max() ?? 0
    #expect(worst <= 1e-5 * scale, what)
  }
}

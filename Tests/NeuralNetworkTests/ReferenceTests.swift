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
    var pass = Pass(for: network)
    #expect(reference.steps.count == 3)
    for (number, step) in reference.steps.enumerated() {
      pass.resize(rows: step.inputs.count)
      pass.input = Tensor(step.inputs)
      pass.forwardTraining(&network, masks: GivenMasks(kept: step.masks.map { Tensor($0) }), team: team)
      expectClose(pass.output, Tensor(step.logits), "logits of step \(number)")

      let losses = try computeLoss(reference, step, &pass, team)
      expectClose([losses], [step.lossPerSample], "losses of step \(number)")

      pass.backward(&network, team: team)
      if reference.l1 > 0 { GradientAdjustment.l1(strength: reference.l1).apply(to: &network, team: team) }
      try expectGradients(of: network, in: step, number)
      for adjustment in reference.clipping { adjustment.apply(to: &network, team: team) }
      optimizer.update(&network, team: team)
      try expectParameters(of: network, in: step.after, number)

      var evaluation = Pass(for: network)
      evaluation.resize(rows: step.inputs.count)
      evaluation.input = Tensor(step.inputs)
      evaluation.forward(network, team: team)
      expectClose(evaluation.output, Tensor(step.evaluationLogitsAfter), "evaluation after step \(number)")
    }
  }

  /// Fills the pass's gradient of the logits and returns the loss of each sample.
  private func computeLoss(
    _ reference: ReferenceCase, _ step: ReferenceCase.Step, _ pass: inout Pass, _ team: ThreadTeam
  ) throws -> [Float] {
    if let labels = step.labels {
      let loss = SoftmaxCrossEntropy(labelSmoothing: reference.labelSmoothing)
      loss.gradient(logits: pass.output, labels: labels, into: &pass.outputGradient, team: team)
      var scores = SampleScores()
      loss.score(logits: pass.output, labels: labels, into: &scores, team: team)
      return scores.losses
    }
    let targets = Tensor(try #require(step.targets))
    MeanSquaredError().gradient(predictions: pass.output, targets: targets, into: &pass.outputGradient)
    var scores = SampleScores()
    MeanSquaredError().score(predictions: pass.output, targets: targets, into: &scores)
    return scores.losses
  }

  private func expectGradients(
    of network: Network, in step: ReferenceCase.Step, _ number: Int
  ) throws {
    for (layer, linear) in network.linears.enumerated() {
      expectClose(
        linear.weights.gradient.transposed, Tensor(step.weightGradients[layer]),
        "weight gradient \(layer) of step \(number)")
      // Before batch norm a bias has no effect, and its gradient is rounding beside that of the weights.
      let largest = step.weightGradients[layer].flatMap { $0 }.map(abs).max() ?? 0
      expectClose(
        try #require(linear.biases).gradient, Tensor([step.biasGradients[layer]]), scale: largest,
        "bias gradient \(layer) of step \(number)")
    }
    for (slope, expected) in zip(network.slopes, step.activationSlopeGradients ?? []) {
      expectClose(slope.gradient, Tensor([expected]), "gradient of a slope of step \(number)")
    }
    #expect(network.slopes.count == step.activationSlopeGradients?.count ?? 0)
    let norm = gradientNorm(of: network, team: ThreadTeam(threads: 1))
    #expect(abs(norm - step.gradientNorm) <= 1e-5 * step.gradientNorm, "gradient norm of step \(number)")
  }

  private func expectParameters(
    of network: Network, in after: ReferenceCase.After, _ number: Int
  ) throws {
    for (layer, linear) in network.linears.enumerated() {
      expectClose(
        linear.weights.values.transposed, Tensor(after.weights[layer]),
        "weights \(layer) after step \(number)")
      expectClose(
        try #require(linear.biases).values, Tensor([after.biases[layer]]),
        "biases \(layer) after step \(number)")
    }
    for (slope, expected) in zip(network.slopes, after.activationSlopes ?? []) {
      expectClose(slope.values, Tensor([expected]), "a slope after step \(number)")
    }
    for (layer, norm) in network.batchNorms.enumerated() {
      expectClose(norm.scale.values, Tensor([after.batchNormScale[layer]]), "scale \(layer)")
      expectClose(norm.shift.values, Tensor([after.batchNormShift[layer]]), "shift \(layer)")
      expectClose([norm.runningMean], [after.batchNormRunningMean[layer]], "running mean \(layer)")
      expectClose(
        [norm.runningVariance], [after.batchNormRunningVariance[layer]], "running variance \(layer)")
    }
  }

  private func expectClose(_ actual: [[Float]], _ expected: [[Float]], _ what: Comment) {
    expectClose(Tensor(actual), Tensor(expected), what)
  }

  /// Expects agreement to 1e-5 of the largest element, or of `scale`: float32 against float64.
  private func expectClose(_ actual: Tensor, _ expected: Tensor, scale: Float = 0, _ what: Comment) {
    #expect(actual.rows == expected.rows && actual.columns == expected.columns, what)
    let scale = max(scale, expected.elements.map(abs).max() ?? 0)
    let worst = zip(actual.elements, expected.elements).map { abs($0 - $1) }.max() ?? 0
    #expect(worst <= 1e-5 * scale, what)
  }
}

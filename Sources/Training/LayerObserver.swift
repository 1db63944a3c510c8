internal import Datasets
internal import Experiment
internal import NeuralNetwork

/// Looks at the layers of a network under training, seldom and on few images, so that looking costs next to nothing.
struct LayerObserver {
  private static let bins = 32
  private static let interval = Duration.milliseconds(200)

  private var pass: Pass
  private var lastLook: ContinuousClock.Instant?

  /// Images whose activations are looked at: fewer where they are many.
  private let images: Int

  private let normalization: PixelNormalization?

  init(for network: Network, normalization: PixelNormalization? = nil) {
    self.normalization = normalization
    pass = Pass(for: network)
    images = max(4, min(64, 1_000_000 / max(1, network.estimate.numbersPerSample)))
  }

  /// Whether enough time has passed since the last look.
  var isDue: Bool { lastLook.map { ContinuousClock.now - $0 >= Self.interval } ?? true }

  /// The layers now, with activations over the first of `images` and the `masks` of the latest step.
  mutating func observe(
    _ network: Network, on images: LabeledImages, masks: some DropoutMasks, team: ThreadTeam
  ) -> [LayerObservation] {
    lastLook = .now
    let rows = Array(0..<Int32(min(images.count, self.images)))
    pass.resize(rows: rows.count)
    pass.input.gather(rows, of: images, normalization: normalization, team: team)
    pass.forward(network, team: team)
    let outputs = pass.outputs(of: network)
    return outputs.placesOfWeights.map { places in
      observation(
        outputs[places.lowerBound].layer,
        activations: places.upperBound == outputs.endIndex
          ? nil
          : ActivationObservation(
            outputs[places.upperBound - 1].output, bins: Self.bins,
            mask: mask(of: outputs[places], masks: masks, team: team)), team: team)
    }
  }

  private func observation(
    _ layer: any Layer, activations: ActivationObservation?, team: ThreadTeam
  ) -> LayerObservation {
    var observation = LayerObservation(
      inputs: 0, units: 0, weightNorm: 0, gradientNorm: 0, activations: activations)
    if let weight = layer.weight {
      (observation.inputs, observation.units) = (weight.values.rows, weight.values.columns)
      observation.weightNorm = weight.values.euclideanNorm(team: team)
      observation.gradientNorm = weight.gradient.euclideanNorm(team: team)
    }
    return observation
  }

  /// Which units the first dropout of some layers keeps for the first image of a batch.
  private func mask(
    of layers: ArraySlice<LayerOutput>, masks: some DropoutMasks, team: ThreadTeam
  ) -> [Bool] {
    for leaf in layers {
      guard let dropout = leaf.layer.dropout, dropout.probability > 0 else { continue }
      return dropout.factors(rows: 1, shape: leaf.output.shape, masks: masks, team: team).elements
        .map { $0 != 0 }
    }
    return []
  }
}

extension ActivationObservation {
  /// What is to be seen of activations `[images, units]`.
  fileprivate init(_ activations: Tensor, bins: Int, mask: [Bool]) {
    let values = activations.elements
    let smallest = values.min() ?? 0
    let largest = values.max() ?? 0
    var histogram = [Int](repeating: 0, count: bins)
    var isSilent = [Bool](repeating: true, count: activations.columns)
    var zeros = 0
    let binsPerUnit = largest > smallest ? Float(bins) / (largest - smallest) : 0
    for (index, value) in values.enumerated() {
      let bin = (value - smallest) * binsPerUnit
      histogram[bin.isFinite ? min(Int(bin), bins - 1) : bins - 1] += 1
      if value == 0 { zeros += 1 } else { isSilent[index % activations.columns] = false }
    }
    self.init(
      zeroShare: values.isEmpty ? 0 : Double(zeros) / Double(values.count),
      silentUnits: isSilent.count(where: \.self), smallest: Double(smallest), largest: Double(largest),
      histogram: histogram, mask: mask)
  }
}

extension TestPredicted {
  /// Room for the answers to `count` images.
  init(count: Int, classes: Int) {
    self.init(
      predictions: [UInt8](repeating: 0, count: count),
      probabilities: [UInt16](repeating: 0, count: count * classes))
  }

  /// Takes down what a network says of some images, by their logits `[images, classes]`.
  mutating func set(_ logits: Tensor, of images: [Int32]) {
    for (row, image) in images.enumerated() {
      predictions[Int(image)] = UInt8(predictedClass(logits: logits.row(row)))
      for (label, probability) in SoftmaxCrossEntropy.probabilities(logits: logits.row(row)).enumerated() {
        probabilities[Int(image) * logits.columns + label] = Self.share(probability)
      }
    }
  }

  /// A probability in 65,535ths; a network that diverges gives NaN, and the loss tells so.
  static func share(_ probability: Float) -> UInt16 {
    probability.isNaN ? 0 : UInt16((probability * Float(UInt16.max)).rounded())
  }
}

internal import Datasets
internal import Experiment
internal import NeuralNetwork

/// Asks a network about images, with dropout off and with Monte-Carlo dropout; nothing of the network changes.
struct NetworkExamination {
  /// Rows of a product: enough to be fast, few enough to stay in the second-level cache.
  private static let rows = 512
  /// Multiplications that measuring all images may take: a few seconds on one core.
  private static let budget = 4e11
  private static let fewestPasses = 5

  let network: Network
  let configuration: RunConfiguration
  /// What numbers the network gets for pixels.
  var normalization: PixelNormalization? { configuration.normalization.ofPixels }
  let images: LabeledImages
  let team: ThreadTeam

  /// The answers to a question, after so many steps; none to other commands and for images that there are not.
  func answers(to question: TrainingCommand, step: Int) -> [TrainingEvent.Kind] {
    guard configuration.dataset.task.kind == .classification else {
      // Of classes alone there is more to ask.
      switch question {
      case .observe:
        return [
          .samplesFitted(SamplesFitted(network, configuration, test: images, team: team)),
          .layersObserved(observeLayers(step: step)),
        ]
      case .observeWeights: return [.weightsObserved(WeightsObserved(network))]
      default: return []
      }
    }
    switch question {
    case .observe: return [.testPredicted(predict()), .layersObserved(observeLayers(step: step))]
    case .examine(let places, let passes):
      guard passes > 0, places.allSatisfy((0..<images.count).contains) else { return [] }
      return [.imagesExamined(ImagesExamined(images: places.map { examine($0, passes: passes) }))]
    case .measureUncertainty(let passes):
      guard passes > 0 else { return [] }
      return [.uncertaintyMeasured(measureUncertainty(passes: passes))]
    case .picture(let image, let layer):
      return picture(image: image, layer: layer).map { [.featureMapsPictured($0)] } ?? []
    case .observeWeights: return [.weightsObserved(WeightsObserved(network))]
    default: return []
    }
  }

  /// What the network says of every image, dropout off.
  private func predict() -> TestPredicted {
    var answers = TestPredicted(count: images.count, classes: network.outputs)
    var evaluation = Evaluation(for: network, Objective(configuration), normalization: normalization)
    _ = evaluation.measure(
      network, on: .test, of: images, indices: Array(0..<Int32(images.count)), takeTeam: { team },
      note: { samples, logits in answers.set(logits, of: samples) })
    return answers
  }

  /// The layers with the masks of the latest step, whose gradients are not known any more.
  private func observeLayers(step: Int) -> LayersObserved {
    var observer = LayerObserver(for: network, normalization: normalization)
    var layers = observer.observe(
      network, on: images, masks: RandomDropoutMasks(seed: configuration.seed, step: step - 1), team: team)
    for index in layers.indices { layers[index].gradientNorm = nil }
    return LayersObserved(layers: layers)
  }

  /// What the network says of the image at `place`, which must exist.
  func examine(_ place: Int, passes: Int) -> ExaminedImage {
    let sample = [Int32(place)]
    var pass = Pass(for: network)
    pass.resize(rows: 1)
    pass.input.gather(sample, of: images, normalization: normalization, team: team)
    var monteCarlo = pass
    pass.forward(network, team: team)
    monteCarlo.forwardMonteCarlo(
      network, passes: passes, seed: configuration.seed, samples: sample, team: team)
    return ExaminedImage(
      image: place,
      probabilities: SoftmaxCrossEntropy.probabilities(logits: pass.output.row(0)).map(Double.init),
      monteCarlo: MonteCarloPrediction(
        probabilities: monteCarlo.output.probabilities(ofRows: 0..<passes), classes: network.outputs))
  }

  /// How sure the network is of every image, by at most `passes` passes.
  func measureUncertainty(passes: Int) -> UncertaintyMeasured {
    let clock = ContinuousClock()
    let start = clock.now
    let passes = affordablePasses(atMost: passes)
    let classes = network.outputs
    var answers = TestPredicted(count: images.count, classes: classes)
    var entropies = [Float](repeating: 0, count: images.count)
    var information = entropies
    var pass = Pass(for: network)
    let batch = max(1, Self.rows / passes)
    for first in stride(from: 0, to: images.count, by: batch) {
      let samples = Array(Int32(first)..<Int32(min(first + batch, images.count)))
      pass.resize(rows: samples.count)
      pass.input.gather(samples, of: images, normalization: normalization, team: team)
      pass.forwardMonteCarlo(network, passes: passes, seed: configuration.seed, samples: samples, team: team)
      for row in samples.indices {
        let prediction = MonteCarloPrediction(
          probabilities: pass.output.probabilities(ofRows: row * passes..<(row + 1) * passes),
          classes: classes)
        answers.set(prediction, of: first + row)
        entropies[first + row] = Float(prediction.predictiveEntropy)
        information[first + row] = Float(prediction.mutualInformation)
      }
    }
    return UncertaintyMeasured(
      passes: passes, seconds: (clock.now - start).inSeconds, answers: answers,
      predictiveEntropies: entropies, mutualInformation: information)
  }

  /// Fewer passes where the network is so large that training would be held up for long.
  private func affordablePasses(atMost passes: Int) -> Int {
    let multiplications = Double(network.estimate.operationsPerSample) / 2
    let affordable = Self.budget / (multiplications * Double(max(1, images.count)))
    return max(1, min(passes, max(Self.fewestPasses, Int(min(affordable, 1e6)))))
  }
}

extension Tensor {
  /// The softmax of some rows of logits, row by row.
  fileprivate func probabilities(ofRows rows: Range<Int>) -> [Float] {
    var probabilities: [Float] = []
    probabilities.reserveCapacity(rows.count * columns)
    for row in rows { probabilities += SoftmaxCrossEntropy.probabilities(logits: self.row(row)) }
    return probabilities
  }
}

extension TestPredicted {
  /// Takes down the mean of many passes over an image.
  fileprivate mutating func set(_ prediction: MonteCarloPrediction, of image: Int) {
    let classes = prediction.means.count
    predictions[image] = UInt8(prediction.prediction ?? 0)
    for (label, probability) in prediction.means.enumerated() {
      probabilities[image * classes + label] = Self.share(Float(probability))
    }
  }
}

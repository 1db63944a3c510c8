internal import Datasets
internal import Experiment
internal import NeuralNetwork

extension LabeledImages {
  /// The same images; of those at `indices` each has, with `probability`, the label of another class.
  ///
  /// Two numbers of the seed's stream belong to each image of the set: the first one decides, the second one chooses
  /// among the other classes, all alike. So the images that are changed do not depend on which others are learned from, and
  /// a higher probability changes the same ones and further ones. The pixels are shared.
  func changingLabels(
    of indices: [Int32], probability: Double, seed: UInt64, classes: Int
  ) -> LabeledImages {
    guard probability > 0, classes > 1 else { return self }
    var stream = RandomStream(seed: seed, purpose: .labelNoise)
    var (changed, next) = (labels, 0)
    for index in indices.sorted() {
      // What is not learned from takes its numbers too.
      while next < index {
        _ = (stream.next(), stream.next())
        next += 1
      }
      let (isChanged, number) = (stream.nextUniform() < probability, stream.next())
      next += 1
      guard isChanged else { continue }
      let step = 1 + Int(number.multipliedFullWidth(by: UInt64(classes - 1)).high)
      changed[Int(index)] = UInt8((Int(labels[Int(index)]) + step) % classes)
    }
    return LabeledImages(
      count: count, height: height, width: width, channels: channels, pixels: pixels, labels: changed)
  }
}

/// What a network answers to training images, told apart by whether their labels were changed.
struct LabelNoiseTally {
  /// The labels that are learned.
  let learned: [UInt8]
  /// The labels that there were before.
  let original: [UInt8]
  private var (unchanged, right) = (0, 0)
  private var (changed, memorized, recovered) = (0, 0, 0)

  /// A tally before the first answer.
  init(learned: [UInt8], original: [UInt8]) {
    (self.learned, self.original) = (learned, original)
  }

  /// Counts the answers to some images, logits `[samples, classes]`.
  mutating func add(_ samples: [Int32], _ logits: Tensor) {
    for (row, sample) in samples.enumerated() {
      let (learned, original) = (Int(learned[Int(sample)]), Int(original[Int(sample)]))
      let answer = predictedClass(
        logits: logits.elements[row * logits.columns..<(row + 1) * logits.columns])
      if learned == original {
        unchanged += 1
        if answer == learned { right += 1 }
      } else {
        changed += 1
        if answer == learned { memorized += 1 }
        if answer == original { recovered += 1 }
      }
    }
  }

  /// The shares; none of images that there are none of.
  var measurements: Measurements {
    var measured = Measurements()
    if unchanged > 0 { measured[.unchangedAccuracy] = Double(right) / Double(unchanged) }
    if changed > 0 {
      measured[.memorizedShare] = Double(memorized) / Double(changed)
      measured[.recoveredShare] = Double(recovered) / Double(changed)
    }
    return measured
  }
}

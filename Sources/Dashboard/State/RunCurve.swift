internal import Experiment
internal import TerminalUI

/// A run's running training figures within its epochs, in bounded memory.
///
/// Steps are gathered in buckets of equal width; when there are too many, neighbours are merged and the width doubles.
/// A bucket keeps exact sums, so that a merged one is the mean over its samples.
package struct RunCurve: Hashable, Sendable {
  /// The figures of some neighbouring steps.
  struct Bucket: Hashable, Sendable {
    /// The last step, in epochs.
    var epochs: Double
    var samples: Int
    var lossSum: Double
    /// Correct answers; 0 where there are no classes.
    var correct: Int
  }

  private static let capacity = 2048
  private(set) var buckets: [Bucket] = []
  private var stepsPerBucket = 1
  private var stepsInLast = 0

  /// A curve without points.
  package init() {}

  /// Takes in steps, after which so many epochs are made.
  mutating func record(_ steps: StepsCompleted, epochs: Double) {
    if stepsInLast > 0, stepsInLast + steps.count <= stepsPerBucket, let last = buckets.indices.last {
      buckets[last].merge(epochs: epochs, steps)
      stepsInLast += steps.count
    } else {
      if buckets.count == Self.capacity { halve() }
      buckets.append(
        Bucket(epochs: epochs, samples: steps.samples, lossSum: steps.lossSum, correct: steps.correct ?? 0))
      stepsInLast = steps.count
    }
  }

  private mutating func halve() {
    stepsPerBucket *= 2
    buckets = stride(from: 0, to: buckets.count, by: 2).map { index in
      guard index + 1 < buckets.count else { return buckets[index] }
      let (first, second) = (buckets[index], buckets[index + 1])
      return Bucket(
        epochs: second.epochs, samples: first.samples + second.samples,
        lossSum: first.lossSum + second.lossSum, correct: first.correct + second.correct)
    }
    stepsInLast = stepsPerBucket
  }
}

extension RunCurve.Bucket {
  var loss: Double { lossSum / Double(samples) }
  var accuracy: Double { Double(correct) / Double(samples) }

  fileprivate mutating func merge(epochs: Double, _ steps: StepsCompleted) {
    self.epochs = epochs
    samples += steps.samples
    lossSum += steps.lossSum
    correct += steps.correct ?? 0
  }
}

/// A moving average without bias towards its start: an exponential average divided by the weight it has so far.
struct MovingAverage {
  private let decay: Double
  private var sum = 0.0
  private var weight = 0.0

  /// An average in which a value's weight falls by the factor `decay` with each later value; 0 smooths nothing.
  init(decay: Double) {
    self.decay = decay
  }

  /// Takes in a value and returns the average; a value that is not finite is returned and not kept.
  mutating func next(_ value: Double) -> Double {
    guard value.isFinite else { return value }
    sum = decay * sum + (1 - decay) * value
    weight = decay * weight + (1 - decay)
    return sum / weight
  }
}

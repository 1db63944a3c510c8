public import Datasets
public import NeuralNetwork

/// What numbers the pixels of images become beyond fractions of 255.
public enum Normalization: Hashable, Sendable {
  /// They stay fractions.
  case none
  /// Less the mean and divided by the deviation that a channel has over all training images, as soon as these are there.
  case trainingSet
  /// Less the mean of their channel and divided by its deviation, in fractions of 255.
  case given([Channel])

  /// The mean and the deviation of a channel.
  public struct Channel: Hashable, Sendable {
    /// The mean, in fractions of 255.
    public var mean: Double
    /// The deviation, above 0.
    public var deviation: Double

    /// A mean and a deviation.
    public init(mean: Double, deviation: Double) { (self.mean, self.deviation) = (mean, deviation) }
  }

  /// The word for the mean and the deviation of the training set.
  public static let ofTrainingSet = "train"

  /// Of how many channels it tells, if it does.
  var channels: Int? { if case .given(let channels) = self { channels.count } else { nil } }

  /// What is done to pixels; nothing where they stay fractions.
  public var ofPixels: PixelNormalization? {
    guard case .given(let channels) = self else { return nil }
    return PixelNormalization(
      means: channels.map { Float($0.mean) }, deviations: channels.map { Float($0.deviation) })
  }
}

extension Normalization {
  /// The normalisation that `text` spells: `none`, `train`, or `MEAN/DEVIATION` for each channel, separated by commas.
  public init?(text: String) {
    switch text {
    case SettingText.none: self = .none
    case Self.ofTrainingSet: self = .trainingSet
    default:
      let channels = SettingText.items(text).map { item -> Channel? in
        let numbers = item.split(separator: "/", omittingEmptySubsequences: false).map { Double(decimal: $0) }
        guard numbers.count == 2, let mean = numbers[0], let deviation = numbers[1] else { return nil }
        return Channel(mean: mean, deviation: deviation)
      }
      guard !channels.isEmpty, !channels.contains(nil) else { return nil }
      self = .given(channels.compactMap(\.self))
    }
  }

  /// The spelling that `init(text:)` reads back.
  public var text: String {
    switch self {
    case .none: SettingText.none
    case .trainingSet: Self.ofTrainingSet
    case .given(let channels):
      SettingText.list(
        channels.map { "\(SettingText.number($0.mean))/\(SettingText.number($0.deviation))" })
    }
  }

  /// Whether there is a deviation to divide by, as a number of the networks.
  var isPossible: Bool {
    guard case .given(let channels) = self else { return true }
    return channels.allSatisfy {
      abs($0.mean) <= 1000 && (1e-6...1000).contains($0.deviation)
    }
  }
}

extension RunConfiguration {
  /// Takes from the data what only these tell: the classes and the shape of images, and means and deviations if those of
  /// the training images are wanted.
  public mutating func learn(from data: Dataset) {
    dataset = data.description
    normalization = normalization.known(from: data.train.pixels, channels: data.train.channels)
  }
}

extension Normalization {
  /// The same, with the numbers of `images`, shape `[count, pixels, channels]`, where those of a training set are wanted.
  ///
  /// They have five decimal places: more are not to be told from chance.
  public func known(from images: [UInt8], channels: Int) -> Normalization {
    guard self == .trainingSet, !images.isEmpty else { return self }
    var (sums, squares) = ([Int](repeating: 0, count: channels), [Int](repeating: 0, count: channels))
    images.withUnsafeBufferPointer { images in
      for channel in 0..<channels {
        var (sum, square) = (0, 0)
        for place in stride(from: channel, to: images.count, by: channels) {
          let value = Int(images[place])
          sum += value
          square += value * value
        }
        (sums[channel], squares[channel]) = (sum, square)
      }
    }
    let count = Double(images.count / channels)
    func rounded(_ number: Double) -> Double { (number * 1e5).rounded() / 1e5 }
    return .given(
      zip(sums, squares).map { sum, square in
        let mean = Double(sum) / count
        let variance = max(0, Double(square) / count - mean * mean)
        // A channel of one value is left as it is but for its mean.
        let deviation = rounded(variance.squareRoot() / 255)
        return Channel(mean: rounded(mean / 255), deviation: deviation > 0 ? deviation : 1)
      })
  }
}

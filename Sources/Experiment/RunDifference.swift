/// What differs between the two runs of a comparison.
public struct RunDifference: Hashable, Sendable {
  /// The settings that differ, in listing order.
  public let settings: [RunSetting]
  /// A short name of each run that says its side of the difference.
  public let names: [String]

  /// Compares two runs.
  public init(_ first: RunConfiguration, _ second: RunConfiguration) {
    settings = RunSetting.allCases.filter { $0.text(in: first) != $0.text(in: second) }
    if first.usesDropout, second == first.withoutDropout() {
      names = ["with dropout", "without dropout"]
    } else {
      names = [first, second].map { [settings] configuration in
        settings.map { $0.phrase(in: configuration) }.joined(separator: ", ")
      }
    }
  }

  /// Whether both runs begin with the same weights.
  public var sharesInitialWeights: Bool {
    settings.allSatisfy { ![.hidden, .initialization, .seed].contains($0) }
  }

  /// Whether both runs see the same images in the same batches.
  public var sharesBatches: Bool {
    settings.allSatisfy { ![.batchSize, .seed, .trainSize, .validation].contains($0) }
  }

  /// Whether dropout is all that differs.
  public var isOnlyDropout: Bool {
    settings.allSatisfy { [.dropout, .inputDropout].contains($0) }
  }
}

extension RunSetting {
  /// The setting and its value as a few words: `dropout 0.2,0.5`, `no batch-norm`.
  public func phrase(in configuration: RunConfiguration) -> String {
    let text = text(in: configuration)
    switch self {
    case .noBiasDecay: return configuration.decaysBiases ? "bias decay" : "no bias decay"
    case .batchNorm, .nesterov: return text == "true" ? rawValue : "no \(rawValue)"
    case .clipNorm, .clipValue: return text == SettingText.none ? "no \(rawValue)" : "\(rawValue) \(text)"
    case .activation, .optimizer: return text
    default: return "\(rawValue) \(text)"
    }
  }
}

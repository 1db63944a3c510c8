internal import NeuralNetwork

/// What differs between the two runs of a comparison.
public struct RunDifference: Hashable, Sendable {
  /// The settings that differ, in listing order.
  public let settings: [Setting]
  /// A short name of each run that says its side of the difference.
  public let names: [String]

  /// Compares two runs.
  public init(_ first: RunConfiguration, _ second: RunConfiguration) {
    settings = Setting.allCases.filter {
      $0.applies(to: first) && $0.applies(to: second) && $0.value(in: first) != $0.value(in: second)
    }
    if first.usesDropout, second == first.withoutDropout() {
      names = ["with dropout", "without dropout"]
    } else {
      names = [first, second].map { [settings] configuration in
        // Layers that are written out tell their dropout.
        let layers = configuration.writtenNetwork
        let isTold = settings.contains(.network) && layers != nil && layers?.name == nil
        return settings.filter { !isTold || $0 != .dropout }
          .map { $0 == .network ? configuration.networkTitle : $0.phrase(in: configuration) }
          .joined(separator: ", ")
      }
    }
  }

  /// Whether both runs begin with the same weights.
  public var sharesInitialWeights: Bool {
    !settings.contains { $0.decides.contains(.initialWeights) }
  }

  /// Whether both runs see the same images in the same batches.
  public var sharesBatches: Bool {
    !settings.contains { $0.decides.contains(.batches) }
  }

  /// Whether dropout is all that differs.
  public var isOnlyDropout: Bool {
    settings.allSatisfy { [.dropout, .inputDropout].contains($0) }
  }
}

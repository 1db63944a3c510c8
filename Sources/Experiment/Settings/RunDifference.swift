internal import Messages
internal import NeuralNetwork

/// What differs between the two runs of a comparison.
public struct RunDifference: Hashable, Sendable {
  /// The settings that differ, in listing order.
  public let settings: [Setting]
  /// A short name of each run that says its side of the difference.
  public let names: [String]

  /// Compares two runs.
  public init(_ first: RunConfiguration, _ second: RunConfiguration) {
    let settings = Setting.allCases.filter {
      $0.applies(to: first) && $0.applies(to: second) && $0.value(in: first) != $0.value(in: second)
    }
    self.settings = settings
    if first.usesDropout, second == first.withoutDropout() {
      names = ["with dropout", "without dropout"]
    } else {
      names = [first, second].map { Self.name(settings, in: $0) }
    }
  }

  /// What one of the runs has of its own, a few words for each setting.
  public func phrases(in configuration: RunConfiguration) -> [String] {
    Self.phrases(settings, in: configuration)
  }

  /// Names are kept in files, which are the same in all languages.
  private static func name(_ settings: [Setting], in configuration: RunConfiguration) -> String {
    Language.$scoped.withValue(.english) { phrases(settings, in: configuration).joined(separator: ", ") }
  }

  private static func phrases(_ settings: [Setting], in configuration: RunConfiguration) -> [String] {
    // Layers that are written out tell their dropout.
    let layers = configuration.writtenNetwork
    let isTold = settings.contains(.network) && layers != nil && layers?.name == nil
    return settings.filter { !isTold || $0 != .dropout }
      .map { $0 == .network ? configuration.networkTitle : $0.phrase(in: configuration) }
  }

  /// A short name of each of several runs: what it has of its own; the first one's says what any other changes.
  public static func names(of runs: [RunConfiguration]) -> [String] {
    guard let first = runs.first, runs.count > 2 else {
      return runs.count == 2 ? RunDifference(runs[0], runs[1]).names : runs.map { _ in "" }
    }
    let differences = runs.dropFirst().map { RunDifference(first, $0) }
    let settings = Set(differences.flatMap(\.settings)).sorted()
    let isShort = settings.count <= largestNameCount
    let name = isShort ? Self.name(settings, in: first) : "base"
    return [name] + differences.map { $0.names[1] }
  }

  /// The most settings that are told in a name that stands for all others' differences.
  private static let largestNameCount = 2

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

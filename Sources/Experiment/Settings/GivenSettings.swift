public import Datasets
public import NeuralNetwork

/// What a person said about a run; everything else takes its default.
///
/// Some defaults depend on what was said: the dropout on the number of hidden layers, the learning rate on
/// the optimiser. They are filled in here, once, so that run B of a comparison gets them as run A does.
public struct GivenSettings: Hashable, Sendable {
  /// The texts given, by setting.
  public private(set) var texts: [Setting: String] = [:]
  /// What is learned from, if that was said.
  public var dataset: DatasetDescription?

  private static let ofPerceptron: [Setting] = [.hidden, .activation, .batchNorm, .residual]
  /// The settings of which some take the place of others.
  static let ofLayers = ofPerceptron + [.network, .dropout]

  /// Nothing said: the default experiment.
  public init() {}

  /// All that can be said of a run, which leaves nothing to defaults.
  public init(_ configuration: RunConfiguration) {
    for setting in Setting.allCases where setting.applies(to: configuration) {
      texts[setting] = setting.text(in: configuration)
    }
    dataset = configuration.dataset
  }

  /// The text given for a setting; `nil` leaves it to its default.
  public subscript(setting: Setting) -> String? {
    get { texts[setting] }
    set { texts[setting] = newValue }
  }

  /// These settings with `changes` in place of what was said before.
  ///
  /// Layers that are written out take the place of a perceptron's, with its dropout, and the other way round.
  public func changed(by changes: GivenSettings) -> GivenSettings {
    var changed = self
    if changes[.network] != nil {
      for setting in Self.ofLayers where setting != .network { changed[setting] = nil }
    } else if Self.ofPerceptron.contains(where: { changes[$0] != nil }), self[.network] != nil {
      (changed[.network], changed[.dropout]) = (nil, nil)
    }
    changed.texts.merge(changes.texts) { _, new in new }
    changed.dataset = changes.dataset ?? dataset
    return changed
  }

  /// What is said here and not, or otherwise, by `others`.
  public func differing(from others: GivenSettings) -> GivenSettings {
    var differing = GivenSettings()
    differing.texts = texts.filter { others[$0.key] != $0.value }
    return differing
  }

  /// Whether one of two settings would take the other's place.
  static func contradict(_ first: Setting, _ second: Setting) -> Bool {
    first == second || first == .network && ofPerceptron.contains(second)
      || second == .network && ofPerceptron.contains(first)
  }

  /// The texts in the order in which settings are listed.
  public var inOrder: [(setting: Setting, text: String)] {
    texts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Each as it is typed, behind `prefix`: `lr=0.1 epochs=3`.
  public func words(prefix: String = "") -> String {
    inOrder.map { "\(prefix)\($0.setting.key)=\($0.text)" }.joined(separator: " ")
  }

  /// The run that was asked for, validated.
  ///
  /// - Throws: `ConfigurationError` if a text cannot be read or no run can have these settings.
  public func configuration() throws(ConfigurationError) -> RunConfiguration {
    var configuration = RunConfiguration()
    if let dataset { configuration.dataset = dataset }
    for setting in Setting.allCases {
      if let text = texts[setting] {
        try setting.set(text, in: &configuration)
      } else if setting.applies(to: configuration) {
        setting.setDefault(in: &configuration)
      }
    }
    try configuration.validate()
    return configuration
  }
}

extension RunConfiguration {
  /// The rate of SGD for a regression: squared errors have gradients without a bound.
  static let regressionLearningRate = 0.01

  /// The default experiment's rate for SGD, PyTorch's defaults for others.
  public static func defaultLearningRate(for optimizer: OptimizerKind) -> Double {
    optimizer.defaultLearningRate
  }
}

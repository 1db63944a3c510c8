/// A rule of optimisation, as it can be asked for.
///
/// Each optimiser describes itself in its own file and is listed here; whatever can be chosen, helped with, checked and kept
/// follows from the description.
public struct OptimizerKind: RawRepresentable, CaseIterable, Codable, Hashable, Sendable {
  /// The name as it is typed, for example `adamw`.
  public let rawValue: String
  /// The name as papers write it.
  public let title: String
  /// The learning rate where none is given.
  public let defaultLearningRate: Double
  /// Whether it can have momentum.
  public let takesMomentum: Bool
  /// Whether its momentum can be Nesterov's.
  public let takesNesterov: Bool
  private let make: @Sendable (OptimizerSettings) -> any Optimizer

  /// All that there are: a new one is a word here.
  public static let allCases: [OptimizerKind] = [.sgd, .adam, .adamW, .rmsprop, .adaGrad]

  init(
    _ name: String, title: String, defaultLearningRate: Double, takesMomentum: Bool = false,
    takesNesterov: Bool = false, make: @escaping @Sendable (OptimizerSettings) -> any Optimizer
  ) {
    rawValue = name
    self.title = title
    self.defaultLearningRate = defaultLearningRate
    self.takesMomentum = takesMomentum
    self.takesNesterov = takesNesterov
    self.make = make
  }

  /// The kind of that name.
  public init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  /// An optimiser before its first step.
  public func optimizer(_ settings: OptimizerSettings) -> any Optimizer { make(settings) }

  /// Kinds are equal if their names are.
  public static func == (first: OptimizerKind, second: OptimizerKind) -> Bool {
    first.rawValue == second.rawValue
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

/// What can be asked of an optimiser; each takes what it knows.
public struct OptimizerSettings: Hashable, Sendable {
  /// The learning rate η.
  public var learningRate: Double
  /// The weight decay λ.
  public var weightDecay: Double
  /// What λ applies to.
  public var weightDecayScope: WeightDecayScope
  /// The momentum μ, 0 for none.
  public var momentum: Double
  /// Whether the momentum is Nesterov's.
  public var nesterov: Bool

  /// What is asked of an optimiser.
  public init(
    learningRate: Double, weightDecay: Double = 0, weightDecayScope: WeightDecayScope = .allParameters,
    momentum: Double = 0, nesterov: Bool = false
  ) {
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.weightDecayScope = weightDecayScope
    self.momentum = momentum
    self.nesterov = nesterov
  }
}

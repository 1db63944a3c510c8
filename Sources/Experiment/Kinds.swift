/// The activation functions a run can use.
public enum ActivationKind: String, CaseIterable, Codable, Hashable, Sendable {
  /// max(0, x)
  case relu
  /// x if positive, else 0.01·x
  case leakyReLU = "leaky-relu"
  /// x if positive, else exp(x) - 1
  case elu
  /// 1 / (1 + exp(-x))
  case sigmoid
  /// Hyperbolic tangent
  case tanh
}

/// The optimisers a run can use.
public enum OptimizerKind: String, CaseIterable, Codable, Hashable, Sendable {
  /// Stochastic gradient descent
  case sgd
  /// Adam (Kingma and Ba, 2015); weight decay is added to the gradient
  case adam
  /// Adam with decoupled weight decay (Loshchilov and Hutter, 2019)
  case adamW = "adamw"
}

/// How a run's initial weights are drawn.
public enum InitializationKind: Codable, Hashable, Sendable {
  /// The standard deviation of `normal` where none is given.
  public static let defaultStandardDeviation = 0.01

  /// Weights N(0, standardDeviation²); biases as in `pytorch`.
  case normal(standardDeviation: Double)
  /// Weights and biases U(-1/√fanIn, 1/√fanIn), PyTorch's default.
  case pytorch
  /// Weights N(0, 2/(fanIn + fanOut)), biases 0 (Glorot and Bengio, 2010).
  case xavier
  /// Weights N(0, 2/fanIn), biases 0 (He et al., 2015).
  case he
}

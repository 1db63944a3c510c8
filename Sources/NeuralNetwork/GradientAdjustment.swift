/// A change of all gradients between backward and the optimiser's update.
public enum GradientAdjustment: Hashable, Sendable {
  /// Adds the gradient of strength · Σ|w| over the weights; the subgradient at 0 is 0.
  case l1(strength: Double)
  /// Scales all gradients together so that their global Euclidean norm is at most the limit, as PyTorch's
  /// `clip_grad_norm_`: by limit / (norm + 10⁻⁶).
  case clipNorm(Double)
  /// Limits each gradient's absolute value.
  case clipValue(Double)

  /// Adjusts the gradients in `network`.
  public func apply(to network: inout Network) {
    switch self {
    case .l1(let strength):
      let strength = Float(strength)
      network.updateParameters { parameter, _ in
        guard parameter.kind == .weight else { return }
        parameter.update { value, gradient in
          gradient += value > 0 ? strength : value < 0 ? -strength : 0
        }
      }
    case .clipNorm(let limit):
      let factor = Float(limit / (gradientNorm(of: network) + 1e-6))
      guard factor < 1 else { return }
      network.updateParameters { parameter, _ in parameter.update { $1 *= factor } }
    case .clipValue(let limit):
      let limit = Float(limit)
      network.updateParameters { parameter, _ in
        parameter.update { $1 = $1 > limit ? limit : $1 < -limit ? -limit : $1 }
      }
    }
  }
}

/// The Euclidean norm of all gradients of a network taken together.
public func gradientNorm(of network: Network) -> Double {
  network.parameters.reduce(0) { sum, parameter in
    parameter.gradient.elements.reduce(sum) { $0 + Double($1) * Double($1) }
  }.squareRoot()
}

internal import CKernels

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
  public func apply(to network: inout Network, team: ThreadTeam) {
    switch self {
    case .l1(let strength):
      network.updateParameters { parameter, _ in
        guard parameter.kind == .weight else { return }
        kernels_add_signs(
          team.kernels, team.threads, parameter.values.elements.count, Float(strength),
          parameter.values.elements, &parameter.gradient.elements)
      }
    case .clipNorm(let limit):
      let factor = Float(limit / (gradientNorm(of: network, team: team) + 1e-6))
      guard factor < 1 else { return }
      network.updateParameters { parameter, _ in
        kernels_scale(
          team.kernels, team.threads, parameter.gradient.elements.count, factor, &parameter.gradient.elements)
      }
    case .clipValue(let limit):
      network.updateParameters { parameter, _ in
        kernels_clip(
          team.kernels, team.threads, parameter.gradient.elements.count, Float(limit),
          &parameter.gradient.elements)
      }
    }
  }
}

/// The Euclidean norm of all gradients of a network taken together.
public func gradientNorm(of network: Network, team: ThreadTeam) -> Double {
  var sum = 0.0
  network.forEachParameter { parameter in
    let gradient = parameter.gradient.elements
    sum += kernels_sum_squares(team.kernels, team.threads, gradient.count, gradient)
  }
  return sum.squareRoot()
}

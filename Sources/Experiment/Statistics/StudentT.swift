internal import RealModule

/// Student's t distribution with a whole number of degrees of freedom.
///
/// With t = √ν · tan θ the distribution function is a finite sum of powers of cos θ, exact for every ν (Abramowitz and
/// Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4).
public struct StudentT: Hashable, Sendable {
  /// ν, at least 1.
  public let degreesOfFreedom: Int

  /// The distribution with ν degrees of freedom, at least 1.
  public init(degreesOfFreedom: Int) {
    precondition(degreesOfFreedom > 0, "Student's t needs a degree of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The value below which t lies with `probability`, in 0...1; NaN outside.
  public func quantile(_ probability: Double) -> Double {
    guard (0...1).contains(probability) else { return .nan }
    guard probability >= 0.5 else { return -quantile(1 - probability) }
    guard probability < 1 else { return .infinity }
    let wanted = 2 * probability - 1
    var (lower, upper) = (0.0, Double.pi / 2)
    // The angle is bounded and the probability grows with it: halving ends where no number lies between.
    while true {
      let middle = (lower + upper) / 2
      guard lower < middle, middle < upper else { break }
      if centralProbability(angle: middle) < wanted { lower = middle } else { upper = middle }
    }
    return Double(degreesOfFreedom).squareRoot() * .tan(lower)
  }

  /// The probability that |t| is below √ν · tan θ.
  private func centralProbability(angle: Double) -> Double {
    let isOdd = !degreesOfFreedom.isMultiple(of: 2)
    let (sine, cosine) = (Double.sin(angle), Double.cos(angle))
    guard degreesOfFreedom > 1 else { return 2 * angle / .pi }
    var term = isOdd ? cosine : 1
    var sum = term
    for power in stride(from: isOdd ? 3 : 2, through: degreesOfFreedom - 2, by: 2) {
      term *= cosine * cosine * Double(power - 1) / Double(power)
      sum += term
    }
    return isOdd ? (angle + sine * sum) * 2 / .pi : sine * sum
  }
}

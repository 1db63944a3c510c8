import Testing

@testable import NeuralNetwork

@Suite struct TensorTests {
  /// Numbers far from 0 that differ little.
  private static let far = Tensor(
    rows: 1001, columns: 37, elements: (0..<1001 * 37).map { 1000 + Float($0 % 17) / 16 })

  @Test func theDeviationOfNumbersFarFromZeroIsThatOfTheirDistances() {
    let numbers = Self.far.elements.map { Double($0) - 1000 }
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    let deviation = Self.far.standardDeviation(team: ThreadTeam(threads: 1))
    #expect(abs(deviation / variance.squareRoot() - 1) < 1e-12)
  }

  @Test func normAndDeviationAreTheSameForEveryTeam() {
    let norms = Set((1...5).map { Self.far.euclideanNorm(team: ThreadTeam(threads: $0)) })
    let deviations = Set((1...5).map { Self.far.standardDeviation(team: ThreadTeam(threads: $0)) })
    #expect(norms.count == 1 && deviations.count == 1)
  }

  @Test func equalNumbersAndNoneDeviateByNothing() {
    let team = ThreadTeam(threads: 1)
    #expect(Tensor(rows: 3, columns: 1, elements: [0.1, 0.1, 0.1]).standardDeviation(team: team) == 0)
    #expect(Tensor(rows: 0, columns: 1).standardDeviation(team: team) == 0)
  }
}

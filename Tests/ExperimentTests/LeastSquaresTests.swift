import Datasets
import Experiment
import Testing

@Suite struct LeastSquaresTests {
  /// The samples and solutions of PyTorch's case `polynomial-regression`.
  private static let x: [Double] = [
    -0.823, 1.7938, -0.8328, -0.2319, 0.1466, 0.2406, 0.789, -0.1959, 0.7197, -1.3994, 0.1099, -0.0793,
    -0.8273, -0.3258, -1.3815, -0.8345, 0.0386, -0.7334, -1.0335, -1.4454,
  ]
  private static let y: [Double] = [
    2.411655, 7.14372, 2.273433, 4.604336, 4.908735, 5.285129, 5.453831, 4.747703, 5.406064, -2.74438,
    5.125223, 4.7537, 2.469582, 4.288607, -2.342105, 2.279304, 4.970451, 2.759519, 0.966633, -3.018961,
  ]

  @Test(arguments: [
    ([5.011237981, 1.181388578, -3.440776945, 5.800448808], 0.01128683942, 0.01193855109),
    ([4.101707553, 2.514351165], 1.429419586, 3.314414335),
  ])
  func theSolutionIsThatOfPyTorch(weights: [Double], train: Double, test: Double) {
    let inputs = Self.x.map { Synthesis.powers(of: $0, count: weights.count) }
    let solution = LeastSquares(inputs: Array(inputs.prefix(13)), targets: Array(Self.y.prefix(13)))
    for (found, expected) in zip(solution.weights, weights) { #expect(abs(found - expected) < 1e-8) }
    #expect(
      abs(solution.error(inputs: Array(inputs.prefix(13)), targets: Array(Self.y.prefix(13))) - train) < 1e-9)
    #expect(
      abs(solution.error(inputs: Array(inputs.suffix(7)), targets: Array(Self.y.suffix(7))) - test) < 1e-9)
  }

  @Test func fewerSamplesThanFeaturesAreMetByTheSmallestWeights() {
    let solution = LeastSquares(inputs: [[3, 4, 0], [0, 0, 2]], targets: [10, 6])
    for (found, expected) in zip(solution.weights, [1.2, 1.6, 3]) { #expect(abs(found - expected) < 1e-12) }
  }

  @Test func aColumnOfZerosHasWeightZero() {
    let solution = LeastSquares(inputs: [[1, 0], [2, 0], [3, 0]], targets: [2, 4, 6])
    #expect(abs(solution.weights[0] - 2) < 1e-12 && solution.weights[1] == 0)
  }

  @Test func withFewSamplesTheExactSolutionOfHighDegreeOverfitsBeyondMeasure() {
    let curve = DegreeCurve(samples: 20, degrees: 12, seeds: 60)
    #expect((0.010...0.020).contains(curve.points[3].test))
    #expect((0.005...0.010).contains(curve.points[3].train))
    #expect((200...7000).contains(curve.points[8].test))
    #expect((3e8...3e10).contains(curve.points[12].test))
    #expect(zip(curve.points, curve.points.dropFirst()).allSatisfy { $0.train >= $1.train })
    #expect(curve.points.min { $0.test < $1.test }?.degree == 3)
  }

  @Test func withManySamplesAHighDegreeHarmsLater() {
    let curve = DegreeCurve(samples: 100, degrees: 10, seeds: 60)
    #expect((0.009...0.012).contains(curve.points[3].test))
    #expect((0.012...0.03).contains(curve.points[6].test))
    #expect((0.05...1).contains(curve.points[8].test))
  }
}

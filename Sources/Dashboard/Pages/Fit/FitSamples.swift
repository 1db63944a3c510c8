internal import Datasets
internal import Experiment

/// What is made of samples and takes long, by their number and seed: it is made once, not for every picture.
struct FitSamples: Hashable, Sendable {
  private var solutions: [Synthesis.Size: ExactSolution?] = [:]
  private var targets: [Synthesis.Size: [Double]] = [:]

  /// The exact solution of samples; `nil` where it takes too long.
  func exactSolution(_ synthesis: Synthesis, _ size: Synthesis.Size) -> ExactSolution? {
    if let solution = solutions[size] { return solution }
    return ExactSolution(synthesis, size)
  }

  /// What is true of the test samples.
  func testTargets(_ synthesis: Synthesis, _ size: Synthesis.Size) -> [Double] {
    targets[size]
      ?? synthesis.samples(split: 1, count: size.test, features: size.features, seed: size.seed).targets
      .map(Double.init)
  }

  /// Makes what is missing of the samples of a run, of those of others only what is true of them, and forgets all else.
  mutating func prepare(_ synthesis: Synthesis, chosen: Synthesis.Size, all: [Synthesis.Size]) {
    solutions = [chosen: exactSolution(synthesis, chosen)]
    guard synthesis.kind == .linear else { return }
    targets = Dictionary(
      all.map { ($0, testTargets(synthesis, $0)) }, uniquingKeysWith: { first, _ in first })
  }
}

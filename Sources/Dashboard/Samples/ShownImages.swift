internal import Experiment

/// The images that the runs were asked about, and where the runs stood: what has changed is asked again.
struct ShownImages: Hashable, Sendable {
  private let images: [Int]
  private let runs: [RunID: Place]

  /// Where a run stands, as far as its answers are to be asked for again.
  private struct Place: Hashable, Sendable {
    let evaluatedAt: Int?
    let changes: Int
    let pausedAt: Int?
  }

  fileprivate init(images: [Int], runs: [RunState]) {
    self.images = images
    self.runs = Dictionary(
      uniqueKeysWithValues: runs.map { run in
        let place = Place(
          evaluatedAt: run.predictions?.position.step, changes: run.changes.count,
          pausedAt: run.pausedAt?.step)
        return (run.id, place)
      })
  }
}

extension DashboardState {
  /// Passes with dropout for each image that is shown.
  private static let passesOverShown = 100
  /// Images that stand side by side on a wide screen.
  private static let mostShown = 4

  /// What is to be asked of the runs because other images are shown or the runs have moved on.
  mutating func takeQuestions() -> [DashboardEffect] {
    guard origin == .training, showsSamples else { return [] }
    let images = Array(sampleOrder.dropFirst(sampleRank).prefix(Self.mostShown))
    let runs = comparedRuns
    let shown = ShownImages(images: images, runs: runs)
    guard shown != askedImages else { return [] }
    askedImages = shown
    return runs.map { .send(.examine(images: images, passes: Self.passesOverShown), to: $0.id) }
  }
}

extension RunState {
  /// What the run said of an image when it was last asked.
  func examined(_ image: Int) -> ExaminedImage? { examined?.images.first { $0.image == image } }
}

extension ExaminedImage {
  /// The answer with dropout off, in words.
  func answer(images: TestImages) -> String {
    let prediction = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    return images.answer(to: image, prediction: UInt8(prediction), confidence: probabilities[prediction])
  }
}

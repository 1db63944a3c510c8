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

  init(images: [Int], runs: [RunState]) {
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

extension RunState {
  /// The first epoch that is all learnt from images changed as they are now: the next one after a change.
  var augmentedSince: Int {
    let changed = changes.last { $0.setting == .augment }?.position.step
    let step = changed ?? history.started?.forkedFrom?.step ?? 0
    return history.lengths.nextEpoch(at: step)
  }

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

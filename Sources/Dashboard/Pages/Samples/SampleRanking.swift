internal import Experiment

/// Orders test images by how much there is to see in the answers of the runs.
enum SampleRanking {
  /// The images, the most telling ones first; empty without answers.
  ///
  /// Of two runs: those whose predictions differ, then the others, each by how far the probabilities are apart. Of one
  /// run: its errors, the surest first, then the least sure of its right answers.
  static func order(answers: [TestPredicted], labels: [UInt8]) -> [Int] {
    guard let first = answers.first, answers.allSatisfy({ $0.predictions.count == labels.count }) else {
      return []
    }
    let scores = labels.indices.map { image in
      guard answers.count > 1 else {
        let confidence = first.confidence(image: image)
        return first.predictions[image] == labels[image] ? -confidence : confidence
      }
      let differs = first.predictions[image] != answers[1].predictions[image]
      return (differs ? 1 : 0) + distance(first, answers[1], image: image)
    }
    return labels.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
  }

  /// Half the sum of the absolute differences of the probabilities (the total variation distance), 0 to 1.
  static func distance(_ first: TestPredicted, _ second: TestPredicted, image: Int) -> Double {
    (0..<min(first.classes, second.classes)).reduce(0) { sum, index in
      sum
        + abs(first.probability(image: image, class: index) - second.probability(image: image, class: index))
    } / 2
  }
}

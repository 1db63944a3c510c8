package import Experiment
internal import TerminalUI

/// Why the running train loss lies above the test loss, for the run or side in which it does.
///
/// Three figures are called "train loss" elsewhere; this is the question that their curves raise most often.
package struct RunningLossNote: Hashable, Sendable {
  /// Place among the runs of the one that it is about.
  package let index: Int
  /// One short line, to be headed by the run's mark.
  package let line: String
  /// The whole explanation, with all three figures.
  package let sentences: [String]

  /// Explains the figures of the first run in which the running loss is the highest, one with dropout if there is one;
  /// `nil` if there is none.
  ///
  /// `runs` have their names within a sentence, what makes learning harder than answering, and the losses: running, of
  /// the same weights with dropout off and images as they are, and test.
  package init?(
    _ runs: [(mention: String, handicaps: Handicaps, running: Double?, train: Double?, test: Double?)]
  ) {
    let puzzling = runs.indices.filter { index in
      guard let running = runs[index].running, let test = runs[index].test else { return false }
      return running > test
    }
    guard let index = puzzling.first(where: { runs[$0].handicaps.contains(.dropout) }) ?? puzzling.first,
      let running = runs[index].running, let train = runs[index].train, let test = runs[index].test
    else { return nil }
    let run = runs[index]
    func text(_ loss: Double) -> String { NumberText.fitting(loss, decimals: 4, width: 6) }
    let conditions =
      (run.handicaps.contains(.dropout) ? ["while units are dropped"] : [])
      + (run.handicaps.contains(.augmentation) ? ["on images changed at random"] : [])
      + (run.handicaps.contains(.labelNoise) ? ["with labels of which some are wrong"] : [])
    self.index = index
    line =
      "running loss \(text(running)) > test \(text(test)): "
      + (run.handicaps.contains(.dropout) ? "dropout on, " : "")
      + (run.handicaps.contains(.augmentation) ? "images changed, " : "")
      + (run.handicaps.contains(.labelNoise) ? "labels changed, " : "") + "mean over moving weights"
    sentences = [
      "Why the running train loss \(text(running)) lies above the test loss \(text(test)) in \(run.mention): "
        + (conditions.isEmpty ? "" : "it is measured \(conditions.joined(separator: " and ")), and ")
        + "it is a mean over the epoch's steps, whose first ones had weights that knew less.",
      "The epoch's final weights\(run.handicaps.contains(.dropout) ? " with dropout off" : "") have train loss "
        + "\(text(train))\(run.handicaps.contains(.augmentation) ? " on images as they are" : ""): "
        + (run.handicaps.contains(.labelNoise)
          ? "that of the changed labels too, which test images do not have."
          : "that one may be compared with the test loss."),
    ]
  }

  /// Explains a figure of single runs.
  package init?(_ comparison: Comparison, runs: [(mention: String, handicaps: Handicaps)]) {
    let losses = Self.figures.map(comparison.values)
    self.init(
      runs.enumerated().map { index, run in
        (run.mention, run.handicaps, losses[0][index], losses[1][index], losses[2][index])
      })
  }

  /// Explains the means of sides with several seeds.
  package init?(_ comparison: ReplicateComparison, runs: [(mention: String, handicaps: Handicaps)]) {
    let losses = Self.figures.map { comparison.statistics(of: $0).map { $0?.mean } }
    self.init(
      runs.enumerated().map { index, run in
        (run.mention, run.handicaps, losses[0][index], losses[1][index], losses[2][index])
      })
  }

  private static let figures: [Figure] = [.runningTrainLoss, .trainLoss, .testLoss]
}

extension RunningLossNote {
  /// What is on while a run learns, and off while it is measured.
  package struct Handicaps: OptionSet, Hashable, Sendable {
    /// Of `dropout`, `augmentation` and `labelNoise`, a bit each.
    package let rawValue: Int

    /// Those whose bits are set.
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Units or pixels are dropped.
    package static let dropout = Handicaps(rawValue: 1)
    /// Images are changed at random.
    package static let augmentation = Handicaps(rawValue: 2)

    /// Some labels are wrong, which those of the test images are not.
    package static let labelNoise = Handicaps(rawValue: 4)

    /// Those of a run with these settings.
    package init(_ configuration: RunConfiguration) {
      self = []
      if configuration.usesDropout { insert(.dropout) }
      if configuration.augmentation.isActive { insert(.augmentation) }
      if configuration.labelNoise > 0 { insert(.labelNoise) }
    }
  }
}

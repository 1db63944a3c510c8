internal import TerminalUI
public import TrainingEvents

/// Why the running train loss lies above the test loss, for the run or side in which it does.
///
/// Three figures are called "train loss" elsewhere; this is the question that their curves raise most often.
public struct RunningLossNote: Hashable, Sendable {
  /// Place among the runs of the one that it is about.
  public let index: Int
  /// One short line, to be headed by the run's mark.
  public let line: String
  /// The whole explanation, with all three figures.
  public let sentences: [String]

  /// Explains the figures of the first run in which the running loss is the highest, one with dropout if there is one;
  /// `nil` if there is none.
  ///
  /// `runs` have their names within a sentence, and the losses: running, of the same weights with dropout off, and test.
  public init?(
    _ runs: [(mention: String, usesDropout: Bool, running: Double?, train: Double?, test: Double?)]
  ) {
    let puzzling = runs.indices.filter { index in
      guard let running = runs[index].running, let test = runs[index].test else { return false }
      return running > test
    }
    guard let index = puzzling.first(where: { runs[$0].usesDropout }) ?? puzzling.first,
      let running = runs[index].running, let train = runs[index].train, let test = runs[index].test
    else { return nil }
    let run = runs[index]
    func text(_ loss: Double) -> String { NumberText.fitting(loss, decimals: 4, width: 6) }
    self.index = index
    line =
      "running loss \(text(running)) > test \(text(test)): "
      + (run.usesDropout ? "dropout on, " : "") + "mean over moving weights"
    sentences = [
      "Why the running train loss \(text(running)) lies above the test loss \(text(test)) in \(run.mention): "
        + (run.usesDropout ? "it is measured while units are dropped, and " : "")
        + "it is a mean over the epoch's steps, whose first ones had weights that knew less.",
      "The epoch's final weights\(run.usesDropout ? " with dropout off" : "") have train loss \(text(train)): "
        + "that one may be compared with the test loss.",
    ]
  }

  /// Explains a figure of single runs.
  public init?(_ comparison: Comparison, runs: [(mention: String, usesDropout: Bool)]) {
    let losses = Self.figures.map(comparison.values)
    self.init(
      runs.enumerated().map { index, run in
        (run.mention, run.usesDropout, losses[0][index], losses[1][index], losses[2][index])
      })
  }

  /// Explains the means of sides with several seeds.
  public init?(_ comparison: ReplicateComparison, runs: [(mention: String, usesDropout: Bool)]) {
    let losses = Self.figures.map { comparison.statistics(of: $0).map { $0?.mean } }
    self.init(
      runs.enumerated().map { index, run in
        (run.mention, run.usesDropout, losses[0][index], losses[1][index], losses[2][index])
      })
  }

  private static let figures: [Comparison.Figure] = [.runningTrainLoss, .trainLoss, .testLoss]
}

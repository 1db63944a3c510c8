package import Experiment
import TerminalUI

/// One line of aligned figures for each epoch of each run.
package struct EpochLines {
  private let epochWidth: Int
  /// Whether images are held out; their figures take the place of times.
  private let showsValidation: Bool

  private static let lossWidth = 6
  private static let accuracyWidth = 6
  private static let groupWidth = lossWidth + 1 + accuracyWidth
  private static let gapWidth = 6
  private static let timeWidth = 5
  private static let speedWidth = 8

  /// Lines of runs with up to `epochs` epochs, some of which may hold images out.
  package init(epochs: Int, showsValidation: Bool) {
    self.showsValidation = showsValidation
    epochWidth = max(5, 2 * String(epochs).count + 1)
  }

  /// The lines above the columns.
  package var heading: [String] {
    let lossAndAccuracy =
      "loss".paddedLeft(to: Self.lossWidth) + " " + "acc.".paddedLeft(to: Self.accuracyWidth)
    let groups =
      showsValidation
      ? [
        ["running train", "train", "validation", "test", ""],
        ["dropout on", "dropout off", "dropout off", "dropout off", "gap"],
        [lossAndAccuracy, lossAndAccuracy, lossAndAccuracy, lossAndAccuracy, "points"],
      ]
      : [
        ["running train", "train", "test", "", "", ""],
        ["dropout on", "dropout off", "dropout off", "gap", "", ""],
        [lossAndAccuracy, lossAndAccuracy, lossAndAccuracy, "points", "time", "images/s"],
      ]
    return zip(["", "", "epoch"], groups).map { row(epoch: $0, run: "", $1) }
  }

  /// The line of one epoch of a run of `epochs` epochs.
  package func line(_ event: EpochEvaluated, of epochs: Int) -> String {
    let metrics = event.metrics
    let gap = NumberText.signed(metrics.generalizationGap * 100, decimals: 2)
    let cells =
      showsValidation
      ? [Self.pair(metrics.train), metrics.validation.map(Self.pair) ?? "-", Self.pair(metrics.test), gap]
      : [
        Self.pair(metrics.train), Self.pair(metrics.test), gap, Self.seconds(event.seconds),
        event.imagesPerSecond.map { NumberText.grouped($0) } ?? "-",
      ]
    return row(
      epoch: "\(event.position.epoch)/\(epochs)", run: event.position.run.letter,
      [Self.pair(metrics.runningTrain)] + cells)
  }

  private func row(epoch: String, run: String, _ cells: [String]) -> String {
    let groups = [Int](repeating: Self.groupWidth, count: showsValidation ? 4 : 3)
    let widths = groups + [Self.gapWidth, Self.timeWidth, Self.speedWidth]
    let columns = zip(cells, widths).map { "  " + $0.paddedLeft(to: $1) }
    return (epoch.paddedLeft(to: epochWidth) + " " + run.padded(to: 1) + columns.joined())
      .withoutTrailingBlanks
  }

  private static func pair(_ figures: LossAndAccuracy) -> String {
    let loss = NumberText.fitting(figures.loss, decimals: 4, width: lossWidth)
    let accuracy = NumberText.fitting(figures.accuracy * 100, decimals: 2, width: accuracyWidth - 1) + "%"
    return loss.paddedLeft(to: lossWidth) + " " + accuracy.paddedLeft(to: accuracyWidth)
  }

  private static func seconds(_ seconds: Double) -> String {
    NumberText.fitting(seconds, decimals: 2, width: timeWidth - 1) + "s"
  }
}

extension EpochEvaluated {
  /// Seconds of training and evaluation.
  package var seconds: Double { trainingSeconds + evaluationSeconds }
}

package import Datasets
package import Experiment
internal import Messages
import TerminalUI

/// One line of aligned figures for each epoch of each run.
package struct EpochLines {
  private let epochWidth: Int
  /// Whether images are held out; their figures take the place of times.
  private let showsValidation: Bool

  private let isRegression: Bool
  /// Whether some run has dropout, so that the figures of an epoch's own steps are measured with it.
  private let usesDropout: Bool
  private let gap: Figure
  /// The width of a loss or an accuracy.
  private static let width = 6
  private static let groupWidth = width + 1 + width
  private var gapWidth: Int { isRegression ? 9 : 6 }
  private static let timeWidth = 5
  private static let speedWidth = 8

  /// Lines of runs with up to `epochs` epochs, some of which may hold images out.
  package init(
    epochs: Int, showsValidation: Bool, task: Task.Kind = .classification, usesDropout: Bool = true
  ) {
    self.usesDropout = usesDropout
    isRegression = task == .regression
    gap = Figure.judged(for: task)[1]
    self.showsValidation = showsValidation
    epochWidth = max(5, 2 * String(epochs).count + 1)
  }

  private var splits: [Figure.Split] { Figure.Split.all.filter { showsValidation || $0 != .validation } }

  /// The lines above the columns.
  package var heading: [String] {
    let (loss, epoch) = (says("loss", "损失"), says("epoch", "轮"))
    let lossAndAccuracy =
      loss.paddedLeft(to: Self.width) + " " + says("acc.", "精度").paddedLeft(to: Self.width)
    let times =
      showsValidation || isRegression ? [] : [says("time", "时间"), says("images/s", "图像/s")]
    let names = splits.map { $0 == .runningTrain ? says("running train", "训练中") : $0.title }
    let conditions =
      splits.map { split in
        usesDropout
          ? split == .runningTrain ? says("dropout on", "启用暂退") : says("dropout off", "关闭暂退")
          : split == .runningTrain ? says("while moving", "权重变动中") : says("at the end", "轮末")
      } + [gap.heading]
    guard !isRegression else {
      let rows = [
        names, conditions,
        splits.map { _ in loss } + [says("test-train", "测试-训练")],
      ]
      return zip(["", "", epoch], rows).map { row(epoch: $0, run: "", $1) }
    }
    let groups = [
      names + [""], conditions,
      splits.map { _ in lossAndAccuracy } + [says("points", "百分点")] + times,
    ]
    return zip(["", "", epoch], groups).map { row(epoch: $0, run: "", $1) }
  }

  /// The line of one epoch of a run of `epochs` epochs.
  package func line(_ event: Positioned<EpochEvaluated>, of epochs: Int) -> String {
    let gap =
      event.metrics[gap].map {
        isRegression ? self.gap.text($0, width: self.gapWidth) : self.gap.differenceText($0)
      } ?? "-"
    let times =
      showsValidation || isRegression
      ? [] : [Self.seconds(event.seconds), event.imagesPerSecond.map { NumberText.grouped($0) } ?? "-"]
    return row(
      epoch: "\(event.position.epoch)/\(epochs)", run: event.position.run.letter,
      splits.map { pair(event.metrics, on: $0) } + [gap] + times)
  }

  private func row(epoch: String, run: String, _ cells: [String]) -> String {
    let groups = [Int](repeating: Self.groupWidth, count: showsValidation ? 4 : 3)
    let widths = groups + [gapWidth, Self.timeWidth, Self.speedWidth]
    let columns = zip(cells, widths).map { "  " + $0.paddedLeft(to: $1) }
    return (epoch.paddedLeft(to: epochWidth) + " " + run.padded(to: 1) + columns.joined())
      .withoutTrailingBlanks
  }

  private func pair(_ measured: Measurements, on split: Figure.Split) -> String {
    let figures = measured.all.filter { $0.figure.split == split }
    guard !figures.isEmpty else { return "-" }
    return figures.map {
      let width = isRegression ? Self.groupWidth : Self.width
      return $0.text($1, width: isRegression ? 9 : width).paddedLeft(to: width)
    }.joined(separator: " ")
  }

  private static func seconds(_ seconds: Double) -> String {
    NumberText.fitting(seconds, decimals: 2, width: timeWidth - 1) + "s"
  }
}

extension EpochEvaluated {
  /// Seconds of training and evaluation.
  package var seconds: Double { trainingSeconds + evaluationSeconds }
}

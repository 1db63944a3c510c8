package import Experiment
internal import Messages
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
      (run.handicaps.contains(.dropout) ? [says("while units are dropped", "丢弃单元")] : [])
      + (run.handicaps.contains(.augmentation) ? [says("on images changed at random", "随机改动图像")] : [])
      + (run.handicaps.contains(.labelNoise)
        ? [says("with labels of which some are wrong", "部分标签有误")] : [])
    func on(_ handicap: Handicaps, _ text: @autoclosure () -> String) -> String {
      run.handicaps.contains(handicap) ? text() : ""
    }
    self.index = index
    line =
      says(
        "running loss \(text(running)) > test \(text(test)): ", "训练中损失 \(text(running)) > 测试 \(text(test))：")
      + on(.dropout, says("dropout on, ", "启用暂退，"))
      + on(.augmentation, says("images changed, ", "图像有改动，"))
      + on(.labelNoise, says("labels changed, ", "标签有改动，"))
      + says("mean over moving weights", "权重变动中的均值")
    sentences = [
      says(
        "Why the running train loss \(text(running)) lies above the test loss \(text(test)) in \(run.mention): ",
        "\(run.mention)：训练中损失 \(text(running)) 为什么高于测试损失 \(text(test))？")
        + (conditions.isEmpty
          ? ""
          : says(
            "it is measured \(conditions.joined(separator: " and ")), and ",
            "它是在\(conditions.joined(separator: "、"))时测得的，而且"))
        + says(
          "it is a mean over the epoch's steps, whose first ones had weights that knew less.",
          "它是这一轮各步的均值，最初几步的权重懂得还少。"),
      says("The epoch's final weights", "该轮最终的权重") + on(.dropout, says(" with dropout off", "关闭暂退法后"))
        + on(.augmentation, says("", "在未改动的图像上"))
        + says(" have train loss \(text(train))", "训练损失为 \(text(train))")
        + on(.augmentation, says(" on images as they are", ""))
        + (run.handicaps.contains(.labelNoise)
          ? says(
            ": that of the changed labels too, which test images do not have.", "：其中也有改动的标签，测试图像没有这些。")
          : says(": that one may be compared with the test loss.", "：可与测试损失比较的是这一个。")),
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

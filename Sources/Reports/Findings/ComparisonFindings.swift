package import Experiment
internal import Messages
internal import TerminalUI

/// What a comparison shows, in sentences that claim no more than its runs can show.
package struct ComparisonFindings: Hashable, Sendable {
  /// The sentences, the most important one first and short enough for one line of a narrow screen.
  package let sentences: [String]
  /// Whether neither the result nor the gap differs by more than chance.
  package let showNothing: Bool

  /// Judges a pair with one seed; `mentions` are the runs' names within a sentence.
  package init(_ comparison: Comparison, histories: [RunHistory], mentions: [String], testCount: Int) {
    let verdicts = Figure.judged(for: comparison.task).map { figure in
      (figure, Verdict(comparison, of: figure, histories: histories, testCount: testCount))
    }
    let caution =
      says(
        "Mean ± standard deviation of the last \(Verdict.fewestEpochs) evaluations, chosen beforehand. One seed is a "
          + "hint and no proof: --replicates 5 trains five.",
        "最后 \(Verdict.fewestEpochs) 次评估的均值 ± 标准差，事先选定。一个种子只是线索，不是证明：--replicates 5 训练五个。")
    showNothing = verdicts.allSatisfy(\.1.isNothingShown)
    let shown = verdicts.compactMap { figure, verdict -> String? in
      guard case .difference(let evidence) = verdict else { return nil }
      let better = figure.better(evidence.difference, mentions)
      return says("\(better): \(figure.text(evidence)).", "\(better)：\(figure.text(evidence))。")
    }
    switch verdicts[0] {
    case (_, .noComparison):
      sentences = [
        says("No comparison: not both runs have an epoch to compare.", "无法比较：两个运行没有都完成可比较的一轮。")
      ]
    case (_, .identical(let epochs)):
      sentences = [
        says(
          "Identical: every figure is the same in both runs up to epoch \(epochs).",
          "完全相同：到第 \(epochs) 轮为止，两个运行的每个指标都一样。")
      ]
    case (_, .tooEarly(let epochs)):
      sentences = [
        says(
          "No difference shown: \(epochs) \(epochs == 1 ? "epoch is" : "epochs are") too few to tell, "
            + "\(Verdict.fewestEpochs) are needed.",
          "未见差异：\(epochs) 轮太少，无法判断，需要 \(Verdict.fewestEpochs) 轮。")
      ]
    case (let figure, .undecided(let evidence)):
      sentences = [
        says(
          "So far: \(figure.title) \(figure.text(evidence)); no verdict yet.",
          "到目前为止：\(figure.title) \(figure.text(evidence))；还没有结论。"),
        says(
          "It comes with the last epoch: to look often is a test each time, and some of them show what is not there.",
          "结论在最后一轮给出：每看一次就是一次检验，看多了总有几次会显出并不存在的差异。"),
      ]
    case (let figure, .noDifferenceShown(let evidence)):
      sentences =
        [
          says(
            "No difference shown: \(figure.title) \(figure.text(evidence)).",
            "未见差异：\(figure.title) \(figure.text(evidence))。")
        ] + shown + [caution]
    case (_, .difference): sentences = shown + [caution]
    }
  }

  /// Judges the first two sides with several seeds by the intervals of their paired differences.
  package init(_ comparison: ReplicateComparison, mentions: [String]) {
    let differences = Figure.judged(for: comparison.task).map { ($0, comparison.difference(of: $0)) }
    let (figure, first) = differences[0]
    showNothing = first?.interval != nil && differences.allSatisfy { $0.1?.isShown == false }
    guard comparison.sides.count >= 2 else {
      sentences = []
      return
    }
    guard let first, first.interval != nil,
      let interval = figure.intervalText(first, separator: says(" to ", " 到 "))
    else {
      let lost = comparison.failedSides.map { side in
        says(
          "No comparison: every run of \(mentions[side]) diverged or failed.",
          "无法比较：\(mentions[side]) 的每个运行都已发散或失败。")
      }
      let reason =
        first == nil
        ? says("No comparison: no pair of runs has an epoch to compare.", "无法比较：没有一对运行完成了可比较的一轮。")
        : says(
          "No difference shown: one seed has no interval, it takes two or more.",
          "未见差异：一个种子没有区间，需要两个或更多。")
      sentences = lost.isEmpty ? [reason] : lost
      return
    }
    var sentences: [String] = []
    if !first.isShown {
      sentences.append(
        says(
          "No difference shown: \(figure.title) \(figure.differenceText(first.mean))\(figure.differenceUnit) "
            + "(95 %: \(interval)).",
          "未见差异：\(figure.title)相差 \(figure.differenceText(first.mean))\(figure.differenceUnit)（95 %：\(interval)）。"
        ))
    }
    for case (let figure, let difference?) in differences where difference.isShown {
      guard let interval = difference.interval else { continue }
      let bounds = [abs(interval.lowerBound), abs(interval.upperBound)].sorted().map(figure.sizeText)
      sentences.append(
        says(
          "\(figure.better(difference.mean, mentions)): \(figure.sizeText(difference.mean))\(figure.differenceUnit) "
            + "(95 %: \(bounds[0]) to \(bounds[1])).",
          "\(figure.better(difference.mean, mentions))：\(figure.sizeText(difference.mean))\(figure.differenceUnit)"
            + "（95 %：\(bounds[0]) 到 \(bounds[1])）。"))
    }
    let seeds = comparison.seeds.map { String($0) }.joined(separator: ", ")
    sentences.append(
      says(
        "n = \(comparison.seeds.count) pairs of runs, seeds \(seeds); the 95 % are Student's t and hold for each "
          + "figure by itself.",
        "n = \(comparison.seeds.count) 对运行，种子 \(seeds)；95 % 按学生 t 分布，对每个指标单独成立。"))
    if !comparison.failedSeeds.isEmpty {
      let failed = comparison.failedSeeds.map { String($0) }.joined(separator: ", ")
      sentences.append(says("Left out because a run failed: seed \(failed).", "因有运行失败而略去：种子 \(failed)。"))
    }
    self.sentences = sentences
  }
}

extension Verdict {
  fileprivate var isNothingShown: Bool { if case .noDifferenceShown = self { true } else { false } }
}

extension Figure {
  /// What a verdict rests on: `81.17±0.31 and 80.67±0.42, epochs 6-10`.
  fileprivate func text(_ evidence: Verdict.Evidence) -> String {
    let sides = [evidence.first, evidence.second].map { statistics in
      bareText(statistics.mean) + "±" + sizeText(statistics.standardDeviation ?? 0)
    }
    let ranges = evidence.epochs.map { "\($0.lowerBound)-\($0.upperBound)" }
    let epochs = Set(ranges).count == 1 ? ranges.prefix(1) : ranges[...]
    return says(
      "\(sides[0]) and \(sides[1]), epochs \(epochs.joined(separator: " and "))",
      "\(sides[0]) 和 \(sides[1])，第 \(epochs.joined(separator: " 和 ")) 轮")
  }

  /// Which of two is better: `Higher test accuracy in A`.
  fileprivate func better(_ difference: Double, _ mentions: [String]) -> String {
    let mention = mentions[isBetter(difference, than: 0) ? 0 : 1]
    return says(
      "\(direction == .lower ? "Smaller" : "Higher") \(title) in \(mention)",
      "\(title)较\(direction == .lower ? "小" : "高")的是\(mention.first?.isASCII == true ? " " : "")\(mention)")
  }
}

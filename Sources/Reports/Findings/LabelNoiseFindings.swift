package import Experiment
internal import Messages
internal import TerminalUI

/// What runs with changed labels show: how many of these they memorise, and whether test error rises and comes down again, by
/// size and over the epochs.
package struct LabelNoiseFindings: Hashable, Sendable {
  /// The sentences; none where no label was changed or nothing is measured yet.
  package let sentences: [String]

  /// Judges runs, those that only repeat each other with other seeds together; `mentions` are their names in sentences.
  package init(_ histories: [RunHistory], mentions: [String]) {
    let replicates = Replicates(
      zip(histories, mentions).enumerated().map { (RunID($0), $1.1, $1.0.initialConfiguration) })
    let sides = replicates.sides.map { side in
      Side(name: side.name, runs: side.runs.map { histories[$0.index] })
    }.filter { $0.runs[0].initialConfiguration.labelNoise > 0 }
    let known = sides.compactMap { side in side.mean(.memorizedShare).map { (side, $0) } }
    guard !known.isEmpty else {
      sentences = []
      return
    }
    let isOver = histories.allSatisfy(\.isOver)
    let shares = known.map { "\(RunName.shown($0.name)) \(TestErrorCurve.percent($1))" }.joined(
      separator: says(", ", "，"))
    let memorised = [
      says(
        "Of the changed labels \(isOver ? "" : "so far ")memorised: \(shares).",
        "改动的标签中\(isOver ? "" : "目前")记住的：\(shares)。")
    ]
    guard isOver else {
      sentences = memorised
      return
    }
    let courses = sides.compactMap { side in side.course.map { (RunName.shown(side.name), $0) } }
    let told = [Self.bySize(sides)].compactMap(\.self) + courses.compactMap(Self.overEpochs)
    let flat = courses.filter { Self.overEpochs($0.0, $0.1) == nil }.map(\.0)
    let silence =
      flat.isEmpty
      ? []
      : [
        says(
          "Over the epochs no rise of the test error is shown in \(flat.joined(separator: ", ")).",
          "各轮之间测试误差未见上升的有：\(flat.joined(separator: "，"))。")
      ]
    let seeds = sides.map(\.runs.count).max() ?? 1
    let basis =
      told.isEmpty
      ? []
      : [
        seeds > 1
          ? says(
            "Errors are means of \(TestErrorCurve.window) evaluations and \(seeds) seeds; the 95 % are Student's t, at places "
              + "picked afterwards.",
            "误差是 \(TestErrorCurve.window) 次评估和 \(seeds) 个种子的均值；95 % 按学生 t 分布，位置是事后选取的。")
          : says(
            "± is the standard deviation of \(TestErrorCurve.window) evaluations: what is called a rise or a fall is more than "
              + "twice that of a difference, at places picked afterwards. One seed is a hint and no proof: --replicates 5 trains five.",
            "± 是 \(TestErrorCurve.window) 次评估的标准差：称为上升或下降的，都超过差值标准差的两倍，位置是事后选取的。"
              + "一个种子只是线索，不是证明：--replicates 5 训练五个。")
      ]
    sentences = memorised + told + silence + basis
  }

  /// Whether networks of a middle size are worse than smaller and larger ones.
  private static func bySize(_ sides: [Side]) -> String? {
    let sized = sides.sorted { $0.parameters < $1.parameters }
    guard sized.count > 2, Set(sized.map(\.parameters)).count == sized.count else { return nil }
    // What is compared has the same seeds.
    let seeds = sized.dropFirst().reduce(Set(sized[0].runs.map(\.seed))) {
      $0.intersection($1.runs.map(\.seed))
    }
    let ends = sized.map { side in
      side.runs.filter { seeds.contains($0.seed) }.sorted { $0.seed < $1.seed }.compactMap(\.lastErrors)
    }
    guard !seeds.isEmpty, ends.allSatisfy({ $0.count == seeds.count }) else { return nil }
    let curve = TestErrorCurve(places: sized.map(\.name), runs: ends, testCount: sides[0].testCount)
    let errors = curve.errors.indices.map(curve.text).joined(separator: says(", ", "，"))
    guard let peak = Peak(curve.errors), let rise = curve.rise(to: peak.top, above: peak.before),
      let fall = curve.rise(to: peak.top, above: peak.after)
    else {
      return says("Test error by size: \(errors); no peak in between is shown.", "按大小的测试误差：\(errors)；中间未见峰值。")
    }
    return says(
      "Test error by size: \(errors); a peak at \(curve.places[peak.top]), \(rise) above \(curve.places[peak.before]) "
        + "and \(fall) above \(curve.places[peak.after]).",
      "按大小的测试误差：\(errors)；峰值在 \(curve.places[peak.top])，比 \(curve.places[peak.before]) 高 \(rise)，"
        + "比 \(curve.places[peak.after]) 高 \(fall)。")
  }

  /// Whether a run's test error rises over the epochs, and whether it comes down again; `nil` if no rise is shown.
  private static func overEpochs(_ name: String, _ curve: TestErrorCurve) -> String? {
    func place(_ place: Int) -> String {
      says(
        "\(curve.text(place)) about \(curve.places[place])", "\(curve.places[place])前后的 \(curve.text(place))")
    }
    let errors = curve.errors
    let start = says("Test error of \(name) over the epochs: ", "\(name) 各轮的测试误差：")
    if let peak = Peak(errors), let rise = curve.rise(to: peak.top, above: peak.before),
      let fall = curve.rise(to: peak.top, above: peak.after)
    {
      let end =
        curve.rise(to: peak.after, above: peak.before) != nil
        ? says("not as low as before", "没有先前低")
        : curve.rise(to: peak.before, above: peak.after) != nil
          ? says("lower than before", "比先前更低") : says("about as low as before", "与先前差不多低")
      return start
        + says(
          "\(place(peak.before)), up by \(rise) to \(place(peak.top)), down again by \(fall) to "
            + "\(place(peak.after)), \(end).",
          "从\(place(peak.before)) 上升 \(rise)，到\(place(peak.top))，再下降 \(fall)，到\(place(peak.after))，\(end)。")
    }
    let lowest = errors.indices.min { errors[$0] < errors[$1] } ?? 0
    let last = errors.count - 1
    return curve.rise(to: last, above: lowest).map { rise in
      start
        + says(
          "\(place(lowest)), then up by \(rise) to \(place(last)); that it comes down again is not shown.",
          "从\(place(lowest)) 上升 \(rise)，到\(place(last))；未见再次下降。")
    }
  }

  /// Runs that only repeat each other.
  private struct Side {
    let name: String
    let runs: [RunHistory]

    var parameters: Int { runs[0].started?.parameterCount ?? 0 }
    var testCount: Int { runs[0].started?.testCount ?? 0 }

    /// The mean of a figure of the weights that the runs have; `nil` until all of them are measured.
    func mean(_ figure: Figure) -> Double? {
      let values = runs.compactMap { $0.final?.metrics[figure] }
      return values.count == runs.count ? SampleStatistics(values)?.mean : nil
    }

    /// The test errors over the epochs that all runs have measured; `nil` while these are too few to tell a course.
    var course: TestErrorCurve? {
      let window = TestErrorCurve.window
      let errors = runs.map(\.testErrors)
      let count = errors.map(\.count).min() ?? 0
      guard count >= 2 * window, runs.allSatisfy({ $0.epochs.count >= count }) else { return nil }
      let starts = 0...count - window
      return TestErrorCurve(
        places: starts.map {
          let epoch = runs[0].epochs[$0 + window / 2].position.epoch
          return says("epoch \(epoch)", "第 \(epoch) 轮")
        },
        runs: starts.map { start in errors.compactMap { SampleStatistics(Array($0[start..<start + window])) }
        },
        testCount: testCount)
    }
  }
}

extension RunHistory {
  fileprivate var seed: UInt64 { initialConfiguration.seed }

  /// The test error of each evaluation.
  fileprivate var testErrors: [Double] { epochs.compactMap { $0.metrics[.testAccuracy].map { 1 - $0 } } }

  /// Its last evaluations; `nil` without any.
  fileprivate var lastErrors: SampleStatistics? {
    SampleStatistics(testErrors.suffix(TestErrorCurve.window))
  }
}

package import Experiment
internal import TerminalUI

/// What runs with changed labels show: how many of these they memorise, and whether test error rises and comes down again, by
/// size and over the epochs.
package struct LabelNoiseFindings: Hashable, Sendable {
  /// The sentences; none where no label was changed or nothing is measured yet.
  package let sentences: [String]

  /// A smaller rise or fall of the test error is no peak: so much it swings by chance on 10,000 images.
  private static let smallest = 0.01
  /// Evaluations that a point of the curve over the epochs is the mean of.
  private static let window = 3
  /// Fewer evaluations tell nothing of the course over the epochs.
  private static let fewestEvaluations = 9

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
    let shares = known.map { "\($0.name) \(Self.percent($1))" }.joined(separator: ", ")
    var sentences = ["Of the changed labels \(isOver ? "" : "so far ")memorised: \(shares)."]
    if isOver {
      sentences += [Self.bySize(sides)].compactMap(\.self) + sides.compactMap(Self.overEpochs)
    }
    self.sentences = sentences
  }

  private static func percent(_ share: Double) -> String { NumberText.percent(share, decimals: 1) }

  /// Whether networks of a middle size are worse than smaller and larger ones.
  private static func bySize(_ sides: [Side]) -> String? {
    let sized = sides.compactMap { side in
      side.mean(.testAccuracy).map { (side: side, error: 1 - $0) }
    }.sorted { $0.side.parameters < $1.side.parameters }
    guard sized.count > 2, Set(sized.map(\.side.parameters)).count == sized.count else { return nil }
    let errors = sized.map { percent($0.error) }.joined(separator: ", ")
    let seeds = sized.map(\.side.runs.count).max() ?? 1
    let caution = seeds == 1 ? " One seed is a hint: a sweep over --hidden with --seeds 5 tells more." : ""
    guard let peak = Peak(sized.map(\.error)), peak.height >= smallest else {
      return "Test error by size: \(errors); no peak in between is seen.\(caution)"
    }
    return
      "Test error by size: \(errors); a peak at \(sized[peak.top].side.name), from which it falls again.\(caution)"
  }

  /// Whether a run's test error rises over the epochs, and whether it comes down again.
  private static func overEpochs(_ side: Side) -> String? {
    let curve = side.errors
    guard curve.count >= fewestEvaluations else { return nil }
    let points = (0...curve.count - window).map { start in
      (
        epoch: curve[start + window / 2].epoch,
        error: curve[start..<start + window].reduce(0) { $0 + $1.error } / Double(window)
      )
    }
    func text(_ place: Int) -> String { "\(percent(points[place].error)) at epoch \(points[place].epoch)" }
    let errors = points.map(\.error)
    if let peak = Peak(errors), peak.height >= smallest {
      let isBetter = errors[peak.after] < errors[peak.before]
      return
        "Test error of \(side.name) over the epochs: \(text(peak.before)), up to \(text(peak.top)), down again to "
        + "\(text(peak.after)), \(isBetter ? "lower than" : "not as low as") before."
    }
    let lowest = errors.indices.min { errors[$0] < errors[$1] } ?? 0
    let last = errors.count - 1
    return errors[last] - errors[lowest] >= smallest
      ? "Test error of \(side.name) over the epochs: \(text(lowest)), then up to \(text(last)); it did not come down again."
      : nil
  }

  /// Runs that only repeat each other.
  private struct Side {
    let name: String
    let runs: [RunHistory]

    var parameters: Int { runs[0].started?.parameterCount ?? 0 }

    /// The mean of a figure of the weights that the runs have; `nil` until all of them are measured.
    func mean(_ figure: Figure) -> Double? {
      let values = runs.compactMap { $0.final?.metrics[figure] }
      return values.count == runs.count ? SampleStatistics(values)?.mean : nil
    }

    /// The mean test error after each epoch that all runs have measured.
    var errors: [(epoch: Int, error: Double)] {
      (0..<(runs.map(\.epochs.count).min() ?? 0)).compactMap { place in
        let values = runs.compactMap { $0.epochs[place].metrics[.testAccuracy] }
        guard values.count == runs.count, let mean = SampleStatistics(values)?.mean else { return nil }
        return (runs[0].epochs[place].position.epoch, 1 - mean)
      }
    }
  }
}

internal import Datasets
internal import Experiment
internal import Messages
internal import TerminalUI

/// Test errors at some places, each of them a mean of evaluations, and which of their differences are more than chance.
struct TestErrorCurve {
  /// Evaluations that a place rests on: as many as a verdict does.
  static let window = Verdict.fewestEpochs

  /// What the places are called.
  let places: [String]
  /// For each place what each run measured, runs of the same seed in the same order.
  let runs: [[SampleStatistics]]
  /// How many images were asked.
  let testCount: Int

  /// The mean error at each place.
  var errors: [Double] { runs.map { $0.map(\.mean).reduce(0, +) / Double(max(1, $0.count)) } }

  static func percent(_ share: Double) -> String { NumberText.percent(share, decimals: 1) }

  /// The error at a place; of a single run with the deviation of its evaluations.
  func text(_ place: Int) -> String {
    let error = errors[place]
    guard runs[place].count == 1, let deviation = runs[place][0].standardDeviation else {
      return Self.percent(error)
    }
    return "\(points(error))±\(points(deviation))%"
  }

  /// How far a place stands above another, in words; `nil` unless that is more than chance.
  ///
  /// Of several seeds the interval of the paired differences leaves no doubt; of one the difference is more than its
  /// evaluations move.
  func rise(to place: Int, above other: Int) -> String? {
    guard runs[place].count == runs[other].count, !runs[place].isEmpty else { return nil }
    guard runs[place].count > 1 else {
      let difference = EvaluationDifference(runs[place][0], runs[other][0])
      let isShown = difference.isShown(
        by: [difference.first.mean, difference.second.mean], of: .classification, testCount: testCount)
      return difference.mean > 0 && isShown
        ? says("\(points(difference.mean)) points", "\(points(difference.mean)) 个百分点") : nil
    }
    let pairs = zip(runs[place], runs[other]).map { (first: $0.mean, second: $1.mean) }
    guard let difference = PairedDifference(pairs), difference.mean > 0, difference.isShown,
      let interval = difference.interval
    else { return nil }
    let (low, high) = (points(interval.lowerBound), points(interval.upperBound))
    return says(
      "\(points(difference.mean)) points (95 %: \(low) to \(high))",
      "\(points(difference.mean)) 个百分点（95 %：\(low) 到 \(high)）")
  }

  private func points(_ share: Double) -> String { NumberText.fixed(share * 100, decimals: 1) }
}

package import Experiment
internal import Messages
internal import TerminalUI

extension Positioned<EpochEvaluated> {
  /// What the best epoch is chosen by, and which epoch it is: `87.20% @5`.
  package func selectionText(_ separator: String = " @") -> String? {
    details.metrics.selection.map { "\($0.figure.text($0.value))\(separator)\(position.epoch)" }
  }
}

extension Figure {
  /// The title with how it is measured, and the unit where values do not show it; among runs without dropout nothing tells
  /// of that.
  package func label(usesDropout: Bool) -> String {
    let condition = split == nil || usesDropout ? condition : split == .runningTrain ? Self.running : nil
    return [title, condition, format == .points ? says("points", "百分点") : nil].compactMap(\.self)
      .joined(separator: says(", ", "，"))
  }

  /// How the figures of an epoch's own steps are measured where nothing is dropped.
  private static var running: String { says("weights moving", "权重变动中") }

  /// The title with the unit, for values without one.
  package var titleWithUnit: String {
    switch format {
    case .percent: title + ", %"
    case .points: title + says(", points", "，百分点")
    case .decimals, .significant: title
    }
  }

  /// A value of the figure, in `width` characters if so many digits can be done without.
  package func text(_ value: Double, width: Int = 9) -> String {
    format == .percent ? bareText(value, width: width - 1) + "%" : bareText(value, width: width)
  }

  /// A value without its unit.
  package func bareText(_ value: Double, width: Int = 9) -> String {
    switch format {
    case .decimals(let decimals):
      if Self.looksLikeZero(value, decimals: decimals) {
        let text = NumberText.significant(value, digits: 2)
        return text.count <= width ? text : NumberText.significant(value, digits: 1)
      }
      return NumberText.fitting(value, decimals: decimals, width: width)
    case .percent, .points: return NumberText.fitting(value * 100, decimals: 2, width: width)
    case .significant(let digits): return NumberText.significant(value, digits: digits)
    }
  }

  /// Whether a value that is not zero would look like it.
  private static func looksLikeZero(_ value: Double, decimals: Int) -> Bool {
    value != 0
      && NumberText.fixed(value.magnitude, decimals: decimals).allSatisfy { $0 == "0" || $0 == "." }
  }

  /// A difference between two values: of shares, in percentage points.
  package func differenceText(_ difference: Double) -> String {
    switch format {
    case .decimals(let decimals) where Self.looksLikeZero(difference, decimals: decimals):
      (difference > 0 ? "+" : "") + NumberText.significant(difference, digits: 2)
    case .decimals(let decimals) where difference.magnitude >= 1e5:
      (difference > 0 ? "+" : "") + NumberText.fitting(difference, decimals: decimals, width: 9)
    case .decimals(let decimals): NumberText.signed(difference, decimals: decimals)
    case .percent, .points: NumberText.signed(difference * 100, decimals: 2)
    case .significant(let digits):
      (difference > 0 ? "+" : "") + NumberText.significant(difference, digits: digits)
    }
  }

  /// The size of a difference: of shares, in percentage points.
  package func sizeText(_ difference: Double) -> String {
    let size = difference.magnitude
    return if case .decimals(let decimals) = format, !Self.looksLikeZero(size, decimals: decimals) {
      NumberText.fitting(size, decimals: decimals, width: 6)
    } else {
      bareText(size)
    }
  }

  /// The unit of differences, to stand after them.
  package var differenceUnit: String { format.isShare ? says(" points", " 个百分点") : "" }

  /// A mean and a standard deviation: `0.3456 ±0.0031`.
  package func text(_ statistics: SampleStatistics) -> String {
    guard let deviation = statistics.standardDeviation else { return text(statistics.mean) }
    return text(statistics.mean) + " ±" + sizeText(deviation)
  }

  /// A mean and a standard deviation without the unit: `87.21 ± 0.34`.
  package func bareText(_ statistics: SampleStatistics) -> String {
    let mean = bareText(statistics.mean)
    guard let deviation = statistics.standardDeviation else { return mean }
    // Rounding lets equal values seem to differ.
    let isNothing = deviation < statistics.mean.magnitude * 1e-12
    return "\(mean) ± \(bareText(isNothing ? 0 : deviation))"
  }

  /// A mean difference and half the width of its interval: `+0.97 ±1.10`.
  package func text(_ difference: PairedDifference) -> String {
    let mean = differenceText(difference.mean)
    guard let interval = difference.interval else { return mean }
    return mean + " ±" + sizeText((interval.upperBound - interval.lowerBound) / 2)
  }

  /// The bounds of the interval of a mean difference: `−0.13, +2.06`.
  package func intervalText(_ difference: PairedDifference, separator: String = ", ") -> String? {
    difference.interval.map { differenceText($0.lowerBound) + separator + differenceText($0.upperBound) }
  }

  /// A value below `limit` with as many digits as it takes to see that it is.
  package func text(_ value: Double, apartFrom limit: Double) -> String {
    guard format == .percent else { return text(value) }
    let decimals = (2..<12).first {
      NumberText.percent(value, decimals: $0) != NumberText.percent(limit, decimals: $0)
    }
    return NumberText.percent(value, decimals: decimals ?? 12)
  }
}

extension SweepProgress {
  /// Which cell has the best mean of a figure: `best test accuracy 86.48 ± 0.10 %: dropout 0.3 (3 of 3 seeds)`.
  package func bestSentence(by figure: Figure) -> String? {
    guard let cell = best(by: figure), let mean = mean(figure, of: cell) else { return nil }
    let phrase = plan.phrase(of: cell)
    let unit = figure.format == .percent ? " %" : figure.format == .points ? says(" points", " 个百分点") : ""
    return says("best \(figure.title)", "最佳\(figure.title)") + " \(figure.bareText(mean))\(unit)"
      + says(": ", "：")
      + (phrase.isEmpty ? "" : phrase + says(", ", "，")) + state(of: cell)
  }
}

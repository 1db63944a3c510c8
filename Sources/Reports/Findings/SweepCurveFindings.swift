package import Experiment
internal import Messages
internal import TerminalUI

/// What a curve over one setting shows, in sentences that claim no more than its seeds can show.
package struct SweepCurveFindings: Hashable, Sendable {
  /// Whether the curve of the last split rises and falls again, or where it is lowest; where training errors end.
  ///
  /// None while there are fewer than three points, or if no value is better than another.
  package let sentences: [String]

  /// Of a training set with fewer errors than this it is said that it is learned by heart.
  private static let byHeart = 0.01

  /// Judges a curve.
  package init(_ progress: SweepProgress, _ curve: SweepCurve) {
    guard let line = curve.lines.last, line.points.count > 2,
      curve.tellsErrors || line.figure.direction == .lower
    else {
      sentences = []
      return
    }
    let text = Text(
      progress: progress, line: line,
      name: curve.tellsErrors
        ? says("\(line.figure.split?.title ?? "") error", "\(line.figure.split?.title ?? "")误差")
        : line.figure.title,
      meaning: curve.isOfSizes ? says(": double descent", "：双重下降") : "")
    let first = curve.lines.first { $0.figure.split == .train }?.points.first { $0.mean < Self.byHeart }
    let learned = curve.tellsErrors ? first.map { progress.plan.phrase(of: $0.cell) } : nil
    sentences =
      ["\(progress.isComplete ? "" : says("So far: ", "到目前为止："))\(text.shape)"]
      + (learned.map { [says("Train error is below 1 % from \($0) on.", "从 \($0) 起训练误差低于 1 %。")] } ?? [])
  }

  /// The words for a line.
  private struct Text {
    let progress: SweepProgress
    let line: SweepCurve.Line
    let name: String
    /// What a peak is called.
    let meaning: String

    private func place(_ point: Int) -> String { progress.plan.phrase(of: line.points[point].cell) }
    private func value(_ point: Int) -> String { line.figure.text(line.points[point].mean) }

    private func size(_ difference: Double) -> String {
      line.figure.sizeText(difference) + line.figure.differenceUnit
    }

    /// How far a point stands above another, paired by seed.
    private func difference(_ point: Int, _ other: Int) -> PairedDifference? {
      let cells = [point, other].map { progress.results(of: line.points[$0].cell) }
      let pairs = cells[0].compactMap { result -> (first: Double, second: Double)? in
        guard let value = result.metrics?[line.figure],
          let other = cells[1].first(where: { $0.key.seed == result.key.seed })?.metrics?[line.figure]
        else { return nil }
        return (value, other)
      }
      return PairedDifference(pairs)
    }

    /// Whether the line rises and falls again, or where it is lowest.
    var shape: String {
      let means = line.points.map(\.mean)
      guard let peak = Peak(means) else {
        let lowest = means.indices.min { means[$0] < means[$1] } ?? 0
        return
          says(
            "No peak: \(name) is lowest at \(place(lowest)), \(value(lowest)), and nowhere rises and falls again.",
            "没有峰值：\(name)在 \(place(lowest)) 处最低，为 \(value(lowest))，没有先升后降的地方。")
      }
      let words =
        says(
          "\(name) at \(place(peak.top)), \(value(peak.top)), is \(size(peak.rise)) above \(place(peak.before)) and "
            + "\(size(peak.fall)) above \(place(peak.after))",
          "\(name)在 \(place(peak.top)) 处为 \(value(peak.top))，比 \(place(peak.before)) 高 \(size(peak.rise))，"
            + "比 \(place(peak.after)) 高 \(size(peak.fall))")
      let differences = [difference(peak.top, peak.before), difference(peak.top, peak.after)]
      guard differences.allSatisfy({ $0?.interval != nil }) else {
        return says(
          "No peak shown: \(words); one seed cannot tell it from chance.", "未见峰值：\(words)；一个种子无法把它与偶然区分开。")
      }
      return differences.allSatisfy { $0?.isShown == true }
        ? says(
          "A peak: \(words), more than chance (95 %, picked afterwards)\(meaning).",
          "有峰值：\(words)，超出偶然（95 %，位置事后选取）\(meaning)。")
        : says("No peak shown: \(words); chance may do that.", "未见峰值：\(words)；偶然也能如此。")
    }
  }
}

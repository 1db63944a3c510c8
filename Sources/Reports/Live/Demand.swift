import Experiment
internal import Messages
package import Sessions
import Training

/// A test accuracy that run A, or the mean of its seeds, is to reach.
package struct Demand: Hashable, Sendable {
  /// What the demands are about.
  static let figure = Figure.selection(isValidated: false)

  /// The least accuracy that meets it, 0...1.
  package var minimum: Double
  /// How it is told: `--fail-under 0.82`.
  package var title: String

  /// A bound that a person gave.
  package static func failUnder(_ accuracy: Double) -> Demand {
    Demand(minimum: accuracy, title: "--fail-under \(accuracy)")
  }

  /// At most so many points less than an earlier session reached.
  package static func baseline(_ name: String, accuracy: Double, maxDrop points: Double) -> Demand {
    let bound = accuracy - points / 100
    let drop = points == 0 ? "" : says(" less --max-drop \(points)", "减去 --max-drop \(points)")
    // What the subtraction rounds is no drop.
    return Demand(
      minimum: bound - 1e-9,
      title: says(
        "\(figure.text(bound)), which is --baseline \(name) with \(figure.text(accuracy))\(drop)",
        "\(figure.text(bound))（--baseline \(name) 的 \(figure.text(accuracy))\(drop)）"))
  }

}

extension SessionDescription {
  /// The final test accuracy of run A, or the mean over its seeds; `nil` while one of them has completed no epoch.
  package var demandedAccuracy: Double? {
    let side = replicates.sides.first
    let accuracies = side?.runs.compactMap { runs[$0.index].final?.metrics[Demand.figure] } ?? []
    guard accuracies.count == side?.runs.count else { return nil }
    return SampleStatistics(accuracies)?.mean
  }

  /// What `demandedAccuracy` is of: `run A (with dropout)`, or `5 seeds of A (with dropout)`.
  fileprivate var demandedOf: String {
    guard replicates.areSeveral, let side = replicates.sides.first else {
      return says("run \(mention(of: RunID(0)))", "运行 \(mention(of: RunID(0)))")
    }
    return says(
      "\(side.runs.count) seeds of \(side.lead.letter) (\(side.shownName))",
      "\(side.lead.letter) (\(side.shownName)) 的 \(side.runs.count) 个种子")
  }

  /// How the session misses a demand, or `nil` if it does not.
  func shortfall(of demand: Demand) -> String? {
    guard let accuracy = demandedAccuracy else {
      let who = replicates.areSeveral ? says("one of \(demandedOf)", "\(demandedOf)之一") : demandedOf
      return says(
        "\(who) completed no epoch, so \(demand.title) is not met.", "\(who)没有完成任何一轮，因此未达到 \(demand.title)。")
    }
    guard accuracy < demand.minimum else { return nil }
    let text = Demand.figure.text(accuracy, apartFrom: demand.minimum)
    return says(
      "\(demandedTitle) \(text) of \(demandedOf) is below \(demand.title).",
      "\(demandedOf)：\(demandedTitle) \(text)，低于 \(demand.title)。")
  }

  /// How the session meets a demand.
  func fulfilment(of demand: Demand) -> String {
    let text = demandedAccuracy.map { Demand.figure.text($0, apartFrom: demand.minimum) } ?? ""
    return says(
      "\(demandedTitle) \(text) of \(demandedOf) reaches \(demand.title).",
      "\(demandedOf)：\(demandedTitle) \(text)，达到 \(demand.title)。")
  }

  private var demandedTitle: String {
    (replicates.areSeveral ? says("mean ", "平均") : "") + Demand.figure.title
  }
}

import Experiment
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
    let drop = points == 0 ? "" : " less --max-drop \(points)"
    // What the subtraction rounds is no drop.
    return Demand(
      minimum: bound - 1e-9,
      title: "\(figure.text(bound)), which is --baseline \(name) with \(figure.text(accuracy))\(drop)")
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
      return "run \(mention(of: RunID(0)))"
    }
    return "\(side.runs.count) seeds of \(side.lead.letter) (\(side.name))"
  }

  /// How the session misses a demand, or `nil` if it does not.
  func shortfall(of demand: Demand) -> String? {
    guard let accuracy = demandedAccuracy else {
      let who = replicates.areSeveral ? "one of \(demandedOf)" : demandedOf
      return "\(who) completed no epoch, so \(demand.title) is not met."
    }
    guard accuracy < demand.minimum else { return nil }
    let text = Demand.figure.text(accuracy, apartFrom: demand.minimum)
    return "\(demandedTitle) \(text) of \(demandedOf) is below \(demand.title)."
  }

  /// How the session meets a demand.
  func fulfilment(of demand: Demand) -> String {
    "\(demandedTitle) \(demandedAccuracy.map { Demand.figure.text($0, apartFrom: demand.minimum) } ?? "") of "
      + "\(demandedOf) reaches \(demand.title)."
  }

  private var demandedTitle: String { (replicates.areSeveral ? "mean " : "") + Demand.figure.title }
}

package import Experiment
import TerminalUI
import Training

/// The figures of sides with several seeds: means, standard deviations, and differences paired by seed.
package struct ReplicatesTable {
  package let comparison: ReplicateComparison

  /// The letter of each run, by its place.
  private let letters: [String]

  private static let missing = "-"
  private static let longestHeading = 17

  /// A table of sides of which `histories` tell, by place of the run; `letters` are what the runs are called where they have
  /// other ones than their places.
  package init(_ replicates: Replicates, histories: [RunHistory], letters: [String]? = nil) {
    comparison = ReplicateComparison(replicates, histories: histories)
    self.letters = letters ?? histories.indices.map { RunID($0).letter }
  }

  package var lines: [String] {
    TextTable(rows: figureRows, spacing: 2).lines + [""] + TextTable(rows: seedRows).lines
      + TextWrap.lines(legend, width: 79)
  }

  private var hasDifferences: Bool { comparison.sides.count >= 2 }

  /// Of two sides, or of the first two of several.
  private var differenceHeading: [String] {
    guard comparison.sides.count > 2 else { return hasDifferences ? ["difference"] : [] }
    return [comparison.sides.prefix(2).map { letters[$0.lead.index] }.joined(separator: " - ")]
  }

  private var figureRows: [[String]] {
    let title = comparison.epoch.map { "after epoch \($0)" } ?? ""
    return [[title] + headings + differenceHeading]
      + comparison.figures.filter(\.isMain).map(row)
  }

  private func row(_ figure: Figure) -> [String] {
    let means = comparison.statistics(of: figure).map { $0.map(figure.text) ?? Self.missing }
    return [figure.label] + means + (comparison.difference(of: figure).map { [figure.text($0)] } ?? [])
  }

  /// With few seeds each of them is worth seeing.
  private var seedRows: [[String]] {
    let figure = Figure.selection(isValidated: false)
    return [["\(figure.label), seed"] + headings + differenceHeading]
      + comparison.seeds.map { seed in
        let values = comparison.values(of: figure, seed: seed)
        let pair = values.prefix(2).compactMap(\.self)
        let difference = pair.count == 2 ? [figure.differenceText(pair[0] - pair[1])] : []
        return [String(seed).paddedLeft(to: 5)]
          + values.map { $0.map { value in figure.text(value) } ?? Self.missing }
          + difference
      }
  }

  /// A name that would make the table too wide is left to the header.
  private var headings: [String] {
    comparison.sides.map { side in
      let letter = letters[side.lead.index]
      let heading = "\(letter) \(side.name)"
      return heading.count <= Self.longestHeading ? heading : "side \(letter)"
    }
  }

  private var legend: String {
    let counted = "\(comparison.seeds.count) of \(comparison.seedCount) seeds: mean ± standard deviation"
    return hasDifferences
      ? "\(counted); \(differenceHeading.joined()) paired by seed, ± its 95 % interval." : "\(counted)."
  }
}

import Dashboard
import TerminalUI
import Training
import TrainingEvents

/// The figures of sides with several seeds: means, standard deviations, and differences paired by seed.
struct ReplicatesTable {
  let comparison: ReplicateComparison

  private static let missing = "-"
  private static let longestHeading = 17

  init(_ replicates: Replicates, histories: [RunHistory]) {
    comparison = ReplicateComparison(replicates, histories: histories)
  }

  var lines: [String] {
    TextTable(rows: figureRows, spacing: 2).lines + [""] + TextTable(rows: seedRows).lines
      + TextWrap.lines(legend, width: 79)
  }

  private var hasDifferences: Bool { comparison.sides.count == 2 }

  private var figureRows: [[String]] {
    let title = comparison.epoch.map { "after epoch \($0)" } ?? ""
    return [[title] + headings + (hasDifferences ? ["difference"] : [])]
      + comparison.figures.map(row)
  }

  private func row(_ figure: Comparison.Figure) -> [String] {
    let means = comparison.statistics(of: figure).map { $0.map(figure.text) ?? Self.missing }
    return [figure.label] + means + (comparison.difference(of: figure).map { [figure.text($0)] } ?? [])
  }

  /// With few seeds each of them is worth seeing.
  private var seedRows: [[String]] {
    let figure = Comparison.Figure.testAccuracy
    return [["\(figure.label), seed"] + headings + (hasDifferences ? ["difference"] : [])]
      + comparison.seeds.map { seed in
        let values = comparison.values(of: figure, seed: seed)
        let known = values.compactMap(\.self)
        let difference =
          hasDifferences && known.count == 2 ? [figure.differenceText(known[0] - known[1])] : []
        return [String(seed).paddedLeft(to: 5)] + values.map { $0.map(figure.text) ?? Self.missing }
          + difference
      }
  }

  /// A name that would make the table too wide is left to the header.
  private var headings: [String] {
    comparison.sides.map { side in
      let heading = "\(side.lead.letter) \(side.name)"
      return heading.count <= Self.longestHeading ? heading : "side \(side.lead.letter)"
    }
  }

  private var legend: String {
    let counted = "\(comparison.seeds.count) of \(comparison.seedCount) seeds: mean ± standard deviation"
    return hasDifferences
      ? "\(counted); difference paired by seed, ± its 95 % interval." : "\(counted)."
  }
}

package import Experiment
internal import Messages
import TerminalUI
import Training

/// The figures of sides with several seeds: means, standard deviations, and differences paired by seed.
package struct ReplicatesTable {
  package let comparison: ReplicateComparison

  /// Where there are more than two sides, each with what it was forked from, or with the first one.
  private let pairs: [ReplicateComparison]
  /// The letter of each run, by its place.
  private let letters: [String]

  private static let missing = "-"
  private static let longestHeading = 17
  private static let width = 79

  /// A table of sides of which `histories` tell, by place of the run; `letters` are what the runs are called where they have
  /// other ones than their places.
  package init(_ replicates: Replicates, histories: [RunHistory], letters: [String]? = nil) {
    comparison = ReplicateComparison(replicates, histories: histories)
    self.letters = letters ?? histories.indices.map { RunID($0).letter }
    let pairing = Pairing(replicates, histories: histories)
    pairs =
      replicates.sides.count <= 2
      ? []
      : replicates.sides.map(\.lead).compactMap { lead in
        pairing.reference(of: lead).map {
          ReplicateComparison(replicates.selecting([$0, lead]), histories: histories)
        }
      }
  }

  package var lines: [String] {
    TextTable(rows: figureRows, spacing: 2).lines(width: Self.width) + [""] + differenceLines
      + (seedRows.isEmpty ? [] : TextTable(rows: seedRows).lines(width: Self.width))
      + TextWrap.lines(legend, width: Self.width)
  }

  /// Whether the difference stands beside the figures of the two sides that there are.
  private var hasDifference: Bool { comparison.sides.count == 2 }

  private var differenceHeading: [String] { hasDifference ? [says("difference", "差值")] : [] }

  /// The differences between more than two sides.
  private var differenceLines: [String] {
    guard !pairs.isEmpty else { return [] }
    let heading = pairs.map { pair in pair.sides.map { letters[$0.lead.index] }.joined(separator: " − ") }
    let rows = figures.map { figure in
      [label(figure)] + pairs.map { $0.difference(of: figure).map(figure.text) ?? Self.missing }
    }
    return TextTable(rows: [[says("difference", "差值")] + heading] + rows, spacing: 2).lines(width: Self.width)
      + [""]
  }

  private var figureRows: [[String]] {
    let title = comparison.epoch.map { says("after epoch \($0)", "第 \($0) 轮之后") } ?? ""
    return [[title] + headings + differenceHeading]
      + figures.map(row)
  }

  private var figures: [Figure] {
    comparison.figures.filter { $0.isMain(withDropout: comparison.usesDropout) }
  }

  private func label(_ figure: Figure) -> String { figure.label(usesDropout: comparison.usesDropout) }

  private func row(_ figure: Figure) -> [String] {
    let means = comparison.statistics(of: figure).map { $0.map(figure.text) ?? Self.missing }
    let difference = hasDifference ? comparison.difference(of: figure) : nil
    return [label(figure)] + means + (difference.map { [figure.text($0)] } ?? [])
  }

  /// With few seeds each of them is worth seeing: as many as a session can have.
  private var seedRows: [[String]] {
    guard comparison.seeds.count <= RunID.largestCount else { return [] }
    let figure = Figure.selection(isValidated: false, for: comparison.task)
    return [[label(figure) + says(", seed", "，种子")] + headings + differenceHeading]
      + comparison.seeds.map { seed in
        let values = comparison.values(of: figure, seed: seed)
        let pair = values.compactMap(\.self)
        let difference = hasDifference && pair.count == 2 ? [figure.differenceText(pair[0] - pair[1])] : []
        return [String(seed).paddedLeft(to: 5)]
          + values.map { $0.map { value in figure.text(value) } ?? Self.missing }
          + difference
      }
  }

  /// A name that would make the table too wide is left to the header.
  private var headings: [String] {
    comparison.sides.map { side in
      let letter = letters[side.lead.index]
      let heading = "\(letter) \(side.shownName)"
      return heading.cellWidth <= Self.longestHeading ? heading : says("side \(letter)", "\(letter) 方")
    }
  }

  private var legend: String {
    let counted = says(
      "\(comparison.seeds.count) of \(comparison.seedCount) seeds: mean ± standard deviation",
      "\(comparison.seedCount) 个种子中的 \(comparison.seeds.count) 个：均值 ± 标准差")
    if !pairs.isEmpty {
      return counted + says("; differences paired by seed, ± their 95 % intervals.", "；差值按种子配对，± 为其 95 % 区间。")
    }
    return counted
      + (hasDifference
        ? says("; difference paired by seed, ± its 95 % interval.", "；差值按种子配对，± 为其 95 % 区间。")
        : says(".", "。"))
  }
}

internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// What the pane says of a comparison, before it is laid out.
struct ComparisonContent {
  /// A figure of each run or side.
  struct Row {
    var label: String
    /// Place among the figures, the most telling one first.
    var rank = Int.max
    var cells: [String]
    var difference = ""
    var differenceStyle = Style.plain
  }

  var title: String
  var headings: [(text: String, style: Style)]
  /// Written above the differences; empty where there are none.
  var differenceHeading = ""
  /// Columns of the differences.
  var differenceWidth: Int
  /// Columns that a cell may need.
  var cellWidth = 10
  var rows: [Row]
  /// A row that gives way where there is more to say than room.
  var best: Row?
  var findings: [String]
  var note: RunningLossNote?
}

extension DashboardState {
  /// The figures that the runs are compared by.
  var comparedFigures: [Figure] { Comparison(underWay: listedRuns.map(\.history)).figures }

  /// Whether some run dropped units at some time.
  var usesDropout: Bool { listedRuns.contains { $0.history.usesDropout } }

  /// The comparison of the runs, or of the sides where runs are repeated, for a pane of a width.
  func comparisonContent(width: Int) -> ComparisonContent {
    comparesSides
      ? content(of: replicates.selecting(comparedSides.map(\.lead)), width: width) : content(width: width)
  }

  private func content(width: Int) -> ComparisonContent {
    let shown = comparedRuns
    let histories = shown.map(\.history)
    let comparison = Comparison(underWay: histories)
    let selection = Figure.selection(
      isValidated: shown.contains { $0.configuration.validationSize != nil }, for: task)
    let mentions = shown.map { "\($0.id.mark(in: glyphs)) \(title(of: $0))" }
    let rows = comparedFigures.map { figure in
      let difference = comparison.difference(of: figure)
      return ComparisonContent.Row(
        label: figure.label(usesDropout: usesDropout), rank: figure.rank,
        cells: comparison.values(of: figure).map { $0.map { figure.text($0) } ?? "-" },
        difference: difference.map(figure.differenceText) ?? "",
        differenceStyle: difference.map(figure.style) ?? .plain)
    }
    let columns = max(1, shown.count)
    let isNarrow = columns > 2 || (width - ComparisonView.labelWidth) / columns < 20
    let best = histories.map { history in
      history.best?.selectionText(isNarrow ? " @" : says(" epoch ", " 轮 ")) ?? "-"
    }
    let findings =
      shown.count == 2
      ? ComparisonFindings(
        comparison, histories: histories, mentions: mentions,
        testCount: shown[0].history.started?.testCount ?? 1
      ).sentences : []
    return ComparisonContent(
      title: title(comparison, histories),
      headings: zip(mentions, shown).map { ($0, $1.id.style) },
      differenceHeading: comparison.isComparable
        ? shown.map { String($0.id.mark(in: glyphs)) }.joined(separator: " − ") : "",
      differenceWidth: shown.count > 2 ? 2 : width < 72 ? 11 : 14, rows: rows,
      best: ComparisonContent.Row(
        label: says("best \(selection.title)", "最佳\(selection.title)"), cells: best),
      findings: changedLabelFindings + findings,
      note: RunningLossNote(
        comparison, runs: zip(mentions, shown).map { ($0, RunningLossNote.Handicaps($1.configuration)) }))
  }

  /// What all runs with changed labels show.
  private var changedLabelFindings: [String] {
    LabelNoiseFindings(listedRuns.map(\.history), mentions: listedRuns.map { title(of: $0) }).sentences
  }

  private func title(_ comparison: Comparison, _ histories: [RunHistory]) -> String {
    let epochs = comparison.measured.compactMap { $0?.position.epoch }
    let wentBack = zip(comparison.measured, histories).map { measured, history in
      measured?.position != history.epochs.last?.position
    }
    if wentBack.contains(true), Set(epochs).count > 1 {
      let numbers = epochs.map { String($0) }.joined(separator: says(" and ", " 与 "))
      // A run that made all of its epochs is shown with its last.
      return wentBack.contains(false)
        ? says("comparison after epochs \(numbers)", "比较，第 \(numbers) 轮之后")
        : says("comparison after the best epochs: \(numbers)", "比较，最佳轮之后：\(numbers)")
    }
    let place = place(after: epochs.first)
    return says("comparison after \(place)", "比较，\(place)之后")
  }

  /// The epoch after which figures are compared, or the first that will be.
  private func place(after epoch: Int?) -> String {
    epoch.map { says("epoch \($0)", "第 \($0) 轮") } ?? firstEvaluation
  }

  private func content(of replicates: Replicates, width: Int) -> ComparisonContent {
    let comparison = ReplicateComparison(replicates, histories: runs.map(\.history))
    let sides = comparison.sides
    let mentions = sides.map { "\($0.lead.mark(in: glyphs)) \($0.name)" }
    let layout = ReplicatesLayout(sides: sides.count, width: width, glyphs: glyphs)
    let rows = comparedFigures.map { figure in
      let difference = comparison.difference(of: figure)
      return ComparisonContent.Row(
        label: figure.label(usesDropout: usesDropout), rank: figure.rank,
        cells: comparison.statistics(of: figure).map { $0.map { layout.text($0, of: figure) } ?? "-" },
        difference: difference.map { layout.text($0, of: figure) } ?? "",
        // A colour would claim what the interval does not show.
        differenceStyle: difference.map { $0.isShown ? figure.style(of: $0.mean) : .plain } ?? .plain)
    }
    let place = place(after: comparison.epoch)
    let seeds = comparison.seeds.count
    return ComparisonContent(
      title: says(
        "after \(place), \(seeds) of \(comparison.seedCount) seeds: mean\(layout.showsSpread ? " ± standard deviation" : "s")",
        "\(place)之后，\(seeds)/\(comparison.seedCount) 个种子：均值\(layout.showsSpread ? " ± 标准差" : "")"),
      headings: zip(mentions, sides).map { ($0, $1.lead.style) },
      differenceHeading: layout.differenceHeading, differenceWidth: layout.differenceWidth,
      cellWidth: layout.showsSpread ? 15 : 7, rows: rows, best: nil,
      findings: changedLabelFindings + ComparisonFindings(comparison, mentions: mentions).sentences,
      note: RunningLossNote(
        comparison,
        runs: zip(mentions, sides).map { ($0, RunningLossNote.Handicaps(runs[$1.lead.index].configuration)) })
    )
  }
}

extension Figure {
  /// Its place by how much it tells of final weights; running figures come last.
  fileprivate var rank: Int {
    Self.byImportance.firstIndex(of: self) ?? Self.byImportance.count + (Self.all.firstIndex(of: self) ?? 0)
  }
}

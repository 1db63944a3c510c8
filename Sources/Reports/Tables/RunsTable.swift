import Datasets
import Experiment
internal import Messages
package import Sessions
import TerminalUI

/// The list of runs for a person: a row for each run, the settings of each at the end of it.
package struct RunsTable {
  private let sessions: [ListedSession]
  private let width: Int?
  private let overview: SettingsOverview

  private static let spacing = 2
  private static let narrowestSettings = 14
  /// Terminals of this width have room for the generalisation gap too.
  private static let wide = 100

  /// A table for a terminal of `width` columns, or with lines of any length.
  package init(_ sessions: [ListedSession], width: Int?) {
    self.sessions = sessions
    self.width = width
    overview = SettingsOverview(of: sessions)
  }

  package var lines: [String] {
    let rows = rows
    let cells =
      [
        [
          says("run", "运行"), "", says("when", "时间"), says("state", "状态"), says("best test", "最佳测试"),
          says("final test", "最终测试"),
        ]
          + (showsGap ? [Figure.generalizationGap.heading] : [])
      ]
      + rows.map(\.cells)
    let left = TextTable(rows: cells, spacing: Self.spacing, flushLeft: 4).lines
    let indent = (left.map(\.cellWidth).max() ?? 0) + Self.spacing
    let room = width.map { max($0, indent + Self.narrowestSettings) } ?? .max
    var lines: [String] = []
    for (line, remarks) in zip(left, [heading] + rows.map(\.remarks)) {
      lines += TextWrap.lines(label: line, phrases: remarks, separator: " ", indent: indent, width: room)
        .map(\.withoutTrailingBlanks)
    }
    return lines + foot
  }

  private var showsGap: Bool { width.map { $0 >= Self.wide } ?? true }

  private var heading: [String] { overview.differing.isEmpty ? [] : [says("settings", "设置")] }

  /// What is the same everywhere need not be said in each row.
  private var foot: [String] {
    guard !overview.commonPhrases.isEmpty else { return [] }
    return [""]
      + TextWrap.lines(
        label: says("all runs:", "所有运行："), phrases: overview.commonPhrases, separator: ", ", indent: 10,
        width: width ?? .max
      )
  }

  private var rows: [(cells: [String], remarks: [String])] {
    sessions.flatMap { session -> [(cells: [String], remarks: [String])] in
      switch session.contents {
      case .failure:
        let words = TextWrap.phrases(session.problem ?? "")
        return [([session.folder.name, "", "", session.fault?.words ?? ""], words)]
      case .success(let contents):
        return contents.runs.enumerated().map { index, run in
          let text = index == 0 ? SessionRow.labels(of: session) : ""
          let labels = text.isEmpty ? [] : TextWrap.phrases("· " + text)
          return (cells(session, contents, index, run.summary), remarks(run.plan.configuration) + labels)
        }
      }
    }
  }

  /// The words of the settings, between which lines are broken.
  private func remarks(_ configuration: RunConfiguration) -> [String] {
    let phrases = overview.phrases(configuration)
    guard !phrases.isEmpty else { return overview.differing.isEmpty ? [] : [says("default", "默认")] }
    return TextWrap.phrases(phrases.joined(separator: ", "))
  }

  private func cells(
    _ session: ListedSession, _ contents: ListedSession.Contents, _ index: Int, _ run: RunSummary.Run
  ) -> [String] {
    let isFirst = index == 0
    let gap = run.final?.judged(1).map { $0.figure.differenceText($0.value) }
    return [
      isFirst ? session.folder.name : "", run.run.letter,
      isFirst ? LocalTime.text(contents.record.provenance.created) : "", run.state.words,
      result(run.best),
      result(run.final),
    ] + (showsGap ? [gap ?? "-"] : [])
  }

  /// The test accuracy of an epoch, or its loss where there is none, and which one it was.
  private func result(_ epoch: Positioned<EpochEvaluated>?) -> String {
    guard let epoch, let (figure, value) = epoch.judged(0) else { return "-" }
    return "\(figure.text(value)) @\(epoch.position.epoch)"
  }
}

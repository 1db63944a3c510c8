import Datasets
import Experiment
internal import Messages
package import Sessions
import TerminalUI

/// What the table of sessions tells of one: its best run stands for it.
package struct SessionRow: Sendable {
  /// The session.
  package let session: ListedSession
  /// Its place where nothing else orders them: `exp2` before `exp10`.
  let place: Int
  /// The best of its runs, or the first one before there are figures; `nil` if it cannot be read.
  let lead: RunSummary.Run?

  /// The rows of some sessions.
  package static func rows(of sessions: [ListedSession]) -> [SessionRow] {
    sessions.enumerated().map { SessionRow($1, place: $0) }
  }

  private init(_ session: ListedSession, place: Int) {
    (self.session, self.place) = (session, place)
    let runs = session.known?.summary.runs ?? []
    lead = runs.reduce(runs.first) { best, run in
      guard let metrics = run.best?.metrics, metrics.isBetter(than: best?.best?.metrics) else { return best }
      return run
    }
  }

  /// The least fortunate run's state, or why nothing is known.
  package var state: String { session.known?.summary.state.words ?? session.fault?.words ?? "" }

  /// When it began.
  package var when: String { session.known.map { LocalTime.text($0.record.provenance.created) } ?? "" }

  /// The best epoch's figure, and which run's it is if there are several.
  package var best: String {
    guard let lead, let (figure, value) = lead.best?.judged(0) else { return "–" }
    let isAlone = session.known?.runs.count == 1
    return figure.text(value) + (isAlone ? "" : " " + lead.run.letter)
  }

  /// That run's figure at the end.
  package var final: String { lead?.final?.judged(0).map { $0.figure.text($0.value) } ?? "–" }

  /// How far its training is ahead of its testing.
  package var gap: String { lead?.final?.judged(1).map { $0.figure.differenceText($0.value) } ?? "–" }

  /// What its files take.
  package var size: String { session.bytes.map { NumberText.bytes(Double($0)) } ?? "–" }

  /// Its tags and its note.
  package var labels: String { Self.labels(of: session) }

  /// The same of any session.
  static func labels(of session: ListedSession) -> String {
    (session.tags.map { "#" + $0 } + (session.note.isEmpty ? [] : [session.note])).joined(separator: " ")
  }

  /// The settings in which sessions differ, as far as its runs have not their defaults, or what is wrong with it.
  package func settings(in overview: SettingsOverview) -> String {
    guard let known = session.known else { return session.problem ?? "" }
    let phrases = known.record.runs.map { overview.phrases($0.configuration).joined(separator: ", ") }
    return phrases.reduce(into: [String]()) { if !$1.isEmpty, !$0.contains($1) { $0.append($1) } }
      .joined(separator: " | ")
  }
}

extension Positioned<EpochEvaluated> {
  /// What runs are judged by, the most important first: figures of the test set, by whichever the best epoch was chosen.
  func judged(_ index: Int) -> (figure: Figure, value: Double)? {
    let figure = Figure.judged(for: details.metrics.task)[index]
    return details.metrics[figure].map { (figure, $0) }
  }
}

extension SettingsOverview {
  /// Which settings of the runs of some sessions are worth telling.
  package init(of sessions: [ListedSession]) {
    self.init(sessions.compactMap(\.known).flatMap { $0.record.runs.map(\.configuration) })
  }
}

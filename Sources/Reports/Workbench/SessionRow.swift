import Datasets
import Experiment
package import Sessions
import TerminalUI

/// What the table of sessions tells of one: its best run stands for it.
package struct SessionRow: Sendable {
  /// The session.
  package let session: ListedSession
  /// Its place where nothing else orders them: `exp2` before `exp10`.
  let place: Int
  /// The best of its runs, or the first one before there are figures; `nil` if it cannot be read.
  let lead: (plan: RunRecord.Run, summary: RunSummary.Run)?
  /// The settings in which the sessions differ, as far as its runs have not their defaults.
  package let settings: String

  /// The rows of some sessions.
  package static func rows(of sessions: [ListedSession]) -> [SessionRow] {
    let overview = SettingsOverview(
      sessions.compactMap { try? $0.contents.get() }.flatMap { $0.record.runs.map(\.configuration) })
    return sessions.enumerated().map { SessionRow($1, place: $0, overview) }
  }

  private init(_ session: ListedSession, place: Int, _ overview: SettingsOverview) {
    (self.session, self.place) = (session, place)
    let runs = (try? session.contents.get())?.runs ?? []
    lead = runs.reduce(runs.first) { best, run in
      guard let metrics = run.summary.best?.metrics,
        metrics.isBetter(than: best?.summary.best?.metrics)
      else { return best }
      return run
    }
    let phrases = runs.map { overview.phrases($0.plan.configuration).joined(separator: ", ") }
    settings =
      session.problem
      ?? phrases.reduce(into: [String]()) { if !$1.isEmpty, !$0.contains($1) { $0.append($1) } }
      .joined(separator: " | ")
  }

  /// The least fortunate run's state.
  package var state: String { (try? session.contents.get())?.summary.state.rawValue ?? "damaged" }

  /// When it began.
  package var when: String {
    (try? session.contents.get()).map { LocalTime.text($0.record.provenance.created) } ?? ""
  }

  /// The best epoch's figure, and which run's it is if there are several.
  package var best: String {
    guard let lead, let (figure, value) = lead.summary.best?.metrics.selection else { return "–" }
    let isAlone = (try? session.contents.get())?.runs.count == 1
    return figure.text(value) + (isAlone ? "" : " " + lead.summary.run.letter)
  }

  /// That run's figure at the end.
  package var final: String { judged(0).map { $0.figure.text($0.value) } ?? "–" }

  /// How far its training is ahead of its testing.
  package var gap: String { judged(1).map { $0.figure.differenceText($0.value) } ?? "–" }

  /// What its files take.
  package var size: String { session.bytes.map { NumberText.bytes(Double($0)) } ?? "–" }

  /// Its tags and its note.
  package var labels: String { Self.labels(of: session) }

  /// The same of any session.
  static func labels(of session: ListedSession) -> String {
    (session.tags.map { "#" + $0 } + (session.note.isEmpty ? [] : [session.note])).joined(separator: " ")
  }

  func judged(_ index: Int) -> (figure: Figure, value: Double)? {
    guard let metrics = lead?.summary.final?.metrics else { return nil }
    let figure = Figure.judged(for: metrics.task)[index]
    return metrics[figure].map { (figure, $0) }
  }
}

package import Experiment
package import Sessions
package import TerminalUI
import Training

/// Reports a session to a person: a header, a line for each epoch of each run, and a comparison table.
package struct TextReporter: SessionReporter {
  private var session: SessionDescription
  private let encoding: TextEncoding
  private let isQuiet: Bool
  private let epochLines: EpochLines
  private var histories: [RunHistory]
  private var waiting: [TrainingEvent] = []
  private var hasHeader = false

  package init(session: SessionDescription, encoding: TextEncoding, isQuiet: Bool = false) {
    self.session = session
    self.encoding = encoding
    self.isQuiet = isQuiet
    epochLines = EpochLines(
      epochs: session.runs.map(\.configuration.epochs).max() ?? 0,
      showsValidation: session.runs.contains { $0.configuration.validationSize != nil })
    histories = session.runs.map { _ in RunHistory() }
  }

  package mutating func sessionStarted() -> [String] { [] }

  /// The header needs every run's description, so lines wait until all runs have started (or failed to).
  package mutating func report(_ event: TrainingEvent) -> [String] {
    histories.record(event)
    session.note(event)
    guard session.runs.indices.contains(event.run.index) else { return [] }
    if case .settingChanged(let change) = event, change.setting == .epochs {
      session.runs[event.run.index].configuration.apply(change)
    }
    guard !isQuiet else { return [] }
    waiting.append(event)
    guard
      zip(session.runs, histories).allSatisfy({ plan, history in
        plan.forkedFrom != nil || plan.isRemoved || history.started != nil || history.ended != nil
      })
    else { return [] }
    var lines: [String] = []
    if !hasHeader {
      hasHeader = true
      lines =
        SessionHeader(session: session, started: histories.map(\.started), encoding: encoding).lines + [""]
        + epochLines.heading
    }
    lines += waiting.compactMap { line(for: $0) }
    waiting = []
    return lines.map(encoding.encode)
  }

  package mutating func sessionEnded(_ end: SessionEnd) -> [String] {
    let kept = self.session.runs.indices.filter { !self.session.runs[$0].isRemoved }
    let (session, histories) = (self.session.selecting(kept), kept.map { self.histories[$0] })
    var lines = session.table(histories)
    if !isQuiet {
      let conclusion = Conclusion(session: session, histories: histories, encoding: encoding)
      lines = [""] + lines + [""] + conclusion.lines + speed(end)
    }
    return lines.map(encoding.encode)
  }

  private func line(for event: TrainingEvent) -> String? {
    switch event {
    case .epochEvaluated(let event):
      epochLines.line(event, of: session.runs[event.position.run.index].configuration.epochs)
    case .settingChanged(let event):
      "\(event.position.run.letter): \(event.title) \(event.oldText) to "
        + "\(event.newText) after step \(NumberText.grouped(event.position.step))"
    case .runStarted(let event):
      event.forkedFrom.map {
        "\(event.run.letter): \(event.name), forked from \($0.run.letter) after step \(NumberText.grouped($0.step))"
      }
    case .runRenamed(let event): "\(event.run.letter) is called \(event.name) from now on"
    case .runRemoved(let run): "\(run.letter) is removed"
    case .stepsCompleted, .testPredicted, .layersObserved, .imagesExamined, .uncertaintyMeasured,
      .paused, .resumed:
      nil
    case .runEnded(let event): restoration(event)
    }
  }

  /// Which weights a run that may stop early has in the end.
  private func restoration(_ end: RunEnded) -> String? {
    let run = end.position.run
    guard let epoch = end.restoredEpoch,
      let (figure, value) = histories[run.index].final?.metrics.selection
    else { return nil }
    return
      "\(run.letter): after epoch \(end.position.epoch) back to the weights of epoch \(epoch), best in validation "
      + "(\(figure.text(value)))"
  }

  private func speed(_ end: SessionEnd) -> [String] {
    let speeds = histories.enumerated().compactMap { index, history in
      history.imagesPerSecond.map { "\(RunID(index).letter) \(NumberText.grouped($0)) images/s" }
    }
    let time = "Took \(NumberText.fixed(end.seconds, decimals: 2)) s."
    guard !speeds.isEmpty else { return [time] }
    let speed = "\(time) Training steps alone: \(speeds.joined(separator: ", "))."
    return speeds.count > 2 ? TextWrap.lines(speed, width: 79) : [speed]
  }
}

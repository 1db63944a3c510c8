import Datasets
package import Experiment
internal import Messages
package import Sessions
package import TerminalUI
import Training

/// Reports a session to a person: a header, a line for each epoch of each run, and a comparison table.
package struct TextReporter: SessionReporter {
  private let encoding: TextEncoding
  private let isQuiet: Bool
  private let lesson: Lesson?
  private let epochLines: EpochLines
  /// Lines that wait for the header.
  private var waiting: [String] = []
  private var hasHeader = false

  /// A reporter of a session that is to begin.
  package init(
    session: SessionDescription, encoding: TextEncoding, isQuiet: Bool = false, lesson: Lesson? = nil
  ) {
    self.encoding = encoding
    self.isQuiet = isQuiet
    self.lesson = lesson
    epochLines = EpochLines(
      epochs: session.runs.map(\.configuration.epochs).max() ?? 0,
      showsValidation: session.runs.contains { $0.configuration.validationSize != nil },
      task: session.runs.first?.task ?? .classification,
      usesDropout: session.runs.contains(where: \.usesDropout))
  }

  package func begin(_ session: SessionDescription) -> [String] {
    isQuiet ? [] : paragraphs(lesson?.beginning ?? []) + (lesson == nil ? [] : [""])
  }

  private func paragraphs(_ paragraphs: [String]) -> [String] {
    paragraphs.flatMap { paragraph in
      let indent = String(repeating: " ", count: paragraph.prefix { $0 == " " }.count)
      return TextWrap.lines(encoding.encode(paragraph), width: 79 - indent.count).map { indent + $0 }
    }
  }

  /// The header needs every run's description, so lines wait until all runs have started (or failed to).
  package mutating func report(_ event: TrainingEvent, of session: SessionDescription) -> [String] {
    guard !isQuiet, session.runs.indices.contains(event.run.index) else { return [] }
    if let line = line(for: event, session) { waiting.append(line) }
    guard session.runs.allSatisfy({ $0.forkedFrom != nil || $0.started != nil || $0.isOver }) else {
      return []
    }
    var lines: [String] = []
    if !hasHeader {
      hasHeader = true
      lines = SessionHeader(session: session, encoding: encoding).lines + [""] + epochLines.heading
    }
    lines += waiting
    waiting = []
    return lines.map(encoding.encode)
  }

  package func end(_ session: SessionDescription, _ end: SessionEnd) -> [String] {
    let kept = session.selecting(session.runs.indices.filter { !session.runs[$0].isRemoved })
    var lines = kept.table(kept.runs)
    if !isQuiet {
      let conclusion = Conclusion(session: kept, histories: kept.runs, encoding: encoding)
      lines = [""] + lines + [""] + conclusion.lines + speed(kept.runs, end)
    }
    if !isQuiet, let lesson { lines += [""] + paragraphs(lesson.end(kept.runs)) }
    return lines.map(encoding.encode)
  }

  private func line(for event: TrainingEvent, _ session: SessionDescription) -> String? {
    let (run, letter) = (session.runs[event.run.index], event.run.letter)
    switch event.kind {
    case .epochEvaluated(let epoch):
      return epochLines.line(Positioned(epoch, at: event.position), of: run.configuration.epochs)
    case .settingChanged(let change):
      let step = NumberText.grouped(event.position.step)
      return says(
        "\(letter): \(change.title) \(change.oldText) to \(change.newText) after step \(step)",
        "\(letter)：第 \(step) 步之后，\(change.title)从 \(change.oldText) 改为 \(change.newText)")
    case .runStarted(let start):
      return start.forkedFrom.map {
        says(
          "\(letter): \(RunName.shown(start.name)), forked from \($0.run.letter) after step \(NumberText.grouped($0.step))",
          "\(letter)：\(RunName.shown(start.name))，从 \($0.run.letter) 的第 \(NumberText.grouped($0.step)) 步之后分支")
      }
    case .runRenamed(let renamed):
      return says("\(letter) is called \(renamed.name) from now on", "\(letter) 从现在起名为 \(renamed.name)")
    case .runRemoved: return says("\(letter) is removed", "\(letter) 已移除")
    case .runEnded(let end):
      // Which weights a run that may stop early has in the end.
      guard let epoch = end.restoredEpoch, let (figure, value) = run.final?.metrics.selection else {
        return nil
      }
      return says(
        "\(letter): after epoch \(event.position.epoch) back to the weights of epoch \(epoch), best in validation "
          + "(\(figure.text(value)))",
        "\(letter)：第 \(event.position.epoch) 轮之后回到第 \(epoch) 轮的权重，验证中最佳（\(figure.text(value))）")
    default: return nil
    }
  }

  private func speed(_ runs: [RunHistory], _ end: SessionEnd) -> [String] {
    let speeds = runs.compactMap { run in
      run.imagesPerSecond.map { "\(run.id.letter) \(NumberText.grouped($0)) \(run.task.samplesWord)/s" }
    }
    let seconds = NumberText.fixed(end.seconds, decimals: 2)
    let time = says("Took \(seconds) s.", "用时 \(seconds) s。")
    guard !speeds.isEmpty else { return [time] }
    let speed =
      time
      + says(
        " Training steps alone: \(speeds.joined(separator: ", ")).", "单算训练步：\(speeds.joined(separator: "，"))。"
      )
    return speeds.count > 2 ? TextWrap.lines(speed, width: 79) : [speed]
  }
}

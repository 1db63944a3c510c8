import Experiment
import Messages

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Reads lines of which each is a JSON object with numbers: of any program, or of this one's sessions.
struct JSONLinesLogReader: LogLineReader {
  var lines = LineSplitter()
  /// Whether the lines are events of this program's.
  private var isSession: Bool
  /// The names of a session's runs, by their letters.
  private var names: [String: String] = [:]

  init(isSession: Bool = false) {
    self.isSession = isSession
  }

  mutating func read(_ line: ArraySlice<UInt8>, _ number: Int, into log: inout LogContents) {
    guard line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else { return }
    let line = number == 1 ? line.withoutMark : line
    guard let object = FlatJSON(line) else {
      return log.note(.notJSON, at: says("line \(number)", "第 \(number) 行"))
    }
    if !isSession, object.numbers.contains(where: { $0.name == "schema" }),
      object.texts.contains(where: { $0.name == "event" })
    {
      isSession = true
    }
    if isSession { return readEvent(line, into: &log) }
    let run = object.texts.first { $0.name == "run" }?.value ?? ""
    for text in object.texts where text.name != "run" { log.addOther("texts", text.name, run: run) }
    for list in object.lists { log.addOther("lists", list.name, run: run) }
    LogColumns.add(object.numbers, run: run, line: number, into: &log)
  }

  /// An event with its time, where it is told.
  private struct Line: Decodable {
    let event: TrainingEvent
    let time: Double

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: Field.self)
      event = try TrainingEvent(fields)
      time = (try? fields.time("time")) ?? .nan
    }
  }

  /// Takes in an epoch's figures under the names that they have in this program's files for TensorBoard.
  private mutating func readEvent(_ line: ArraySlice<UInt8>, into log: inout LogContents) {
    // Events of other versions, and those around the runs, are none of a run's figures.
    guard let line = try? JSONText.decode(Line.self, Array(line), path: "") else { return }
    let (event, position) = (line.event, line.event.position)
    let run = names[position.run.letter] ?? position.run.letter
    switch event.kind {
    case .runStarted(let started):
      names[position.run.letter] = "\(position.run.letter) \(started.name)"
      // It was restarted, or goes on from a checkpoint.
      log.takeBack(from: Double(position.step) + 0.5, run: run)
    case .epochEvaluated(let epoch):
      func add(_ figure: String, _ value: Double) {
        let point = LoggedPoint(step: Double(position.step), time: line.time, value: value)
        log.add(figure, point, run: run, at: says("step \(position.step)", "第 \(position.step) 步"))
      }
      // An epoch whose end was a checkpoint may have been measured again.
      log.takeBack(from: Double(position.step), run: run)
      for scalar in TensorBoardLayout.runs.figures(of: Positioned(epoch, at: position)) {
        add(scalar.tag, scalar.value)
      }
      add("epoch", Double(position.epoch))
    default: break
    }
  }
}

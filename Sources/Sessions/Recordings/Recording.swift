import Datasets
package import Experiment
import Messages
package import Platform

/// A session's events with their times, one JSON object a line.
package struct Recording {
  /// The events, as they came.
  package let events: [TimedEvent]
  /// The beginnings of the runs, A first.
  package let starts: [Positioned<RunStarted>]

  /// Reads a recording that may be compressed with gzip.
  ///
  /// - Throws: `Failure` if the file is not there or holds something else.
  package init(path: String) throws(Failure) {
    let contents: [UInt8]
    do {
      contents = try GzipFile.read(path, limit: LineFile.mostBytes)
    } catch {
      throw Failure(
        status: error.kind == .missing ? .missingInput : .badData, message: error.description)
    }
    var events: [TimedEvent] = []
    var starts: [Positioned<RunStarted>] = []
    var began = 0.0
    var (rest, number) = (contents[...], 0)
    while !rest.isEmpty {
      // One after the other: the first that is no event ends it, however many follow.
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest.dropFirst(line.count + 1)
      number += 1
      guard !line.isEmpty else { continue }
      var timed: TimedEvent
      do throws(RunLogError) {
        timed = try JSONText.decode(TimedEvent.self, Array(line), path: path)
        guard timed.event.hasKnownClasses else {
          throw RunLogError(
            .invalid, path: path, problem: says("the answers are of other classes", "答案属于别的类别"))
        }
      } catch {
        throw Failure(
          status: .badData,
          message: says(
            "\(path): line \(number) is no recorded event: \(error.problem). "
              + "Give a file that --record has written.",
            "\(path)：第 \(number) 行不是录制的事件：\(error.problem)。请给出 --record 写的文件。"))
      }
      if case .runStarted(let start) = timed.event.kind {
        // The session was restarted: what was before is gone from the dashboard too.
        if starts.contains(where: { $0.position.run == timed.event.run }) {
          (events, starts, began) = ([], [], timed.time)
        }
        starts.append(Positioned(start, at: timed.event.position))
      }
      timed.time -= began
      events.append(timed)
    }
    // Runs start in any order.
    starts.sort { $0.position.run < $1.position.run }
    guard !starts.isEmpty, starts.map(\.position.run.index) == Array(starts.indices),
      events.allSatisfy({ starts.indices.contains($0.event.run.index) })
    else {
      throw Failure(
        status: .badData,
        message: says(
          "\(path): the runs recorded here have no beginning. Give a file that --record has written.",
          "\(path)：这里录制的运行没有开头。请给出 --record 写的文件。"))
    }
    (self.events, self.starts) = (events, starts)
  }
}

extension TrainingEvent {
  /// Whether answers to images are of the classes whose names there are.
  fileprivate var hasKnownClasses: Bool {
    let classes = DatasetDescription.usual.task.outputCount
    return switch kind {
    case .testPredicted(let answers): answers.predictions.isEmpty || answers.classes == classes
    case .uncertaintyMeasured(let measured):
      measured.answers.predictions.isEmpty || measured.answers.classes == classes
    case .imagesExamined(let examined): examined.images.allSatisfy { $0.probabilities.count == classes }
    default: true
    }
  }
}

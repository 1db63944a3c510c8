import Datasets
package import Experiment
package import Platform

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A session's events with their times, one JSON object a line.
package struct Recording {
  /// The events, as they came.
  package let events: [TimedEvent]
  /// The beginnings of the runs, A first.
  package let starts: [RunStarted]

  /// Far more than any session writes in a day.
  private static let largestSize = 1 << 30

  /// Reads a recording that may be compressed with gzip.
  ///
  /// - Throws: `Failure` if the file is not there or holds something else.
  package init(path: String) throws(Failure) {
    let contents: [UInt8]
    do {
      contents = try GzipFile.read(path, limit: Self.largestSize)
    } catch {
      throw Failure(
        status: error.kind == .missing ? .missingInput : .badData, message: error.description)
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    var events: [TimedEvent] = []
    var starts: [RunStarted] = []
    var began = 0.0
    for (index, line) in contents.split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let event = try? decoder.decode(TimedEvent.self, from: Data(line)), event.isPlausible else {
        throw Failure(
          status: .badData,
          message: "\(path): line \(index + 1) is no recorded event. Give a file that --record has written.")
      }
      if case .runStarted(let start) = event.event {
        // The session was restarted: what was before is gone from the dashboard too.
        if starts.contains(where: { $0.run == start.run }) {
          (events, starts, began) = ([], [], event.seconds)
        }
        starts.append(start)
      }
      events.append(TimedEvent(seconds: event.seconds - began, event: event.event))
    }
    // Runs start in any order.
    starts.sort { $0.run < $1.run }
    guard !starts.isEmpty, starts.map(\.run.index) == Array(starts.indices),
      events.allSatisfy({ starts.indices.contains($0.event.run.index) })
    else {
      throw Failure(
        status: .badData,
        message: "\(path): the runs recorded here have no beginning. Give a file that --record has written.")
    }
    (self.events, self.starts) = (events, starts)
  }

  /// A line that holds an event, without the line break.
  package static func line(_ event: TimedEvent) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(event), as: UTF8.self)
  }
}

extension TimedEvent {
  /// Whether its parts fit together, so that it can be shown.
  fileprivate var isPlausible: Bool {
    guard seconds.isFinite else { return false }
    return switch event {
    case .runStarted(let start):
      start.forkedFrom.map { $0.run < start.run && $0.step >= 0 } ?? true
    case .testPredicted(let answers): answers.isPlausible
    case .imagesExamined(let examined): examined.images.allSatisfy(\.isPlausible)
    case .uncertaintyMeasured(let measured): measured.isPlausible
    default: true
    }
  }
}

extension TestPredicted {
  fileprivate var isPlausible: Bool {
    let classes = DatasetDescription.usual.task.outputCount
    return probabilities.count == predictions.count * classes && predictions.allSatisfy { $0 < classes }
  }
}

extension ExaminedImage {
  fileprivate var isPlausible: Bool {
    let classes = DatasetDescription.usual.task.outputCount
    return [probabilities, monteCarlo.means, monteCarlo.standardDeviations].allSatisfy { $0.count == classes }
  }
}

extension UncertaintyMeasured {
  fileprivate var isPlausible: Bool {
    let count = answers.predictions.count
    return answers.isPlausible && predictiveEntropies.count == count && mutualInformation.count == count
  }
}

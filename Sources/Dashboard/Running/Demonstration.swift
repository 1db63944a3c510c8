import Datasets
import Experiment
internal import Messages
package import Platform
import Sessions
package import TerminalUI
import Training

/// Shows a recorded session in the dashboard, without training.
package struct Demonstration {
  private let recording: Recording
  private let dataset: Dataset
  private let speed: Double

  /// A demonstration of the recording at `path`, or of the one that comes with the program.
  ///
  /// - Throws: `Failure` if the recording or the bundled images are not there or damaged.
  package init(path: String?, speed: Double, environment: [String: String]) throws(Failure) {
    guard let path = path ?? BundledAssets.path(of: "demonstration.jsonl.gz") else {
      throw Failure(
        status: .missingInput,
        message:
          says(
            "the demonstration that comes with the program is not there. Install it again with scripts/install.",
            "程序自带的演示不在。请用 scripts/install 重新安装。")
      )
    }
    recording = try Recording(path: path)
    self.speed = speed
    do {
      // The recorded answers are to the images of the bundled sample, unless the data are made.
      let made = recording.starts.first.map(\.configuration.dataset).flatMap {
        $0.synthesis == nil ? nil : $0
      }
      dataset = try Dataset.load(
        made ?? .usual, directory: made == nil ? BundledAssets.sample() : nil, environment: environment)
    } catch {
      throw Failure(status: error.kind == .missing ? .missingInput : .badData, message: error.description)
    }
  }

  /// The session that was recorded.
  package func session(traits: TerminalTraits) -> DashboardSession {
    let starts = recording.starts
    let (recording, speed) = (recording, speed)
    return DashboardSession(
      description: SessionDescription(
        version: ProgramVersion.text, dataSource: dataset.source,
        trainCount: starts.map(\.trainCount).max() ?? 0,
        testCount: dataset.test.count, threads: starts.map(\.threads).reduce(0, +),
        plans: starts.map {
          RunPlan(name: $0.name, configuration: $0.configuration, forkedFrom: $0.forkedFrom)
        }),
      dataset: dataset, traits: traits, recorder: nil, origin: .recording,
      place: says("recording", "录制")
    ) { _, events, _ in EventReplay(recording.events, speed: speed, events: events) }
  }
}

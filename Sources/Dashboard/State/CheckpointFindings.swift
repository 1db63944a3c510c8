package import Experiment
internal import Messages
import Reports
package import Sessions
internal import TerminalUI

/// What the checkpoints of recorded runs have told so far.
package struct CheckpointFindings {
  /// The test images that answers are about.
  package var images: TestImages?
  /// Where the answers of each run come from.
  package var origins: [RunID: RecordedCheckpoints.Origin]

  /// Made of its parts.
  package init(images: TestImages?, origins: [RunID: RecordedCheckpoints.Origin]) {
    self.images = images
    self.origins = origins
  }
}

extension DashboardState {
  /// Takes in what checkpoints have told.
  mutating func take(_ findings: CheckpointFindings) {
    testImages = findings.images
    checkpointOrigins = findings.origins
  }

  /// Asks for what the checkpoints of recorded runs tell, once and after each further epoch.
  mutating func observeCheckpoints() {
    guard origin == .folders else { return }
    for run in listedRuns where run.history.started != nil {
      let epochs = run.history.epochs.count
      guard observedEpochs[run.id] != epochs else { continue }
      observedEpochs[run.id] = epochs
      send(.send(.observe, to: run.id))
    }
  }

  /// Whose weights the pages of recorded runs are computed from, or why they are not.
  var checkpointPhrases: [String] {
    guard origin == .folders else { return [] }
    let known = listedRuns.compactMap { run in
      checkpointOrigins[run.id].map { (lead(of: run).mark(in: glyphs), $0) }
    }
    let weights = known.compactMap { mark, origin in
      if case .weights(let words) = origin { "\(mark) \(words)" } else { nil }
    }
    let failures = known.compactMap { mark, origin in
      if case .nothing(let words) = origin {
        says("\(mark) nothing: \(words)", "\(mark) 无：\(words)")
      } else {
        nil
      }
    }
    return (weights.isEmpty ? [] : [says("weights: ", "权重：") + weights.joined(separator: " · ")]) + failures
  }

  /// Why nothing is known yet of what the runs say of the test images.
  var absenceOfAnswers: String {
    guard origin == .folders else {
      return says(
        "what the runs say of the test images is known after \(firstEvaluation)",
        "各运行对测试图像的回答在\(firstEvaluation)之后可知")
    }
    return listedRuns.allSatisfy { checkpointOrigins[$0.id] != nil }
      ? says("there is no network to ask", "没有可询问的网络")
      : says("asking the networks of the checkpoints", "正在询问检查点中的网络")
  }
}

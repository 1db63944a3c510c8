import Experiment
import Messages
import Training

/// Epochs behind a checkpoint that were measured, and of which no figures are there.
struct LostEpochs {
  private let epochs: [Int]

  /// What the history of a run that is to make so many `epochs` lacks.
  init(behind checkpoint: Checkpoint, _ history: RunHistory, of epochs: Int) {
    let (configuration, completed) = (checkpoint.progress.configuration, checkpoint.progress.completedEpochs)
    // How often a run was measured before that changed is not known of each epoch.
    guard completed > 0, !history.changes.contains(where: { $0.details.setting == .evaluationInterval })
    else {
      self.epochs = []
      return
    }
    let kept = Set(history.epochs.map(\.position.epoch))
    // What no run ends without is measured again.
    let last = completed >= epochs ? completed - 1 : completed
    let interval = configuration.evaluationInterval
    self.epochs = stride(from: interval, through: last, by: interval).filter { !kept.contains($0) }
  }

  /// What a person is told of them; nothing where none is lost.
  func sentence(run: RunID, in folder: RunFolder) -> String? {
    guard !epochs.isEmpty else { return nil }
    let texts = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
    let text = texts.prefix(8).joined(separator: ", ") + (texts.count > 8 ? ", …" : "")
    return says(
      "\(folder.metrics): the figures of run \(run.letter) are missing for \(epochs.count == 1 ? "epoch" : "epochs") \(text); "
        + "what is called best is the best of the others.",
      "\(folder.metrics)：缺少运行 \(run.letter) 第 \(text) 轮的指标；所谓最佳是其余各轮中的最佳。")
  }

  /// Epochs follow one another where a file was cut, and so they are told.
  private var ranges: [ClosedRange<Int>] {
    epochs.reduce(into: []) { ranges, epoch in
      if let last = ranges.last, last.upperBound == epoch - 1 {
        ranges[ranges.count - 1] = last.lowerBound...epoch
      } else {
        ranges.append(epoch...epoch)
      }
    }
  }
}

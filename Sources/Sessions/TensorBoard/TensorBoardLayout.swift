import Experiment

/// How figures are laid out for TensorBoard.
public enum TensorBoardLayout: String, CaseIterable, Sendable {
  /// One sub-folder for each run, with `loss/train`, `loss/test`, `accuracy/train`, `accuracy/test`, `gap`, `dropout/N`
  /// and `learning_rate` over steps: the runs lie over each other in each chart.
  case runs
  /// One sub-folder for each figure of each run, all called `metrics` and over epochs: all curves lie in one chart.
  ///
  /// This is the layout of PyTorch's `add_scalars('metrics', {'train_loss': …, 'train_acc': …, 'test_acc': …}, epoch)`.
  case scalars
}

/// A number for TensorBoard.
struct TensorBoardScalar: Hashable {
  /// The sub-folder within the run's; empty for the run's own.
  var folder = ""
  /// The name of the chart.
  var tag: String
  /// The place on the horizontal axis.
  var step: Int
  var value: Double
}

extension TensorBoardLayout {
  /// The figures that have sub-folders.
  private static let keys = ["train_loss", "train_acc", "test_acc"]
  private static let tag = "metrics"

  /// The sub-folders within a run's.
  var folders: [String] {
    switch self {
    case .runs: []
    case .scalars: Self.keys.map { "\(Self.tag)_\($0)" }
    }
  }

  /// The place of a step on the horizontal axis.
  func place(ofStep step: Int, stepsPerEpoch: Int) -> Int {
    switch self {
    case .runs: step
    case .scalars: step / max(stepsPerEpoch, 1)
    }
  }

  /// The figures of an epoch, measured with dropout off.
  func figures(of event: EpochEvaluated) -> [TensorBoardScalar] {
    let metrics = event.metrics
    let step = event.position.step
    switch self {
    case .runs:
      return [
        ("loss/train", metrics.train.loss), ("loss/test", metrics.test.loss),
        ("accuracy/train", metrics.train.accuracy), ("accuracy/test", metrics.test.accuracy),
        ("gap", metrics.generalizationGap), ("loss/validation", metrics.validation?.loss),
        ("accuracy/validation", metrics.validation?.accuracy),
      ].compactMap { tag, value in value.map { TensorBoardScalar(tag: tag, step: step, value: $0) } }
    case .scalars:
      return zip(folders, [metrics.train.loss, metrics.train.accuracy, metrics.test.accuracy]).map {
        TensorBoardScalar(folder: $0, tag: Self.tag, step: event.position.epoch, value: $1)
      }
    }
  }

  /// The settings that can change while a run is under way, as they are after `step`.
  func settings(_ configuration: RunConfiguration, step: Int, stepsPerEpoch: Int) -> [TensorBoardScalar] {
    guard self == .runs else { return [] }
    let dropout = configuration.dropout.enumerated().map {
      TensorBoardScalar(tag: "dropout/\($0 + 1)", step: step, value: $1)
    }
    let rate = configuration.learningRate(step: step, stepsPerEpoch: stepsPerEpoch)
    return dropout + [TensorBoardScalar(tag: "learning_rate", step: step, value: rate)]
  }
}

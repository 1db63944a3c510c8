internal import Datasets
import Experiment
internal import Messages

/// How figures are laid out for TensorBoard.
public enum TensorBoardLayout: String, CaseIterable, Sendable {
  /// One sub-folder for each run, with every figure under its quantity and split (`loss/train`, `loss/test`, `gap`),
  /// `dropout/N` and `learning_rate` over steps: the runs lie over each other in each chart.
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
  private static func named(for task: Task.Kind) -> [(name: String, figure: Figure)] {
    switch task {
    case .classification:
      [("train_loss", .trainLoss), ("train_acc", .trainAccuracy), ("test_acc", .testAccuracy)]
    case .regression: [("train_loss", .trainLoss), ("test_loss", .testLoss)]
    }
  }
  private static let tag = "metrics"

  /// The sub-folders within a run's.
  func folders(for task: Task.Kind) -> [String] {
    switch self {
    case .runs: []
    case .scalars: Self.named(for: task).map { "\(Self.tag)_\($0.name)" }
    }
  }

  /// The place of a step on the horizontal axis.
  func abscissa(ofStep step: Int, lengths: EpochLengths) -> Int {
    switch self {
    case .runs: step
    case .scalars: Int(lengths.epochs(at: step))
    }
  }

  /// The figures of an epoch's final weights.
  func figures(of event: Positioned<EpochEvaluated>) -> [TensorBoardScalar] {
    switch self {
    case .runs:
      // The learning rate is told with the settings, wherever it changes.
      return event.metrics.all.filter { $0.figure.split != .runningTrain && $0.figure != .learningRate }.map {
        figure, value in
        let split = figure.split.map { "/\($0.titles.english)" } ?? ""
        return TensorBoardScalar(tag: figure.quantity.key + split, step: event.position.step, value: value)
      }
    case .scalars:
      let task = event.metrics.task
      return zip(folders(for: task), Self.named(for: task)).compactMap { folder, named in
        event.metrics[named.figure].map {
          TensorBoardScalar(folder: folder, tag: Self.tag, step: event.position.epoch, value: $0)
        }
      }
    }
  }

  /// The settings that can change while a run is under way, as they are after `step`.
  func settings(_ configuration: RunConfiguration, step: Int, lengths: EpochLengths) -> [TensorBoardScalar] {
    guard self == .runs else { return [] }
    let dropout = configuration.dropout.enumerated().map {
      TensorBoardScalar(tag: "dropout/\($0 + 1)", step: step, value: $1)
    }
    let rate = configuration.learningRate(step: step, lengths: lengths)
    return dropout + [TensorBoardScalar(tag: "learning_rate", step: step, value: rate)]
  }
}

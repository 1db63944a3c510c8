package import Experiment

extension Measurements {
  /// The same loss and accuracy on several splits.
  package static func alike(
    on splits: [Figure.Split] = [.runningTrain, .train, .test], loss: Double, accuracy: Double
  ) -> Measurements {
    splits.reduce(into: Measurements()) { $0.add(Measurements($1, loss: loss, accuracy: accuracy)) }
  }
}

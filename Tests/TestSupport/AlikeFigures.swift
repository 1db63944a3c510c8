package import Experiment

extension Measurements {
  /// The same loss and accuracy on several splits.
  package static func alike(
    on splits: [Figure.Split] = [.runningTrain, .train, .test], loss: Double, accuracy: Double
  ) -> Measurements {
    splits.reduce(into: Measurements()) { $0.add(Measurements($1, loss: loss, accuracy: accuracy)) }
  }
}

extension RunHistory {
  /// A history of a run whose epochs of ten steps had these accuracies, and which ended so, if it did.
  package static func scripted(_ run: Int, _ accuracies: [Double], _ reason: RunEnded.Reason? = nil) -> Self {
    let run = RunID(run)
    var session = SessionState()
    for (index, accuracy) in accuracies.enumerated() {
      session.apply(
        TrainingEvent(
          .epochEvaluated(
            EpochEvaluated(
              metrics: .alike(loss: 1 - accuracy, accuracy: accuracy), trainedSamples: 100,
              trainingSeconds: 1, evaluationSeconds: 1)),
          at: RunPosition(run: run, step: (index + 1) * 10, epoch: index + 1, batch: 10)))
    }
    let count = accuracies.count
    let end = RunPosition(run: run, step: count * 10, epoch: max(1, count), batch: 10)
    if let reason { session.apply(TrainingEvent(.runEnded(RunEnded(reason)), at: end)) }
    return session[run]
  }
}

package import Datasets
package import Experiment
import NeuralNetwork

extension SweepPlan {
  /// Updates that tell whether two machines compute the same bits.
  private static let probedSteps = 3

  /// The hash of the weights that a few steps of the first cell's first run end with on this machine.
  ///
  /// Kernels for other instruction sets, or another data set, end with others; so does a machine that computes wrongly.
  package func probe(on dataset: Dataset) -> String {
    guard let configuration = cells.first?.configuration else { return "" }
    let weights = LatestWeights()
    let plan = RunPlan(
      name: "probe", configuration: configuration, schedule: .init(stop: Self.probedSteps))
    let events = EventQueue(capacity: 64)
    let engine = TrainingEngine(
      runs: [plan], dataset: dataset, threads: 1, events: events, checkpoints: weights.sink)
    engine.start()
    engine.waitUntilEnded()
    let values = (weights.ofRuns[RunID(0)] ?? []).map { tensor in
      tensor.values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init) }
    }
    return String(SHA256.hash(values).prefix(16))
  }
}

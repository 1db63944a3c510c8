package import Experiment
package import NeuralNetwork

/// Keeps the weights of the best epoch, and tells when to give up looking for a better one.
package struct EarlyStopping: Sendable {
  /// The best epoch so far by `Figure.selection`, the earliest of equals; `nil` before the first.
  package private(set) var best: Progress.Best?
  /// That epoch's weights.
  package private(set) var weights: [NamedTensor] = []
  /// Epochs since then, or since the run went on after its end.
  private var epochsWaited = 0
  /// Whether the run is over, with the weights of the best epoch.
  package private(set) var hasEnded = false

  /// All but the weights: what a checkpoint says in few numbers.
  package struct Progress: Hashable, Sendable {
    /// The best epoch.
    package struct Best: Hashable, Sendable {
      /// Which one it is.
      package var epoch: Int
      /// Its figures.
      package var metrics: Measurements

      /// An epoch.
      package init(epoch: Int, metrics: Measurements) {
        self.epoch = epoch
        self.metrics = metrics
      }
    }

    /// The best epoch, if there is one.
    package var best: Best?
    /// Epochs waited for a better one.
    package var epochsWaited: Int
    /// Whether the run is over.
    package var hasEnded: Bool

    /// How far the search for the best epoch is.
    package init(best: Best?, epochsWaited: Int, hasEnded: Bool) {
      self.best = best
      self.epochsWaited = epochsWaited
      self.hasEnded = hasEnded
    }
  }

  init() {}

  /// Goes on where a run was left.
  package init(_ progress: Progress, weights: [NamedTensor]) {
    best = progress.best
    epochsWaited = progress.epochsWaited
    hasEnded = progress.hasEnded
    self.weights = weights
  }

  /// All but the weights.
  package var progress: Progress { Progress(best: best, epochsWaited: epochsWaited, hasEnded: hasEnded) }

  /// Takes in the end of an epoch, so many epochs after the one before; the run is over after `patience` epochs that were
  /// not better.
  mutating func record(
    _ metrics: Measurements, epoch: Int, of network: Network, patience: Int, interval: Int
  ) {
    if metrics.isBetter(than: best?.metrics) {
      best = Progress.Best(epoch: epoch, metrics: metrics)
      weights = network.stateDictionary
      epochsWaited = 0
    } else {
      epochsWaited += interval
    }
    if epochsWaited >= patience { hasEnded = true }
  }

  /// Ends the run.
  mutating func end() { hasEnded = true }

  /// Lets a run that has ended go on from the best weights, with as much patience as at its beginning.
  mutating func goOn() {
    guard hasEnded else { return }
    hasEnded = false
    epochsWaited = 0
  }
}

extension EarlyStopping.Progress {
  /// Reads the fields, and checks them.
  init(_ fields: FieldDecoder) throws {
    epochsWaited = try fields.count("epochs_waited")
    hasEnded = try fields.decode(Bool.self, forKey: "has_ended")
    guard fields.contains("best_epoch") else { return }
    best = try Best(epoch: fields.count("best_epoch"), metrics: fields.measurements())
  }

  var json: JSONObject {
    var object = JSONObject()
    object.add("epochs_waited", epochsWaited)
    object.add("has_ended", hasEnded)
    guard let best else { return object }
    object.add("best_epoch", best.epoch)
    object.add(best.metrics)
    return object
  }
}

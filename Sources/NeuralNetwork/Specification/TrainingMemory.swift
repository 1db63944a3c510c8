/// What training takes of memory.
public struct TrainingMemory: Hashable, Sendable {
  /// Samples learned from at once.
  public var batchSize: Int
  /// Threads that share the work.
  public var threads: Int
  /// Numbers that the optimiser remembers of each that is trained.
  public var remembered: Int
  /// Whether checkpoints are written.
  public var isSaved: Bool

  /// Training in such steps.
  public init(batchSize: Int, threads: Int, remembered: Int, isSaved: Bool = true) {
    self.batchSize = batchSize
    self.threads = threads
    self.remembered = remembered
    self.isSaved = isSaved
  }

  /// About how many bytes training takes beside the data, for samples of a shape that the network can read.
  ///
  /// Weights with their gradients and what the optimiser remembers, the same in a checkpoint and in the bytes of its file; a
  /// batch with gradients; what convolutions keep beside; and a pass of evaluation.
  public func bytes(of network: NetworkSpecification, input: Shape) -> Double {
    guard let estimate = try? network.estimate(for: input) else { return 0 }
    let perParameter = Double(2 + remembered + (isSaved ? 3 + 2 * remembered : 0))
    let evaluated = Double(Self.evaluatedRows(of: estimate)) * Double(estimate.numbersPerSample)
    return 4
      * (perParameter * Double(estimate.parameters)
        + Double(batchSize) * Double(network.trainingNumbers(for: input))
        + Double(network.scratch(for: input, rows: batchSize, threads: threads)) + evaluated)
  }

  /// Samples that are evaluated at once: few enough that they stay in the second-level cache.
  public static let evaluatedRows = 256

  /// Images that a network evaluates at once: no more than 32 MB, but enough for what convolutions make of the weights in each
  /// pass, up to four numbers of one, to be little beside them.
  public static func evaluatedRows(of estimate: NetworkEstimate) -> Int {
    let most = max(8_000_000, 4 * estimate.parameters)
    return max(1, min(evaluatedRows, most / max(1, estimate.numbersPerSample)))
  }
}

extension NetworkSpecification {
  /// Numbers that a sample takes in a pass of training: itself, what each layer gives with its gradient, and what layers keep.
  func trainingNumbers(for input: Shape) -> Int {
    var numbers = input.count
    var isKept = false
    forEachLayer(for: input) { layer, shape, output in
      let room = layer.room(for: shape)
      numbers += room.kept
      if !room.worksInPlace {
        numbers += 2 * output.count
      } else if isKept {
        numbers += output.count
      }
      isKept = room.keepsOutput
    }
    return numbers
  }

  /// The most numbers that a layer's loops keep beside.
  func scratch(for input: Shape, rows: Int, threads: Int) -> Int {
    var most = 0
    forEachLayer(for: input) { layer, shape, _ in
      most = max(most, layer.scratch(for: shape, rows: rows, threads: threads))
    }
    return most
  }

  /// Calls `body` with each layer, what it reads and what it gives, as far as layers can read what comes before them.
  private func forEachLayer(
    for input: Shape, _ body: (_ layer: any LayerSpecification, _ input: Shape, _ output: Shape) -> Void
  ) {
    var shape = input
    for layer in layers {
      guard let output = try? layer.output(for: shape) else { return }
      body(layer, shape, output)
      shape = output
    }
  }
}

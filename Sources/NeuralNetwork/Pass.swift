/// A pass of a batch through a network: forward in training, in evaluation or with Monte-Carlo dropout, and backward.
///
/// The memory is kept from pass to pass, so that a step of training allocates nothing.
public struct Pass: Sendable {
  /// What decides where the numbers of a layer go.
  private struct Traits: Sendable {
    let worksInPlace: Bool
    let derivesInPlace: Bool
    let keepsOutput: Bool
    let fusesDropout: Bool
    /// The activation function that follows, where the layer applies it in one go.
    let activation: Activation?

    init(_ layer: any Layer, following: (any Layer)?) {
      worksInPlace = layer.worksInPlace
      derivesInPlace = layer.derivesInPlace
      fusesDropout = layer.fusesDropout
      activation = (following as? ActivationLayer).flatMap {
        layer.fuses($0.activation) ? $0.activation : nil
      }
      keepsOutput = layer.keepsOutput || (activation != nil && layer.keepsActivated)
    }
  }

  /// The batch `[batch, …]`; fill it before each `forward`, which may change it.
  public var input: Tensor
  /// The gradient of the mean loss with respect to the output of `forwardTraining`; fill it before `backward`.
  public var outputGradient: Tensor
  // Both move into the flow and out again: what is computed there costs memory where other modules ask for it.
  private var flow: Flow
  private let traits: [Traits]
  /// The first layer that has parameters: backward ends there.
  private let firstLearning: Int
  /// Where the numbers are at present, and their gradient.
  private var place = 0
  private var gradientPlace = 0
  /// Whether backward needs the numbers as they are at present.
  private var isKept = false

  /// Room for the passes of a network.
  public init(for network: Network) {
    let shapes = [network.inputShape] + network.outputShapes
    let layers = network.layers
    traits = layers.indices.map {
      Traits(layers[$0], following: $0 + 1 < layers.count ? layers[$0 + 1] : nil)
    }
    firstLearning =
      layers.firstIndex { layer in
        var learns = false
        layer.forEachParameter { _ in learns = true }
        return learns
      } ?? layers.count
    // One more for an answer that is repeated.
    let tensors = (shapes + shapes.suffix(1)).map { Tensor(rows: 0, shape: $0) }
    input = tensors[0]
    outputGradient = tensors[tensors.count - 1]
    flow = Flow(
      values: tensors, gradients: tensors,
      workspaces: zip(layers, shapes).map { $0.makeWorkspace(input: $1) },
      routes: layers.map { _ in Flow.Route() })
  }

  /// Makes room for a batch of another size.
  public mutating func resize(rows: Int) { input.resize(rows: rows) }

  /// Whether the pass may change the numbers of the input, which it reads only otherwise.
  var changesInput: Bool { traits.first?.worksInPlace ?? false }

  /// What the network gives, `[batch, …]`: logits, before any softmax, or predicted numbers.
  public var output: Tensor { flow.values[place] }

  /// What the layer at `index` has given, and those after it that work in place have made of it.
  public func output(ofLayer index: Int) -> Tensor { flow.values[flow.routes[index].output] }
}

// MARK: - Forward

extension Pass {
  /// Computes the output with dropout off and running statistics: what a network says of samples it does not learn from.
  public mutating func forward(_ network: Network, team: ThreadTeam) {
    begin(masks: nil)
    for index in traits.indices {
      if isApplied(index) {
        skip(index)
        continue
      }
      route(index)
      network.layers[index].forward(&flow, team: team)
    }
    end()
    swap(&input, &flow.values[0])
  }

  /// Computes the output with dropout on and updates the running statistics of batch norm.
  public mutating func forwardTraining(_ network: inout Network, masks: any DropoutMasks, team: ThreadTeam) {
    forwardTraining(&network, drawing: masks, team: team)
  }

  /// The same, where masks may be missing since nothing is dropped.
  mutating func forwardTraining(
    _ network: inout Network, drawing masks: (any DropoutMasks)?, team: ThreadTeam
  ) {
    begin(masks: masks)
    for index in traits.indices where !isDone(index) {
      let isInactive = network.layers[index].dropout.map { !$0.isActive } ?? false
      if isInactive || isApplied(index) {
        skip(index)
        continue
      }
      let isKept = isKept
      route(index, keeps: isKept)
      self.isKept = traits[index].keepsOutput
      if traits[index].fusesDropout, index + 1 < traits.count,
        let dropout = network.layers[index + 1].dropout, dropout.isActive
      {
        fuse(index, with: dropout, team: team)
      }
      network.layers[index].forwardTraining(&flow, team: team)
    }
    end()
    outputGradient.resize(rows: flow.values[place].rows)
  }

  /// Computes the output of `passes` passes with fresh dropout masks, `[batch · passes, …]`, the passes of a sample one after
  /// the other: what many thinned networks say of the same samples (Gal and Ghahramani, 2016).
  ///
  /// Only dropout is as in training; batch norm uses its running statistics. What comes before the first dropout is the same in
  /// all passes and computed once. The rows are the samples called `samples`; the masks are a function of seed, sample,
  /// pass, layer and unit alone.
  public mutating func forwardMonteCarlo(
    _ network: Network, passes: Int, seed: UInt64, samples: [Int32], team: ThreadTeam
  ) {
    precondition(passes > 0, "there is at least one pass")
    precondition(samples.count == input.rows, "every row needs a sample")
    forwardMonteCarlo(
      network, drawing: MonteCarloMasks(seed: seed, samples: samples, passes: passes), times: passes,
      team: team)
  }

  /// The same with masks that are known, where each row is still to be repeated so many times.
  mutating func forwardMonteCarlo(
    _ network: Network, drawing masks: (any DropoutMasks)?, times: Int, team: ThreadTeam
  ) {
    begin(masks: masks)
    var repetitions = times
    for index in traits.indices {
      if let dropout = network.layers[index].dropout {
        guard dropout.isActive else {
          skip(index)
          continue
        }
        route(index, times: repetitions)
        repetitions = 1
      } else if network.layers[index].parts.contains(where: { $0.network.drops }) {
        route(index, times: repetitions)
        repetitions = 1
      } else if isApplied(index) {
        skip(index)
        continue
      } else {
        route(index)
      }
      network.layers[index].forwardMonteCarlo(&flow, team: team)
    }
    end(times: repetitions)
    swap(&input, &flow.values[0])
  }

  private mutating func begin(masks: (any DropoutMasks)?) {
    swap(&input, &flow.values[0])
    flow.masks = masks
    (place, gradientPlace, isKept) = (0, 0, false)
    for index in flow.routes.indices { flow.routes[index].isFused = false }
  }

  /// Gives each row of the output so many times, and in no case what is the input's.
  private mutating func end(times: Int = 1) {
    guard times > 1 || place == 0 else { return }
    let last = flow.values.count - 1
    flow.values[last].repeatRows(of: flow.values[place], times: times)
    place = last
  }

  /// Whether the layer is dropout that was computed together with the layer before it.
  private func isDone(_ index: Int) -> Bool { flow.routes[index].isFused }

  /// Whether the layer is an activation function that the layer before it applies.
  private func isApplied(_ index: Int) -> Bool { index > 0 && traits[index - 1].activation != nil }

  /// Finds the place of a layer's numbers: where they are if it works in place and nobody needs what is there, or anew, each
  /// row so many times.
  private mutating func route(_ index: Int, keeps isKept: Bool = false, times: Int = 1) {
    let worksInPlace = traits[index].worksInPlace
    let isInPlace = worksInPlace && !isKept && times == 1
    let output = isInPlace ? place : index + 1
    if !isInPlace {
      if worksInPlace {
        flow.values[output].repeatRows(of: flow.values[place], times: times)
      } else {
        flow.values[output].resize(rows: flow.values[place].rows * times)
      }
    }
    flow.layer = index
    flow.routes[index] = Flow.Route(
      input: place, output: output, inputGradient: gradientPlace,
      outputGradient: traits[index].derivesInPlace ? gradientPlace : index + 1,
      activation: traits[index].activation)
    place = output
    gradientPlace = flow.routes[index].outputGradient
  }

  /// Lets the numbers be.
  private mutating func skip(_ index: Int) {
    flow.routes[index] = Flow.Route(
      input: place, output: place, inputGradient: gradientPlace, outputGradient: gradientPlace,
      isSkipped: true)
  }

  /// Draws the factors of the dropout that follows, and makes room for what it gives.
  private mutating func fuse(_ index: Int, with dropout: Dropout, team: ThreadTeam) {
    let rows = flow.values[place].rows
    flow.routes[index].isFused = true
    flow.routes[index + 1] = Flow.Route(
      input: place, output: index + 2, inputGradient: gradientPlace, outputGradient: gradientPlace,
      isFused: true, isSkipped: true)
    flow.layer = index + 1
    dropout.drawFactors(&flow, rows: rows, team: team)
    flow.layer = index
    place = index + 2
    flow.values[place].resize(rows: rows)
    isKept = false
  }
}

// MARK: - Backward

extension Pass {
  /// Sets the gradients of all parameters from `outputGradient`, after `forwardTraining` with the same network.
  public mutating func backward(_ network: inout Network, team: ThreadTeam) {
    backward(&network, needsInputGradient: false, team: team)
  }

  /// The same, and computes the gradient of the input if that is needed.
  mutating func backward(_ network: inout Network, needsInputGradient: Bool, team: ThreadTeam) {
    swap(&outputGradient, &flow.gradients[gradientPlace])
    let first = needsInputGradient ? 0 : firstLearning
    for index in traits.indices.reversed() where index >= first && !flow.routes[index].isSkipped {
      let route = flow.routes[index]
      flow.layer = index
      flow.needsInputGradient = needsInputGradient || index > firstLearning
      if flow.needsInputGradient {
        flow.gradients[route.inputGradient].resize(rows: flow.values[route.input].rows)
      }
      network.layers[index].backward(&flow, team: team)
    }
    swap(&outputGradient, &flow.gradients[gradientPlace])
    swap(&input, &flow.values[0])
  }

  /// The gradient of the mean loss with respect to the input, after a `backward` that computes it.
  var inputGradient: Tensor { gradientPlace == 0 ? outputGradient : flow.gradients[0] }

  /// The layers in order, each with what it has given in the latest pass and, after backward, the gradient of that; a layer
  /// that is made of others follows them.
  package func outputs(of network: Network) -> [LayerOutput] {
    network.layers.enumerated().flatMap { index, layer in
      zip(layer.parts, flow.workspaces[index].parts).flatMap { $1.outputs(of: $0.network) }
        + [
          LayerOutput(
            layer: layer, output: output(ofLayer: index),
            outputGradient: gradient(ofOutputOf: index))
        ]
    }
  }

  private func gradient(ofOutputOf index: Int) -> Tensor {
    let place = flow.routes[index].outputGradient
    return place == gradientPlace ? outputGradient : flow.gradients[place]
  }
}

/// A layer, and what it did in a pass.
package struct LayerOutput {
  /// The layer.
  package let layer: any Layer
  /// What it has given.
  package let output: Tensor
  /// The gradient of the mean loss with respect to that.
  package let outputGradient: Tensor
}

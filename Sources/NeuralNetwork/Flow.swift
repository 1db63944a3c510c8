/// The numbers that flow through a network in a pass, as the layer sees them that computes at present.
///
/// Layers that work in place read and write `output`, and turn `outputGradient` into the gradient of what they read.
package struct Flow: Sendable {
  /// Where a layer finds its numbers.
  struct Route: Sendable {
    var input = 0
    var output = 0
    var inputGradient = 0
    var outputGradient = 0
    /// Whether dropout and the layer before it are computed in one go.
    var isFused = false
    /// The activation function that follows, where the layer applies it in one go.
    var activation: Activation?
    /// Whether backward has nothing to do.
    var isSkipped = false
  }

  /// Batches: that of the input at 0, then one for each layer that does not work in place.
  var values: [Tensor]
  /// The gradients of the mean loss with respect to them.
  var gradients: [Tensor]
  var workspaces: [Workspace]
  var routes: [Route]
  /// The layer that computes at present.
  var layer = 0
  /// Says what is dropped; `nil` where nothing is.
  var masks: (any DropoutMasks)?
  /// Whether anything before the layer has parameters.
  package internal(set) var needsInputGradient = false

  /// What the layer reads, `[batch, …]`.
  package var input: Tensor { values[routes[layer].input] }

  /// What the layer gives, `[batch, …]`, with as many rows as it will have.
  package var output: Tensor {
    _read { yield values[routes[layer].output] }
    _modify { yield &values[routes[layer].output] }
  }

  /// The gradient of the mean loss with respect to what the layer reads.
  package var inputGradient: Tensor {
    _read { yield gradients[routes[layer].inputGradient] }
    _modify { yield &gradients[routes[layer].inputGradient] }
  }

  /// The gradient of the mean loss with respect to what the layer has given.
  package var outputGradient: Tensor {
    _read { yield gradients[routes[layer].outputGradient] }
    _modify { yield &gradients[routes[layer].outputGradient] }
  }

  /// What the layer keeps from forward to backward.
  package var workspace: Workspace {
    _read { yield workspaces[layer] }
    _modify { yield &workspaces[layer] }
  }

  /// Lets `body` change the output and the workspace at once.
  package mutating func withOutputAndWorkspace(
    _ body: (_ output: inout Tensor, _ workspace: inout Workspace) -> Void
  ) {
    body(&values[routes[layer].output], &workspaces[layer])
  }

  /// Lets `body` change the gradient of the output and the workspace at once.
  mutating func withOutputGradientAndWorkspace(
    _ body: (_ outputGradient: inout Tensor, _ workspace: inout Workspace) -> Void
  ) {
    body(&gradients[routes[layer].outputGradient], &workspaces[layer])
  }

  /// The activation function that the layer applies to its output.
  package var activation: Activation? { routes[layer].activation }

  /// Whether the layer multiplies its output with the factors of the dropout that follows.
  package var isFused: Bool { routes[layer].isFused }

  /// The factors of the dropout that follows.
  package var factors: Tensor { workspaces[layer + 1].kept }

  /// Lets `body` change the output and set `dropped` to it times `factors`.
  package mutating func withDroppedOutput(
    _ body: (_ output: inout Tensor, _ factors: Tensor, _ dropped: inout Tensor) -> Void
  ) {
    let (output, dropped, factors) = (routes[layer].output, routes[layer + 1].output, factors)
    values.withUnsafeMutableBufferPointer { body(&$0[output], factors, &$0[dropped]) }
  }
}

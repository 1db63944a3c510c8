internal import CKernels
internal import Messages

/// Dropout (Srivastava et al., 2014): in training h' = 0 with probability p, otherwise h / (1 - p).
///
/// The scaling keeps the mean, so that evaluation uses the units as they are.
public struct Dropout: Layer, Hashable {
  /// Probability to drop a unit, in 0...1.
  public var probability: Double {
    didSet { precondition((0...1).contains(probability), "a probability lies in 0...1") }
  }
  /// Whether whole channels of an image are dropped, not single numbers (Tompson et al., 2015).
  public let dropsChannels: Bool
  /// Which random numbers are its own: 0 those of the input, n those of the first dropout after the n-th layer with
  /// weights.
  public let number: Int

  /// Dropout that drops units with the given probability.
  public init(probability: Double, dropsChannels: Bool = false, number: Int = 0) {
    precondition((0...1).contains(probability), "a probability lies in 0...1")
    self.probability = probability
    self.dropsChannels = dropsChannels
    self.number = number
  }

  /// Whether any unit is dropped; without, no random number is drawn.
  var isActive: Bool { probability > 0 }

  /// The factor of kept units: 1 / (1 - p), and 0 where none is kept.
  ///
  /// Where p is near 1, that of the probability which is really used: `threshold` / 65,536. Elsewhere the two differ by less
  /// than 1 in 10,000.
  var scale: Float {
    guard probability < 1 else { return 0 }
    let (asked, used) = (1 / (1 - probability), 65_536 / Double(65_536 - threshold))
    return Float(abs(asked / used - 1) < 1e-4 ? asked : used)
  }

  /// The random number of 16 bits from which on a unit is kept; none drops all units but p = 1.
  var threshold: UInt32 {
    probability < 1 ? min(UInt32((probability * 65_536).rounded()), 65_535) : 65_536
  }

  package var specification: any LayerSpecification {
    Specification(probability: probability, dropsChannels: dropsChannels)
  }

  package var worksInPlace: Bool { true }
  package var dropout: Dropout? {
    get { self }
    set { if let newValue { self = newValue } }
  }

  /// The factors, and those of whole channels.
  package func makeWorkspace(input: Shape) -> Workspace {
    dropsChannels ? Workspace(kept: input, scratch: .units(input.channels)) : Workspace(kept: input)
  }

  /// Nothing is dropped.
  package func forward(_ flow: inout Flow, team: ThreadTeam) {}

  package mutating func forwardTraining(_ flow: inout Flow, team: ThreadTeam) {
    forwardMonteCarlo(&flow, team: team)
  }

  package func forwardMonteCarlo(_ flow: inout Flow, team: ThreadTeam) {
    drawFactors(&flow, rows: flow.output.rows, team: team)
    let factors = flow.workspace.kept
    team.drop(&flow.output, factors: factors)
  }

  /// Draws what the layer keeps and drops of so many rows.
  func drawFactors(_ flow: inout Flow, rows: Int, team: ThreadTeam) {
    guard let masks = flow.masks else { return }
    flow.withOutputAndWorkspace { _, workspace in
      workspace.kept.resize(rows: rows)
      fill(&workspace.kept, ofChannels: &workspace.scratch, masks: masks, team: team)
    }
  }

  /// Draws factors; `ofChannels` is room for those of whole channels.
  private func fill(
    _ factors: inout Tensor, ofChannels: inout Tensor, masks: some DropoutMasks, team: ThreadTeam
  ) {
    guard dropsChannels else {
      masks.fill(&factors, dropout: self, team: team)
      return
    }
    ofChannels.resize(rows: factors.rows)
    masks.fill(&ofChannels, dropout: self, team: team)
    factors.setPixels(to: ofChannels)
  }

  package mutating func backward(_ flow: inout Flow, team: ThreadTeam) {
    let factors = flow.workspace.kept
    team.drop(&flow.outputGradient, factors: factors)
  }

  /// Inference does without.
  package func addOperators(to graph: inout OperatorGraph, input: GraphValue) -> GraphValue { input }
}

extension Dropout {
  /// Drops elements of `values` and scales the others, as a step of training does with the output of a layer.
  public func apply(to values: inout Tensor, masks: some DropoutMasks, team: ThreadTeam) {
    guard isActive else { return }
    team.drop(&values, factors: factors(rows: values.rows, shape: values.shape, masks: masks, team: team))
  }

  /// The factors of so many samples of a shape.
  package func factors(
    rows: Int, shape: Shape, masks: some DropoutMasks, team: ThreadTeam
  ) -> Tensor {
    var factors = Tensor(rows: rows, shape: shape)
    var ofChannels = Tensor(rows: 0, columns: shape.channels)
    fill(&factors, ofChannels: &ofChannels, masks: masks, team: team)
    return factors
  }

  /// What `dropout P` and `channel-dropout P` say.
  package struct Specification: LayerSpecification {
    package static let syntax = "dropout P"
    package static let syntaxOfChannels = "channel-dropout P"
    /// Probability to drop a unit, in 0...1.
    package var probability: Double
    /// Whether whole channels are dropped.
    package var dropsChannels = false

    /// A layer that drops with a probability.
    package init(probability: Double, dropsChannels: Bool = false) {
      self.probability = probability
      self.dropsChannels = dropsChannels
    }

    package init(
      _ words: inout SpecificationWords, dropsChannels: Bool = false
    ) throws(SpecificationError) {
      probability = try words.takeNumber(says("the probability", "概率"), in: 0...1)
      self.dropsChannels = dropsChannels
    }

    package var readsImages: Bool { dropsChannels }
    package var text: String {
      (dropsChannels ? "channel-dropout " : "dropout ") + spelling(of: probability)
    }

    package func output(for input: Shape) throws(SpecificationError) -> Shape {
      dropsChannels ? try input.image(of: self) : input
    }

    package var dropout: Double? {
      get { probability }
      set { if let newValue { probability = newValue } }
    }

    package func estimate(for input: Shape) -> LayerEstimate {
      LayerEstimate(operations: input.count, worksInPlace: true)
    }

    /// Nothing where nothing is dropped, and that can be changed.
    package func room(for input: Shape) -> LayerRoom { LayerRoom(worksInPlace: true, kept: input.count) }

    package func makeLayer(for input: Shape, drawing draws: inout LayerDraws) -> any Layer {
      draws.dropout(probability: probability, dropsChannels: dropsChannels)
    }
  }
}

extension Tensor {
  /// Sets every pixel of each image to what `channels` `[images, channels]` has for it.
  fileprivate mutating func setPixels(to channels: Tensor) {
    let (size, count) = (columns, channels.columns)
    elements.withUnsafeMutableBufferPointer { target in
      channels.elements.withUnsafeBufferPointer { source in
        guard let target = target.baseAddress, let source = source.baseAddress else { return }
        for row in 0..<channels.rows {
          for pixel in stride(from: row * size, to: (row + 1) * size, by: count) {
            (target + pixel).update(from: source + row * count, count: count)
          }
        }
      }
    }
  }
}

extension ThreadTeam {
  /// Multiplies with the factors of dropout; 0 where these are, even where a number overflowed.
  func drop(_ values: inout Tensor, factors: Tensor) {
    precondition(values.elements.count == factors.elements.count, "the shapes must match")
    kernels_drop(kernels, threads, values.elements.count, factors.elements, &values.elements)
  }
}

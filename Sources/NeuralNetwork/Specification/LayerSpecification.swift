/// What a layer is, without its weights: how it is spelt, what comes of a shape, what it costs.
///
/// Each kind of layer has one, listed in `LayerKind.all`.
package protocol LayerSpecification: Sendable {
  /// The words that `init` reads back, for example `linear 256`.
  var text: String { get }
  /// The probability to drop, if it is dropout.
  var dropout: Double? { get set }
  /// Whether it has weights, not only biases, scales or slopes.
  var hasWeights: Bool { get }
  /// Whether training needs at least two samples in a batch.
  var needsBatch: Bool { get }
  /// Whether it reads images, not units in a row.
  var readsImages: Bool { get }
  /// The networks that it is made of; most layers are made of none.
  var parts: [NetworkSpecification] { get set }
  /// The shape of what it gives, for samples of a shape.
  ///
  /// - Throws: `SpecificationError` if it cannot read such samples.
  func output(for input: Shape) throws(SpecificationError) -> Shape
  /// What it costs, for samples of a shape.
  func estimate(for input: Shape) -> LayerEstimate
  /// The room that it takes in a pass of training, for samples of a shape.
  func room(for input: Shape) -> LayerRoom
  /// Numbers that its loops keep beside, for so many samples of a shape and so many threads.
  func scratch(for input: Shape, rows: Int, threads: Int) -> Int
  /// The layer, with its initial weights.
  func makeLayer(for input: Shape, drawing draws: inout LayerDraws) -> any Layer
}

extension LayerSpecification {
  /// Most layers are no dropout.
  package var dropout: Double? {
    get { nil }
    set {}
  }
  /// Most layers have none.
  package var hasWeights: Bool { false }
  /// Most layers do not.
  package var needsBatch: Bool { false }
  /// Most layers read what they get.
  package var readsImages: Bool { false }
  /// Most layers are made of none.
  package var parts: [NetworkSpecification] {
    get { [] }
    set {}
  }
  /// Most layers take none but for what they give.
  package func room(for input: Shape) -> LayerRoom { LayerRoom() }
  /// Most layers keep nothing beside.
  package func scratch(for input: Shape, rows: Int, threads: Int) -> Int { 0 }
  /// Most layers leave the shape as it is.
  package func output(for input: Shape) throws(SpecificationError) -> Shape { input }
}

/// What a layer costs.
package struct LayerEstimate: Hashable, Sendable {
  /// Numbers that are trained.
  package var parameters = 0
  /// Multiplications and additions for a sample, forward.
  package var operations = 0
  /// Whether it needs no room for what it gives.
  package var worksInPlace = false
  /// Numbers that a sample needs room for within it.
  package var inner = 0
}

/// The room of a layer in a pass of training, for each sample.
package struct LayerRoom: Hashable, Sendable {
  /// Whether it changes numbers where they are.
  package var worksInPlace = false
  /// Whether what it gives may not be changed before backward.
  package var keepsOutput = false
  /// Numbers that it keeps from forward to backward.
  package var kept = 0
}

/// A kind of layer, as it can be asked for.
struct LayerKind: Sendable {
  /// The word that it begins with and what must follow, for example `linear UNITS`.
  let syntax: String
  /// Reads what follows.
  let read: @Sendable (inout SpecificationWords) throws(SpecificationError) -> any LayerSpecification

  init(
    syntax: String, shortWord: Substring? = nil,
    read: @escaping @Sendable (inout SpecificationWords) throws(SpecificationError) -> any LayerSpecification
  ) {
    self.syntax = syntax
    self.shortWord = shortWord
    self.read = read
  }

  /// The word that it begins with.
  var word: Substring { syntax.prefix { $0 != " " && $0 != "(" } }
  /// Another word for it.
  let shortWord: Substring?

  /// All kinds: a new one is a line here.
  static let all: [LayerKind] =
    [
      LayerKind(syntax: Linear.Specification.syntax) { words throws(SpecificationError) in
        try Linear.Specification(&words)
      },
      LayerKind(syntax: Convolution.Specification.syntax) { words throws(SpecificationError) in
        try Convolution.Specification(&words)
      },
      LayerKind(syntax: Residual.Specification.syntax) { words throws(SpecificationError) in
        try Residual.Specification(&words)
      },
      LayerKind(syntax: Flatten.Specification.syntax) { _ in Flatten.Specification() },
      LayerKind(syntax: BatchNorm.Specification.syntax, shortWord: "bn") { BatchNorm.Specification(&$0) },
      LayerKind(syntax: Dropout.Specification.syntax) { words throws(SpecificationError) in
        try Dropout.Specification(&words)
      },
      LayerKind(syntax: Dropout.Specification.syntaxOfChannels) { words throws(SpecificationError) in
        try Dropout.Specification(&words, dropsChannels: true)
      },
    ]
    + Pooling.Specification.Kind.allCases.map { kind in
      LayerKind(syntax: kind.syntax) { words throws(SpecificationError) in
        try Pooling.Specification(kind, &words)
      }
    }
    + Activation.allCases.map { activation in
      LayerKind(syntax: activation.rawValue) { _ in ActivationLayer.Specification(activation) }
    }
}

/// Draws the initial weights of a network's layers, and numbers its dropout, in the order in which they are asked for.
package struct LayerDraws {
  private let initialization: Initialization
  private let seed: UInt64
  /// Layers that weights were drawn for.
  private var drawn = 0
  /// Dropouts since the latest of them; before the first there is that of the input.
  private var dropouts = 1

  init(_ initialization: Initialization, seed: UInt64) {
    self.initialization = initialization
    self.seed = seed
  }

  /// A layer with weights of its own.
  package mutating func linear(inputs: Int, outputs: Int, hasBias: Bool = true) -> Linear {
    var stream = nextStream()
    return initialization.linear(inputs: inputs, outputs: outputs, hasBias: hasBias, from: &stream)
  }

  /// A convolution with weights of its own.
  mutating func convolution(_ shape: Convolution.Specification, input: Shape) -> Convolution {
    var stream = nextStream()
    return initialization.convolution(shape, input: input, from: &stream)
  }

  private mutating func nextStream() -> RandomStream {
    defer { (drawn, dropouts) = (drawn + 1, 0) }
    return RandomStream(seed: seed, purpose: .initialWeights(layer: drawn))
  }

  /// Dropout with masks of its own.
  package mutating func dropout(probability: Double, dropsChannels: Bool) -> Dropout {
    defer { dropouts += 1 }
    // A network has at most 4,001 layers.
    return Dropout(
      probability: probability, dropsChannels: dropsChannels, number: drawn | dropouts << 12)
  }
}

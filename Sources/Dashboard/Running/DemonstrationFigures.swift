import Experiment
import NeuralNetwork

extension Demonstrations {
  /// The demonstrations, computed by the layers that train.
  package static var computed: Demonstrations {
    Demonstrations(
      dropout: .computed, activations: ActivationCurve.computed, products: .computed,
      symmetry: .computed)
  }
}

extension DropoutDemonstration {
  private static let columns = 8
  private static let shownDraws = 16
  private static let mostDraws = 1024
  /// The masks are those of the first step of a run with this seed.
  private static let seed: UInt64 = 1

  /// Dropout of a matrix of the numbers 0 to 15, for each twentieth as probability.
  fileprivate static var computed: DropoutDemonstration {
    let input = (0..<2 * columns).map { Float($0) }
    let team = ThreadTeam(threads: 1)
    return DropoutDemonstration(
      columns: columns, input: input, settings: (0...20).map { setting(Double($0) / 20, input, team: team) })
  }

  /// All draws at once: in a batch of copies of the matrix, every row has a mask of its own.
  private static func setting(_ probability: Double, _ input: [Float], team: ThreadTeam) -> Setting {
    var batch = Tensor(
      rows: mostDraws * input.count / columns, columns: columns,
      elements: (0..<mostDraws).flatMap { _ in input })
    Dropout(probability: probability, number: 1).apply(
      to: &batch, masks: RandomDropoutMasks(seed: seed, step: 0), team: team)
    var sums = input.map { _ in 0.0 }
    var means: [Mean] = []
    for draw in 0..<mostDraws {
      for index in sums.indices { sums[index] += Double(batch.elements[draw * input.count + index]) }
      let count = draw + 1
      guard count & (count - 1) == 0 else { continue }
      let mean = sums.map { $0 / Double(count) }
      let squares = zip(mean, input).map { ($0 - Double($1)) * ($0 - Double($1)) }
      means.append(
        Mean(
          count: count, values: mean.map(Float.init),
          error: (squares.reduce(0, +) / Double(squares.count)).squareRoot()))
    }
    return Setting(
      probability: probability, scale: probability < 1 ? 1 / (1 - probability) : 0,
      draws: (0..<shownDraws).map { Array(batch.elements[$0 * input.count..<($0 + 1) * input.count]) },
      means: means)
  }
}

extension ActivationCurve {
  private static let reach = 6.0
  private static let step = 0.01

  /// The functions that a run can use.
  fileprivate static var computed: [ActivationCurve] {
    let count = Int((2 * reach / step).rounded())
    let arguments = (0...count).map { Double($0 - count / 2) * step }
    return Activation.allCases.map { activation in
      let (values, derivatives) = activation.valuesAndDerivatives(at: arguments.map(Float.init))
      return ActivationCurve(
        name: activation.title, formula: activation.formula, arguments: arguments,
        values: values.map(Double.init),
        derivatives: derivatives.map(Double.init))
    }
  }
}

extension MatrixProductDemonstration {
  private static let seeds: UInt64 = 200
  private static let shownSeeds = 5

  /// The book's product, for some seeds.
  fileprivate static var computed: MatrixProductDemonstration {
    let products = (1...seeds).map { RandomMatrixProduct(seed: $0) }
    return MatrixProductDemonstration(
      curves: products.prefix(shownSeeds).map(\.logarithms),
      ends: products.compactMap(\.logarithms.last),
      growth: products.map(\.growth).reduce(0, +) / Double(products.count))
  }
}

extension SymmetryDemonstration {
  private static let steps = 3

  /// A network of four alike units, with samples that are drawn.
  fileprivate static var computed: SymmetryDemonstration {
    var stream = RandomStream(seed: 1, purpose: .subset)
    let inputs = (0..<15).map { _ in Float(stream.nextNormal()) }
    let labels: [UInt8] = [0, 1, 1, 0, 1]
    let masks = [
      [true, true, false, true], [false, false, true, true], [true, true, true, false],
      [false, false, false, true],
      [true, true, false, false],
    ]
    return SymmetryDemonstration(
      outcomes: [nil, masks].map { masks in
        Outcome(
          kept: masks.map { masks in (0..<4).map { unit in masks.map { $0[unit] } } },
          weights: learn(inputs: inputs, labels: labels, masks: masks, steps: steps))
      })
  }

  /// The hidden weights of a network 3-4-2 with sigmoid, all 0.1 at first and those of the output 0.2, before the first and
  /// after each step of SGD with rate 1; biases stay 0, and units are kept with probability 0.5 by the masks of the samples.
  package static func learn(inputs: [Float], labels: [UInt8], masks: [[Bool]]?, steps: Int)
    -> [[[Float]]]
  {
    let team = ThreadTeam(threads: 1)
    let specification = NetworkSpecification(
      hiddenWidths: [4], dropout: [masks == nil ? 0 : 0.5], activation: .sigmoid, outputs: 2)
    guard
      var network = try? Network(
        specification, input: .units(3), initialization: .constant(0.1), seed: 1)
    else { return [] }
    network.updateParameters { parameter, index in
      if index == 2 { parameter.values.elements = parameter.values.elements.map { _ in 0.2 } }
    }
    var optimizer = SGD(learningRate: 1)
    var pass = Pass(for: network)
    var history = [hiddenWeights(of: network)]
    for _ in 0..<steps {
      pass.resize(rows: labels.count)
      pass.input = Tensor(rows: labels.count, columns: 3, elements: inputs)
      pass.forwardTraining(&network, masks: KnownMasks(kept: masks ?? [], scale: 2), team: team)
      SoftmaxCrossEntropy().gradient(
        logits: pass.output, labels: labels, into: &pass.outputGradient, team: team)
      pass.backward(&network, team: team)
      network.updateParameters { parameter, _ in
        if parameter.kind == .bias {
          parameter.gradient.elements = parameter.gradient.elements.map { _ in 0 }
        }
      }
      optimizer.update(&network, team: team)
      history.append(hiddenWeights(of: network))
    }
    return history
  }

  /// The weights of each hidden unit.
  private static func hiddenWeights(of network: Network) -> [[Float]] {
    guard let weights = network.parameters.first?.values else { return [] }
    return (0..<weights.columns).map { unit in
      (0..<weights.rows).map { weights.elements[$0 * weights.columns + unit] }
    }
  }
}

/// Masks that are known, a row for each sample.
private struct KnownMasks: DropoutMasks {
  let kept: [[Bool]]
  let scale: Float

  func fill(_ factors: inout Tensor, dropout: Dropout, team: ThreadTeam) {
    factors.elements = kept.flatMap { $0.map { $0 ? scale : 0 } }
  }
}

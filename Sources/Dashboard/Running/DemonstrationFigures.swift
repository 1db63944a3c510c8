import NeuralNetwork

extension Demonstrations {
  /// The demonstrations, computed by the layers that train.
  package static var computed: Demonstrations {
    Demonstrations(dropout: .computed, activations: ActivationCurve.computed)
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

internal import Experiment
internal import NeuralNetwork

extension WeightsObserved {
  private static let bins = 48
  private static let mostPictures = 16

  /// What is to be seen of the weights of a network, without biases and the parameters of batch norm.
  init(_ network: Network) {
    let weights = network.parameters.filter { $0.kind == .weight }.map(\.values)
    self.init(
      layers: weights.map { WeightObservation($0.elements, bins: Self.bins) },
      pictures: network.inputShape.isImage ? [] : weights.first.map(Self.pictures) ?? [])
  }

  /// The units of the largest norms, with the weights `[inputs, units]` of all on one scale.
  private static func pictures(_ weights: Tensor) -> [WeightPicture] {
    let units = (0..<weights.columns).map { unit in
      stride(from: unit, to: weights.elements.count, by: weights.columns).map {
        weights.elements[$0]
      }
    }
    let squares = units.map { $0.reduce(0) { $0 + Double($1) * Double($1) } }
    let order = units.indices.filter { squares[$0].isFinite }
      .sorted { squares[$0] == squares[$1] ? $0 < $1 : squares[$0] > squares[$1] }
    let chosen = order.prefix(mostPictures)
    let largest = chosen.flatMap { units[$0] }.reduce(0) { max($0, $1.magnitude) }
    return chosen.map { unit in
      WeightPicture(
        unit: unit,
        levels: units[unit].map { largest > 0 ? Int8(($0 / largest * 127).rounded()) : 0 })
    }
  }
}

extension WeightObservation {
  fileprivate init(_ weights: [Float], bins: Int) {
    let smallest = weights.min() ?? 0
    let largest = weights.max() ?? 0
    let reach = max(smallest.magnitude, largest.magnitude)
    let binsPerUnit = reach > 0 ? Float(bins) / (2 * reach) : 0
    var histogram = [Int](repeating: 0, count: bins)
    var small = 0
    for weight in weights {
      if weight.isSmallWeight { small += 1 }
      let bin = (weight + reach) * binsPerUnit
      if bin.isFinite { histogram[min(max(Int(bin), 0), bins - 1)] += 1 }
    }
    self.init(
      count: weights.count, smallShare: weights.isEmpty ? 0 : Double(small) / Double(weights.count),
      smallest: Double(smallest), largest: Double(largest), histogram: histogram)
  }
}

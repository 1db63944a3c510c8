internal import Messages

/// The weights of a network, layer by layer, because a person asked for them.
public struct WeightsObserved: Hashable, Sendable {
  /// The layers with weights, input side first.
  public var layers: [WeightObservation]
  /// Weights of the first layer's units of the largest norms, where that layer reads single pixels.
  public var pictures: [WeightPicture]

  /// What is to be seen of weights.
  public init(layers: [WeightObservation], pictures: [WeightPicture]) {
    self.layers = layers
    self.pictures = pictures
  }
}

/// The weights of one layer.
public struct WeightObservation: Hashable, Sendable {
  /// How many there are.
  public var count: Int
  /// Share of them below 0.001 in size.
  public var smallShare: Double
  /// The smallest.
  public var smallest: Double
  /// The largest.
  public var largest: Double
  /// Weights in bins of equal width from −`reach` to `reach`, the largest size of any.
  public var histogram: [Int]

  /// The largest size of a weight: where the histogram ends.
  public var reach: Double { max(abs(smallest), abs(largest)) }

  /// The weights of a layer.
  public init(count: Int, smallShare: Double, smallest: Double, largest: Double, histogram: [Int]) {
    self.count = count
    self.smallShare = smallShare
    self.smallest = smallest
    self.largest = largest
    self.histogram = histogram
  }
}

/// The weights of one unit of the first layer, as many as there are pixels.
public struct WeightPicture: Hashable, Sendable {
  /// The unit.
  public var unit: Int
  /// Each weight in 127ths of the largest size of all pictures.
  public var levels: [Int8]

  /// The weights of a unit.
  public init(unit: Int, levels: [Int8]) {
    self.unit = unit
    self.levels = levels
  }
}

extension WeightsObserved: EventDetails {
  package static var name: String { "weights_observed" }
  package static var isPassing: Bool { true }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    var list = try fields.nestedUnkeyedContainer(forKey: "layers")
    layers = []
    while !list.isAtEnd {
      try layers.append(WeightObservation(list.nestedContainer(keyedBy: Field.self)))
    }
    list = try fields.nestedUnkeyedContainer(forKey: "pictures")
    pictures = []
    while !list.isAtEnd {
      let fields = try list.nestedContainer(keyedBy: Field.self)
      let levels = try fields.named("levels") { try fields.decode([Int8].self, forKey: "levels") }
      pictures.append(WeightPicture(unit: try fields.count("unit"), levels: levels))
    }
    guard Set(pictures.map(\.levels.count)).count <= 1 else {
      throw fields.fault("pictures", says("they are of several sizes", "它们大小不一"))
    }
  }

  package func add(to object: inout JSONObject) {
    object.add("layers", layers.map(\.json))
    object.add(
      "pictures",
      pictures.map { picture in
        var object = JSONObject()
        object.add("unit", picture.unit)
        object.add("levels", picture.levels)
        return object
      })
  }
}

extension WeightObservation {
  private static let mostBins = 1024

  fileprivate init(_ fields: FieldDecoder) throws {
    count = try fields.count("count")
    smallShare = try fields.number("small_share")
    smallest = try fields.number("smallest")
    largest = try fields.number("largest")
    histogram = try fields.counts("histogram")
    guard histogram.count <= Self.mostBins else {
      throw fields.fault("histogram", says("it has too many bins", "区间太多"))
    }
  }

  fileprivate var json: JSONObject {
    var object = JSONObject()
    object.add("count", count)
    object.add("small_share", smallShare)
    object.add("smallest", smallest)
    object.add("largest", largest)
    object.add("histogram", histogram)
    return object
  }
}

/// The shape of one sample: units in a row, or channels of an image.
public enum Shape: Hashable, Sendable {
  /// `[units]`
  case units(Int)
  /// `[channels, height, width]`
  case image(channels: Int, height: Int, width: Int)

  /// How many numbers a sample has.
  public var count: Int {
    switch self {
    case .units(let units): units
    case .image(let channels, let height, let width): channels * height * width
    }
  }

  /// The size of each dimension, outermost first.
  public var dimensions: [Int] {
    switch self {
    case .units(let units): [units]
    case .image(let channels, let height, let width): [channels, height, width]
    }
  }
}

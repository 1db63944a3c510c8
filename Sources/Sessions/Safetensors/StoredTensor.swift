/// A named array of numbers as the safetensors format holds it.
public struct StoredTensor: Hashable, Sendable {
  /// The numbers, last dimension fastest.
  public enum Values: Hashable, Sendable {
    /// Single-precision numbers, `F32`.
    case float32([Float])
    /// Signed integers, `I64`.
    case int64([Int64])
    /// Unsigned integers, `U64`.
    case uint64([UInt64])

    /// How many numbers there are.
    public var count: Int {
      switch self {
      case .float32(let values): values.count
      case .int64(let values): values.count
      case .uint64(let values): values.count
      }
    }
  }

  /// The name, for example `0.weight`.
  public let name: String
  /// The size of each dimension, outermost first; empty for a single number.
  public let shape: [Int]
  /// The numbers.
  public let values: Values

  /// A tensor whose `shape` holds as many numbers as there are `values`.
  public init(_ name: String, shape: [Int], _ values: Values) {
    precondition(Self.count(of: shape) == values.count, "the shape holds the values")
    self.name = name
    self.shape = shape
    self.values = values
  }

  /// How many numbers a shape holds, or `nil` if there is no such number.
  static func count(of shape: [Int]) -> Int? {
    guard shape.allSatisfy({ $0 >= 0 }) else { return nil }
    // A size 0 makes an empty tensor, whatever the others would overflow to.
    guard !shape.contains(0) else { return 0 }
    var count = 1
    for size in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      guard !overflows else { return nil }
      count = product
    }
    return count
  }

  /// The values if they are single-precision numbers.
  public var float32: [Float]? {
    if case .float32(let values) = values { values } else { nil }
  }

  /// The values if they are signed integers.
  public var int64: [Int64]? {
    if case .int64(let values) = values { values } else { nil }
  }

  /// The values if they are unsigned integers.
  public var uint64: [UInt64]? {
    if case .uint64(let values) = values { values } else { nil }
  }
}

/// The types of number that are read and written, by their names in the format.
enum TensorType: String {
  case uint64 = "U64"
  case int64 = "I64"
  case float32 = "F32"

  init(_ values: StoredTensor.Values) {
    switch values {
    case .float32: self = .float32
    case .int64: self = .int64
    case .uint64: self = .uint64
    }
  }

  /// Bytes of one number.
  var size: Int { self == .float32 ? 4 : 8 }

  /// The place among tensors: the reference implementation writes the types in this order, so that all are aligned.
  var rank: Int {
    switch self {
    case .uint64: 0
    case .int64: 1
    case .float32: 2
    }
  }
}

extension StoredTensor {
  var type: TensorType { TensorType(values) }

  /// Bytes of all numbers.
  var byteCount: Int { values.count * type.size }
}

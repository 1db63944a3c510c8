/// A value of a figure, and when it was measured.
package struct LoggedPoint: Sendable {
  /// The place on the horizontal axis, as its writer counts.
  package var step: Double
  /// Seconds, since 1970 or whatever its writer counts from; NaN where that is not told.
  package var time: Double
  package var value: Double

  /// From here on not every whole number is one of these: a step would be another one.
  static let firstRounded = 0x1p53

  package init(step: Double, time: Double = .nan, value: Double) {
    (self.step, self.time, self.value) = (step, time, value)
  }
}

/// A figure of a run over its steps, in bounded memory.
///
/// Points that follow each other are gathered in buckets, which keep the lowest and the highest; when there are too many
/// buckets, neighbours are merged.
package struct LoggedFigure: Sendable {
  /// Some points that follow each other.
  private struct Bucket {
    var count: Int
    /// Of the finite values; `nil` where there are none.
    var low: LoggedPoint?
    var high: LoggedPoint?
    /// The first value that is not finite.
    var gap: LoggedPoint?

    init(_ point: LoggedPoint) {
      count = 1
      if point.value.isFinite { (low, high) = (point, point) } else { gap = point }
    }

    mutating func merge(_ other: Bucket) {
      count += other.count
      if let new = other.low, new.value < low?.value ?? .infinity { low = new }
      if let new = other.high, new.value > high?.value ?? -.infinity { high = new }
      gap = gap ?? other.gap
    }

    /// The points by their steps; a value that is the lowest and the highest stands once.
    var points: [LoggedPoint] {
      var points = [low, gap].compactMap(\.self)
      if let high, count > 1, high.step != low?.step || high.value != low?.value { points.append(high) }
      return points.count < 2 ? points : points.sorted { $0.step < $1.step }
    }
  }

  /// As many as any screen has columns of dots, and some to look closer at.
  private static let capacity = 2048

  /// Its name: TensorBoard's tag, a column's heading, the keys of nested objects with slashes between them.
  package let name: String
  private var buckets: [Bucket] = []
  private var pointsPerBucket = 1
  private var hasOrder = true
  /// The file of its run, from 0, that told the latest point.
  private var part = 0
  /// How many points there are.
  package private(set) var count = 0
  /// How many of them are NaN or infinite.
  package private(set) var nonFiniteCount = 0
  /// The latest point.
  package private(set) var last: LoggedPoint?

  init(name: String) {
    self.name = name
  }

  /// What is strange about a point.
  enum Order {
    case next, back
    /// A later file of the run begins anew before the end of the earlier ones.
    case restart
  }

  /// Takes in a point from the file `part` of the run; a restart takes back what was told of its step and later ones.
  mutating func add(_ point: LoggedPoint, part: Int) -> Order {
    var order = Order.next
    if let last, point.step < last.step || point.step == last.step && part > self.part {
      order = part > self.part ? .restart : .back
      if order == .restart { takeBack(from: point.step) } else { hasOrder = false }
    }
    self.part = part
    count += 1
    if !point.value.isFinite { nonFiniteCount += 1 }
    last = point
    let bucket = Bucket(point)
    if let index = buckets.indices.last, buckets[index].count < pointsPerBucket {
      buckets[index].merge(bucket)
    } else {
      if buckets.count == Self.capacity { halve() }
      buckets.append(bucket)
    }
    return order
  }

  /// Forgets the points at `step` and later ones.
  mutating func takeBack(from step: Double) {
    guard buckets.contains(where: { bucket in bucket.points.contains { $0.step >= step } }) else { return }
    let kept = buckets.compactMap { bucket -> Bucket? in
      let points = bucket.points.filter { $0.step < step }
      guard points.count < bucket.points.count else { return bucket }
      guard var kept = points.first.map(Bucket.init) else { return nil }
      for point in points.dropFirst() { kept.merge(Bucket(point)) }
      return kept
    }
    buckets = kept
    count = kept.reduce(0) { $0 + $1.count }
    nonFiniteCount = kept.count { $0.gap != nil }
    last = points.last
  }

  private mutating func halve() {
    pointsPerBucket *= 2
    buckets = stride(from: 0, to: buckets.count, by: 2).map { index in
      var bucket = buckets[index]
      if index + 1 < buckets.count { bucket.merge(buckets[index + 1]) }
      return bucket
    }
  }

  /// The points by their steps; of very many the lowest and the highest of some neighbours each.
  package var points: [LoggedPoint] {
    let points = buckets.flatMap(\.points)
    return hasOrder ? points : points.sorted { $0.step < $1.step }
  }

  /// The point with the lowest value.
  package var lowest: LoggedPoint? { buckets.compactMap(\.low).min { $0.value < $1.value } }
  /// The point with the highest value.
  package var highest: LoggedPoint? { buckets.compactMap(\.high).max { $0.value < $1.value } }
}

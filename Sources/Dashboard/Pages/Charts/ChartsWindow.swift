/// The part of the runs that the charts show, and where their curves are read, in epochs.
struct ChartsWindow: Hashable {
  /// The part that is shown; `nil` for all.
  private(set) var zoom: ClosedRange<Double>?
  /// Where the values are read.
  private(set) var cursor: Double?

  /// How many times wider than the data the charts are, so that the names at the ends of the curves have a place.
  private static let room = 1.2
  private static let narrowest = 0.02

  /// What is shown of runs that have reached an epoch: without zoom all of them, and about a fifth more.
  func shown(of reached: Double) -> ClosedRange<Double> { zoom ?? 0...Self.room(for: reached) }

  /// A round number of epochs that leaves room beside the data, so that the axis stands still while they grow into it.
  private static func room(for reached: Double) -> Double {
    guard reached > 0 else { return 1 }
    var magnitude = 0.001
    while true {
      for factor in [1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8]
      where factor * magnitude >= room * reached {
        return factor * magnitude
      }
      magnitude *= 10
    }
  }

  /// Zooms about the cursor, or what has come last.
  mutating func zoom(by factor: Double, in reached: Double) {
    let whole = Self.room(for: reached)
    let shown = shown(of: reached)
    let width = (shown.upperBound - shown.lowerBound) * factor
    guard width < whole * 0.999 else {
      zoom = nil
      return
    }
    let lower = cursor.map { $0 - width / 2 } ?? reached - width / Self.room
    if width >= Self.narrowest { zoom = Self.clamped(lower, width: width, to: whole) }
  }

  /// Moves the part that is shown by a share of its width.
  mutating func pan(by share: Double, in reached: Double) {
    guard let shown = zoom else { return }
    let width = shown.upperBound - shown.lowerBound
    zoom = Self.clamped(shown.lowerBound + share * width, width: width, to: Self.room(for: reached))
  }

  private static func clamped(_ lower: Double, width: Double, to whole: Double) -> ClosedRange<Double> {
    let lower = min(max(0, lower), max(0, whole - width))
    return lower...lower + width
  }

  /// Moves the cursor by fortieths of what is shown; the first time it comes from the end.
  mutating func moveCursor(by steps: Int, in reached: Double) {
    let shown = shown(of: reached)
    let end = max(shown.lowerBound, min(reached, shown.upperBound))
    let stride = (shown.upperBound - shown.lowerBound) / 40
    cursor = min(max((cursor ?? end) + Double(steps) * stride, shown.lowerBound), end)
  }

  /// Reads the values at a place.
  mutating func read(at place: Double) { cursor = place }

  /// Whether `goBack` has something to take back.
  var isChanged: Bool { cursor != nil || zoom != nil }

  /// Hides the cursor, or else shows all; whether there was something to take back.
  mutating func goBack() -> Bool {
    if cursor != nil {
      cursor = nil
    } else if zoom != nil {
      zoom = nil
    } else {
      return false
    }
    return true
  }
}

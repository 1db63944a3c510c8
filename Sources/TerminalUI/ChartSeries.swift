/// A line of a chart.
public struct ChartSeries: Hashable, Sendable {
  /// A point; one that is not finite is a gap.
  public struct Point: Hashable, Sendable {
    /// Place on the horizontal axis.
    public var x: Double
    /// Value.
    public var y: Double

    /// A point.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// What the line shows, for the legend.
  public var label: String
  /// The same in more words, for a legend that has room for them.
  public var longLabel: String
  /// Stands for the line in the legend, at its end, and where there are no dots to draw with.
  public var mark: Character
  /// The line's look.
  public var style: Style
  /// Whether the line is broken, to tell it from another one of its colour.
  public var isDashed: Bool
  /// The distance of the line's dots, to tell it from others of its colour or where there are no colours.
  public var spacing = 1
  /// The point to be marked as the best one.
  public var best: Point?
  /// The points, by increasing x.
  public var points: [Point]

  /// A line.
  public init(
    label: String, longLabel: String? = nil, mark: Character, style: Style, isDashed: Bool = false,
    points: [Point]
  ) {
    self.label = label
    self.longLabel = longLabel ?? label
    self.mark = mark
    self.style = style
    self.isDashed = isDashed
    self.points = points
  }

  /// The value at a place: that of the last point that is not beyond it; `nil` where the line does not reach.
  ///
  /// A line that has more to come than points, since they lie at the ends of epochs, reaches up to `end`.
  public func value(at x: Double, end: Double) -> Double? {
    x > end ? nil : points.last { $0.x <= x }?.y
  }
}

/// A place on the horizontal axis at which something happened.
public struct ChartMark: Hashable, Sendable {
  /// The place.
  public var x: Double
  /// What happened.
  public var label: String
  /// Whether the label is one character, that stands on the line for words that are elsewhere.
  public var isNumbered: Bool
  /// The look of the line.
  public var style: Style

  /// A mark.
  public init(x: Double, label: String, isNumbered: Bool = false, style: Style) {
    self.x = x
    self.label = label
    self.isNumbered = isNumbered
    self.style = style
  }
}

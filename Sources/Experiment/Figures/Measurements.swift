public import Datasets

/// What was measured of a run at the end of an epoch: numbers by figure, which of a run that diverged need not be finite.
public struct Measurements: Hashable, Sendable {
  /// By the places of the figures in `Figure.all`; empty or as many as there are figures.
  private var values: [Double] = []
  /// A bit for each figure that was measured.
  private var measured: UInt64 = 0

  private static let places = Dictionary(
    uniqueKeysWithValues: Figure.all.enumerated().map { ($1.key, $0) })

  /// Nothing.
  public init() {}

  /// Mean loss and, where there are classes, share of correct answers over the samples of a split.
  public init(_ split: Figure.Split, loss: Double, accuracy: Double?) {
    for figure in Figure.all where figure.split == split {
      if figure.quantity == .loss { self[figure] = loss }
      if figure.quantity == .accuracy { self[figure] = accuracy }
    }
  }

  /// The value of a figure; `nil` if it was not measured.
  ///
  /// One that is made from others cannot be set.
  public subscript(figure: Figure) -> Double? {
    get { figure.derivation.map { $0(self) } ?? value(of: figure) }
    set { if let place = Self.places[figure.key] { set(newValue, ofFigureAt: place) } }
  }

  private func value(of figure: Figure) -> Double? {
    guard let place = Self.places[figure.key], measured >> place & 1 == 1 else { return nil }
    return values[place]
  }

  /// Sets the value of the figure at a place of `Figure.all`, unless it is made from others.
  package mutating func set(_ value: Double?, ofFigureAt place: Int) {
    guard !Self.areDerived[place], value != nil || !values.isEmpty else { return }
    if values.isEmpty { values = Array(repeating: 0, count: Self.areDerived.count) }
    values[place] = value ?? 0
    measured = value == nil ? measured & ~(1 << place) : measured | 1 << place
    if measured == 0 { values = [] }
  }

  private static let areDerived = {
    precondition(Figure.all.count <= UInt64.bitWidth, "a bit tells of each figure whether it was measured")
    return Figure.all.map { $0.derivation != nil }
  }()

  /// What was learned: a regression has no accuracy.
  public var task: Task.Kind {
    value(of: .testAccuracy) == nil && value(of: .testLoss) != nil ? .regression : .classification
  }

  /// The figures that were measured with their values, in the order of `Figure.all`.
  public var all: [(figure: Figure, value: Double)] {
    Figure.all.compactMap { figure in self[figure].map { (figure, $0) } }
  }

  /// Adds what else was measured.
  public mutating func add(_ others: Measurements) {
    for place in others.values.indices where others.measured >> place & 1 == 1 {
      set(others.values[place], ofFigureAt: place)
    }
  }
}

extension Measurements: ExpressibleByDictionaryLiteral {
  /// Values by figure.
  public init(dictionaryLiteral elements: (Figure, Double)...) {
    for (figure, value) in elements { self[figure] = value }
  }
}

extension Measurements {
  /// The figure that the best epoch is chosen by, and its value: that of the images held out, where some are.
  public var selection: (figure: Figure, value: Double)? {
    let task = task
    let figure = Figure.selection(
      isValidated: self[.selection(isValidated: true, for: task)] != nil, for: task)
    return self[figure].map { (figure, $0) }
  }

  /// Whether an epoch with these figures is better than one with the `others`, or is the first that can be the best.
  public func isBetter(than others: Measurements?) -> Bool {
    guard let (figure, value) = selection, !value.isNaN else { return false }
    guard let other = others?.selection else { return true }
    return figure.isBetter(value, than: other.value)
  }
}

extension JSONObject {
  /// Adds the figures that were measured, under their keys.
  package mutating func add(_ measured: Measurements, prefix: String = "") {
    for (figure, value) in measured.all { add(prefix + figure.key, value) }
  }
}

extension FieldDecoder {
  /// Reads the figures that are there, at least that which is meant by a run's result if it is required.
  package func measurements(requiringResult: Bool = false) throws -> Measurements {
    var measured = Measurements()
    for figure in Figure.all {
      let field = Field(stringValue: figure.key)
      if contains(field) { measured[figure] = try number(field) }
    }
    if requiringResult, measured[.selection(isValidated: false, for: measured.task)] == nil {
      _ = try number(Field(stringValue: Figure.selection(isValidated: false).key))
    }
    return measured
  }
}

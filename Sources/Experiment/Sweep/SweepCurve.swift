internal import Datasets
internal import Messages
internal import NeuralNetwork

/// A sweep over one setting with numbers, or over the size of a network, as curves: figures of one quantity, with what chance
/// leaves open.
public struct SweepCurve: Hashable, Sendable {
  /// What was measured in a cell.
  public struct Point: Hashable, Sendable {
    /// Its place across: the setting's value, or how many parameters its network has.
    public let x: Double
    /// The cell.
    public let cell: Int
    /// The mean over the seeds.
    public let mean: Double
    /// Where the true mean lies with a confidence of 95 %; `nil` for one seed.
    public let interval: ClosedRange<Double>?
  }

  /// A figure over all cells that have it, by increasing place.
  public struct Line: Hashable, Sendable {
    /// The figure; of an accuracy the points tell the errors, 1 minus it.
    public let figure: Figure
    /// The points.
    public let points: [Point]
  }

  /// What is measured.
  public let quantity: Quantity
  /// The lines, in the order of the splits: that of the test set is the last one.
  public let lines: [Line]
  /// What lies across.
  public let unit: String
  /// From the lowest to the highest place of a cell.
  public let range: ClosedRange<Double>
  /// The place of each cell.
  public let places: [Double]

  /// The share of errors is told instead of that of right answers: a curve of losses and one of errors read alike.
  public var tellsErrors: Bool { quantity == .accuracy }

  /// Whether places lie so far apart that a logarithmic axis shows them best.
  public var isLogarithmic: Bool { range.lowerBound > 0 && range.upperBound / range.lowerBound >= 8 }

  /// Whether networks of several sizes lie across.
  public let isOfSizes: Bool

  /// The curves of the figures that have a figure's quantity; `nil` for a sweep over several settings or over one whose
  /// values are no numbers.
  public init?(_ progress: SweepProgress, of figure: Figure) {
    let plan = progress.plan
    guard plan.axes.count == 1, let setting = plan.axes[0].setting else { return nil }
    let isOfSizes = [.hidden, .network].contains(setting)
    let places = plan.cells.compactMap { cell in
      isOfSizes
        ? cell.configuration.networkEstimate.map { Double($0.parameters) }
        : cell.values.first.flatMap { Double(decimal: $0) }
    }
    guard places.count == plan.cells.count, let lowest = places.min(), let highest = places.max(),
      lowest < highest, places.allSatisfy(\.isFinite)
    else { return nil }
    self.places = places
    range = lowest...highest
    quantity = figure.quantity
    unit = isOfSizes ? says("parameters", "参数") : setting.key
    self.isOfSizes = isOfSizes
    let isError = figure.quantity == .accuracy
    let cells = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
    lines = quantity.figures.filter { $0.split != .runningTrain }.compactMap { figure in
      let points = cells.compactMap { cell -> Point? in
        let values = progress.results(of: cell).compactMap { $0.metrics?[figure] }
        guard let statistics = SampleStatistics(isError ? values.map { 1 - $0 } : values) else { return nil }
        return Point(
          x: places[cell], cell: cell, mean: statistics.mean, interval: statistics.interval)
      }
      return points.isEmpty ? nil : Line(figure: figure, points: points)
    }
  }
}

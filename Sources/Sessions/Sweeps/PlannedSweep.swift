public import Datasets
public import Experiment

/// What was asked for, and the cells and seeds that follow from it on a data set.
public struct PlannedSweep: Hashable, Sendable {
  /// What can be asked for.
  public enum Request: Hashable, Sendable {
    /// Every combination of lists, as they were given.
    case lists(SweepSpecification)
    /// Sides with several seeds each.
    case sides(SweepSides)
  }

  /// What was asked for.
  public let request: Request
  /// Images of the training set.
  public let trainingImages: Int
  /// The cells and seeds.
  public let plan: SweepPlan

  /// What follows from a request.
  ///
  /// - Throws: `ConfigurationError` if no run can have the settings of a cell.
  public init(
    _ request: Request, of description: DatasetDescription, trainingImages: Int
  ) throws(ConfigurationError) {
    self.request = request
    self.trainingImages = trainingImages
    plan =
      switch request {
      case .lists(let lists): try lists.plan(for: description, trainingImages: trainingImages)
      case .sides(let sides): try sides.plan(trainingImages: trainingImages)
      }
  }

  /// What follows from lists.
  ///
  /// - Throws: `ConfigurationError` if no run can have the settings of a cell.
  public init(
    _ specification: SweepSpecification, of description: DatasetDescription, trainingImages: Int
  ) throws(ConfigurationError) {
    try self.init(.lists(specification), of: description, trainingImages: trainingImages)
  }

  /// What follows from lists that a person has typed, with what only the data tell.
  ///
  /// - Throws: `ConfigurationError` if no run can have the settings of a cell.
  public init(_ specification: SweepSpecification, on dataset: Dataset) throws(ConfigurationError) {
    try self.init(
      specification.known(from: dataset), of: dataset.description, trainingImages: dataset.train.count)
  }
}

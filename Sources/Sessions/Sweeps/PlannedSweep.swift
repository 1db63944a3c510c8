public import Datasets
public import Experiment

/// Lists that were asked for, and the cells and seeds that follow from them on a data set.
public struct PlannedSweep: Hashable, Sendable {
  /// The lists, as they were given.
  public let specification: SweepSpecification
  /// Images of the training set.
  public let trainingImages: Int
  /// The cells and seeds.
  public let plan: SweepPlan

  /// What follows from lists.
  ///
  /// - Throws: `ConfigurationError` if no run can have the settings of a cell.
  public init(
    _ specification: SweepSpecification, of description: DatasetDescription, trainingImages: Int
  ) throws(ConfigurationError) {
    self.specification = specification
    self.trainingImages = trainingImages
    plan = try specification.plan(for: description, trainingImages: trainingImages)
  }

  /// What follows from lists that a person has typed, with what only the data tell.
  ///
  /// - Throws: `ConfigurationError` if no run can have the settings of a cell.
  public init(_ specification: SweepSpecification, on dataset: Dataset) throws(ConfigurationError) {
    try self.init(
      specification.known(from: dataset), of: dataset.description, trainingImages: dataset.train.count)
  }
}

public import TrainingEvents

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What a sweep was asked to do and with what: the contents of `sweep.json`.
public struct SweepRecord: Hashable, Sendable {
  /// The newest format that this version of the program knows.
  public static let format = 1

  /// The version of the program.
  public var programVersion: String
  /// When the sweep began, in whole seconds.
  public var created: Date
  /// What computes.
  public var machine: Machine
  /// The matrix kernels in use, such as `avx2`.
  public var kernels: String
  /// The data.
  public var dataSource: RunRecord.DataSource
  /// The cells and seeds.
  public var plan: SweepPlan

  /// A sweep's description.
  public init(
    programVersion: String, created: Date, machine: Machine, kernels: String,
    dataSource: RunRecord.DataSource, plan: SweepPlan
  ) {
    self.programVersion = programVersion
    self.created = Date(timeIntervalSince1970: created.timeIntervalSince1970.rounded(.down))
    self.machine = machine
    self.kernels = kernels
    self.dataSource = dataSource
    self.plan = plan
  }

  /// The contents of a folder's `sweep.json`.
  ///
  /// - Throws: `RunLogError` if it is missing, invalid, or of a newer format.
  public init(readFrom folder: SweepFolder) throws(RunLogError) {
    self = try JSONText.read(SweepRecord.self, path: folder.record)
  }
}

extension SweepRecord: Codable, FormattedRecord {
  /// Writes the fields of `sweep.json`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Field.self)
    try fields.encode(Self.format, forKey: .format)
    try fields.encode(programVersion, forKey: "version")
    try fields.encode(created, forKey: "created")
    try fields.encode(machine, forKey: "machine")
    try fields.encode(kernels, forKey: "kernels")
    try fields.encode(dataSource.place, forKey: "data_source")
    try fields.encode(dataSource.directory, forKey: "data_directory")
    try fields.encode(dataSource.files, forKey: "data_files")
    try fields.encode(plan.axes, forKey: "axes")
    try fields.encode(plan.seeds, forKey: "seeds")
    var cells = fields.nestedUnkeyedContainer(forKey: "cells")
    for cell in plan.cells {
      var fields = cells.nestedContainer(keyedBy: Field.self)
      try fields.encode(cell.values, forKey: "values")
      try RecordedSettings.encode(cell.configuration, into: &fields)
    }
  }

  /// Reads the fields of `sweep.json`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    programVersion = try fields.decode(String.self, forKey: "version")
    created = try fields.decode(Date.self, forKey: "created")
    machine = try fields.decode(Machine.self, forKey: "machine")
    kernels = try fields.decode(String.self, forKey: "kernels")
    dataSource = try RunRecord.DataSource(
      place: fields.decode(String.self, forKey: "data_source"),
      directory: fields.decode(String.self, forKey: "data_directory"),
      files: fields.decode([RunRecord.DataSource.File].self, forKey: "data_files"))
    let axes = try fields.decode([SweepAxis].self, forKey: "axes")
    let seeds = try fields.decode(Int.self, forKey: "seeds")
    var list = try fields.nestedUnkeyedContainer(forKey: "cells")
    var cells: [SweepCell] = []
    while !list.isAtEnd {
      let fields = try list.nestedContainer(keyedBy: Field.self)
      try cells.append(
        SweepCell(
          values: fields.decode([String].self, forKey: "values"),
          configuration: RecordedSettings.decode(fields)))
    }
    guard (1...SweepPlan.mostRuns).contains(seeds) else {
      throw fields.fault("seeds", "\(seeds) is out of range")
    }
    guard cells.map(\.values) == Self.combinations(axes), cells.count * seeds <= SweepPlan.mostRuns else {
      throw fields.fault("cells", "they are not the combinations of the axes")
    }
    plan = SweepPlan(axes: axes, cells: cells, seeds: seeds)
  }

  private static func combinations(_ axes: [SweepAxis]) -> [[String]]? {
    var combinations: [[String]] = [[]]
    for axis in axes {
      guard !axis.values.isEmpty, combinations.count * axis.values.count <= SweepPlan.mostRuns else {
        return nil
      }
      combinations = combinations.flatMap { values in axis.values.map { values + [$0] } }
    }
    return combinations
  }
}

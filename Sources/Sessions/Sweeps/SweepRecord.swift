public import Experiment

/// What a sweep was asked to do and with what: the contents of `sweep.json`.
public struct SweepRecord: Hashable, Sendable {
  /// The newest format that this version of the program knows.
  public static let format = 1

  /// When, by which program, on which machine and with which data.
  public var provenance: Provenance
  /// The cells and seeds.
  public var plan: SweepPlan

  /// A sweep's description.
  public init(provenance: Provenance, plan: SweepPlan) {
    self.provenance = provenance
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
    try provenance.encode(into: &fields)
    try fields.encode(plan.axes, forKey: "axes")
    try fields.encode(plan.seeds, forKey: "seeds")
    var cells = fields.nestedUnkeyedContainer(forKey: "cells")
    for cell in plan.cells {
      var fields = cells.nestedContainer(keyedBy: Field.self)
      try fields.encode(cell.values, forKey: "values")
      try fields.encode(cell.configuration)
    }
  }

  /// Reads the fields of `sweep.json`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    provenance = try Provenance(fields)
    let axes = try fields.decode([SweepAxis].self, forKey: "axes")
    let seeds = try fields.decode(Int.self, forKey: "seeds")
    var list = try fields.nestedUnkeyedContainer(forKey: "cells")
    var cells: [SweepCell] = []
    while !list.isAtEnd {
      let fields = try list.nestedContainer(keyedBy: Field.self)
      try cells.append(
        SweepCell(
          values: fields.decode([String].self, forKey: "values"),
          configuration: fields.configuration()))
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

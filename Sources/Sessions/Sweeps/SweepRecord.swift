public import Experiment

/// What a sweep was asked to do and with what: the contents of `sweep.json`.
public struct SweepRecord: Hashable, Sendable {
  /// The format that this version of the program writes and reads.
  public static let format = 2

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
  /// - Throws: `RunLogError` if it is missing, invalid, or of another format.
  public init(readFrom folder: SweepFolder) throws(RunLogError) {
    self = try JSONText.read(SweepRecord.self, path: folder.record)
  }
}

extension SweepRecord: FormattedRecord {
  /// The contents of `sweep.json`.
  var json: JSONObject {
    var object = Self.formatted
    provenance.add(to: &object)
    object.add(
      "axes",
      plan.axes.map { axis in
        var object = JSONObject()
        object.add("setting", axis.setting.key)
        object.add("values", axis.values)
        return object
      })
    object.add("seeds", plan.seeds)
    object.add(
      "cells",
      plan.cells.map { cell in
        var object = JSONObject()
        object.add("values", cell.values)
        object.add(cell.configuration)
        return object
      })
    return object
  }

  /// Reads the fields of `sweep.json`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    provenance = try Provenance(fields)
    let axes = try Self.axes(fields)
    let seeds = try fields.decode(Int.self, forKey: "seeds")
    var list = try fields.nestedUnkeyedContainer(forKey: "cells")
    var cells: [SweepCell] = []
    while !list.isAtEnd {
      guard cells.count < SweepPlan.mostRuns else { throw fields.fault("cells", "there are too many") }
      let fields = try list.nestedContainer(keyedBy: Field.self)
      try cells.append(
        SweepCell(
          values: fields.decode([String].self, forKey: "values"),
          configuration: RunConfiguration(fields)))
    }
    guard (1...SweepPlan.mostRuns).contains(seeds) else {
      throw fields.fault("seeds", "\(seeds) is out of range")
    }
    guard cells.map(\.values) == Self.combinations(axes), cells.count * seeds <= SweepPlan.mostRuns else {
      throw fields.fault("cells", "they are not the combinations of the axes")
    }
    plan = SweepPlan(axes: axes, cells: cells, seeds: seeds)
  }

  private static func axes(_ fields: FieldDecoder) throws -> [SweepAxis] {
    var list = try fields.nestedUnkeyedContainer(forKey: "axes")
    var axes: [SweepAxis] = []
    while !list.isAtEnd {
      guard axes.count < Setting.allCases.count else { throw fields.fault("axes", "there are too many") }
      let fields = try list.nestedContainer(keyedBy: Field.self)
      let text = try fields.decode(String.self, forKey: "setting")
      guard let setting = Setting(key: text) else {
        throw fields.fault("setting", "'\(text)' is not known")
      }
      try axes.append(SweepAxis(setting, values: fields.decode([String].self, forKey: "values")))
    }
    return axes
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

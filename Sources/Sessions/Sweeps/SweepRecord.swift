internal import Datasets
public import Experiment
internal import Messages

/// What a sweep was asked to do and with what: the contents of `sweep.json`, which is written once.
///
/// It holds the lists and not the cells, so that it is small whatever they come to.
public struct SweepRecord: Hashable, Sendable {
  /// The format that this version of the program writes and reads.
  public static let format = 3

  /// When, by which program, on which machine and with which data.
  public let provenance: Provenance
  /// What was asked for, and what follows from it.
  public let sweep: PlannedSweep
  /// In how many parts workers share the runs, where none says another number.
  public let shards: Int
  /// What a few steps of the first cell end with: the bits that every machine has to come to.
  public let probe: String

  /// The cells and seeds.
  public var plan: SweepPlan { sweep.plan }
  /// Images of the training set.
  public var trainingImages: Int { sweep.trainingImages }

  /// A sweep's description.
  public init(_ sweep: PlannedSweep, provenance: Provenance, shards: Int = 1, probe: String) {
    self.sweep = sweep
    self.provenance = provenance
    self.shards = shards
    self.probe = probe
  }

  /// The contents of a folder's `sweep.json`.
  ///
  /// - Throws: `RunLogError` if it is missing, invalid, or of another format.
  public init(readFrom folder: SweepFolder) throws(RunLogError) {
    self = try JSONText.read(SweepRecord.self, path: folder.record)
  }
}

extension SweepRecord {
  /// By what logs know the sweep that they belong to.
  var identity: String { String(SHA256.hash(Array(json.file.utf8)).prefix(16)) }
}

extension SweepRecord: FormattedRecord {
  /// The contents of `sweep.json`.
  var json: JSONObject {
    var object = Self.formatted
    provenance.add(to: &object)
    object.add("training_images", trainingImages)
    switch sweep.request {
    case .lists(let lists):
      object.add(
        "settings",
        (lists.axes + lists.fixed).map { axis in
          var object = JSONObject()
          object.add("setting", axis.setting.key)
          object.add("values", axis.values)
          return object
        })
    case .sides(let sides):
      object.add(
        "sides",
        sides.sides.map { side in
          var object = JSONObject()
          object.add("name", side.name)
          object.add(side.configuration)
          return object
        })
    }
    object.add("seeds", plan.seeds)
    if case .lists(let lists) = sweep.request, let steps = lists.steps {
      object.add("steps", steps)
    }
    object.add("shards", shards)
    object.add("probe", probe)
    if case .lists = sweep.request, let first = plan.cells.first {
      var cell = JSONObject()
      cell.add(first.configuration)
      object.add("first_cell", cell)
    }
    return object
  }

  /// Reads the fields of `sweep.json`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    let seeds = try fields.count("seeds")
    let shards = try fields.count("shards", upTo: SweepPlan.mostRuns)
    guard shards > 0 else { throw fields.fault("shards", says("there is none", "一个也没有")) }
    let hasSides = fields.contains("sides")
    let first =
      hasSides ? nil : try RunConfiguration(fields.nestedContainer(keyedBy: Field.self, forKey: "first_cell"))
    do {
      let request: PlannedSweep.Request =
        hasSides
        ? try .sides(SweepSides(Self.sides(fields), seeds: seeds))
        : try .lists(
          SweepSpecification(
            Self.lists(fields), seeds: seeds,
            steps: fields.contains("steps") ? try fields.count("steps") : nil))
      try self.init(
        PlannedSweep(
          request, of: first?.dataset ?? .usual, trainingImages: fields.count("training_images")),
        provenance: Provenance(fields), shards: shards, probe: fields.decode(String.self, forKey: "probe"))
    } catch let error as ConfigurationError {
      throw fields.fault(hasSides ? "sides" : "settings", error.description)
    }
    // A version with other defaults would train something else under the same lists.
    guard first == nil || plan.cells.first?.configuration == first else {
      throw fields.fault(
        "first_cell",
        says(
          "these are not the settings that the lists mean to this version of the program, \(provenance.programVersion) wrote them",
          "这些不是本版本程序按列表得出的设置，它们由 \(provenance.programVersion) 写成")
      )
    }
  }

  private static func sides(_ fields: FieldDecoder) throws -> [SweepSides.Side] {
    var list = try fields.nestedUnkeyedContainer(forKey: "sides")
    var sides: [SweepSides.Side] = []
    while !list.isAtEnd {
      guard sides.count < RunID.largestCount else {
        throw fields.fault("sides", says("there are too many", "太多了"))
      }
      let fields = try list.nestedContainer(keyedBy: Field.self)
      try sides.append(
        SweepSides.Side(
          name: fields.decode(String.self, forKey: "name"), configuration: RunConfiguration(fields))
      )
    }
    return sides
  }

  private static func lists(_ fields: FieldDecoder) throws -> [SweepAxis] {
    var list = try fields.nestedUnkeyedContainer(forKey: "settings")
    var axes: [SweepAxis] = []
    while !list.isAtEnd {
      guard axes.count < Setting.allCases.count else {
        throw fields.fault("settings", says("there are too many", "太多了"))
      }
      let fields = try list.nestedContainer(keyedBy: Field.self)
      let text = try fields.decode(String.self, forKey: "setting")
      guard let setting = Setting(key: text), !axes.contains(where: { $0.setting == setting }) else {
        throw fields.fault(
          "setting", says("'\(text)' is not known, or is there twice", "'\(text)' 未知，或出现了两次"))
      }
      let values = try fields.decode([String].self, forKey: "values")
      guard !values.isEmpty else { throw fields.fault("values", says("there is none", "一个也没有")) }
      axes.append(SweepAxis(setting, values: values))
    }
    return axes
  }
}

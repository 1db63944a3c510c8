public import Datasets
internal import Messages

/// What a person asked a sweep for: lists of values, seeds, and how long each run is.
public struct SweepSpecification: Hashable, Sendable {
  /// The most runs of a cell.
  static let mostSeeds = 1000

  /// The settings that have several values, in the order in which they vary, the first one slowest.
  public let axes: [SweepAxis]
  /// The settings that have one value.
  public let fixed: [SweepAxis]
  /// Runs of each cell.
  public let seeds: Int
  /// Updates that every run makes at least, or `nil` for the epochs that the settings say.
  public let steps: Int?

  /// Reads the lists of `options`, and `over`, each `KEY=V1,V2,...`, whose axes come first.
  ///
  /// - Throws: `ConfigurationError` for what cannot be swept over.
  public init(
    options: GivenSettings, over: [String], seeds: Int, steps: Int?
  ) throws(ConfigurationError) {
    var lists: [SweepAxis] = []
    for specification in over {
      let parts = specification.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let setting = Setting(key: String(parts[0])) else {
        let keys = Setting.allCases.map(\.key).joined(separator: ", ")
        throw ConfigurationError(
          setting: nil, given: "--over \(specification)",
          problem: says("expected a setting and its values", "应为设置及其各值"),
          remedy: says("Give KEY=V1,V2,... with one of \(keys)", "给出 KEY=V1,V2,...，KEY 为 \(keys) 之一"))
      }
      guard !lists.contains(where: { $0.setting == setting }), options[setting] == nil else {
        throw ConfigurationError(
          setting: setting, given: "--over \(specification)",
          problem: says("\(setting.key) is given twice", "\(setting.key) 给了两次"),
          remedy: says("Give all its values in one list", "把它的所有值写在一个列表里"))
      }
      lists.append(try SweepAxis(setting, list: String(parts[1])))
    }
    for (setting, text) in options.inOrder {
      lists.append(try SweepAxis(setting, list: text))
    }
    try self.init(lists, seeds: seeds, steps: steps)
  }

  /// Lists of values, of which those with one value hold for all runs.
  ///
  /// - Throws: `ConfigurationError` for what cannot be swept over.
  public init(_ lists: [SweepAxis], seeds: Int, steps: Int?) throws(ConfigurationError) {
    axes = lists.filter { $0.values.count > 1 }
    fixed = lists.filter { $0.values.count == 1 }
    self.seeds = seeds
    self.steps = steps
    try check()
  }

  private func check() throws(ConfigurationError) {
    if let seed = axes.first(where: { $0.setting == .seed }) {
      throw ConfigurationError(
        .seed, seed.values.joined(separator: ","),
        says("the runs of a cell differ by their seeds", "同一格的运行以种子相区别"),
        remedy: says(
          "Give the first one, and --seeds \(seed.values.count)", "给出第一个种子，并用 --seeds \(seed.values.count)"))
    }
    guard let long = (axes + fixed).first(where: { $0.values.count > SweepValues.most }) else {
      return try checkCounts()
    }
    throw ConfigurationError(
      setting: long.setting, given: long.setting.option,
      problem: says("a list has at most \(SweepValues.most) values", "一个列表至多有 \(SweepValues.most) 个值"),
      remedy: says("Give fewer", "减少一些"))
  }

  private func checkCounts() throws(ConfigurationError) {
    guard (1...Self.mostSeeds).contains(seeds) else {
      throw ConfigurationError(
        setting: nil, given: "--seeds \(seeds)",
        problem: says("the number of seeds lies in 1...\(Self.mostSeeds)", "种子数在 1...\(Self.mostSeeds) 内"),
        remedy: says("Give for example 3", "例如用 3"))
    }
    if let first = fixed.first(where: { $0.setting == .seed })?.values.first.flatMap({ UInt64($0) }),
      first.addingReportingOverflow(UInt64(seeds - 1)).overflow
    {
      throw ConfigurationError(
        setting: .seed, given: "--seed \(first) --seeds \(seeds)",
        problem: says("the last seed would be above \(UInt64.max)", "最后一个种子会超过 \(UInt64.max)"),
        remedy: says("Give a smaller seed", "请给出更小的种子"))
    }
    if let steps {
      guard (1...100_000_000).contains(steps) else {
        throw ConfigurationError(
          setting: nil, given: "--steps \(steps)",
          problem: says("the number of updates lies in 1...100000000", "步数在 1...100000000 内"),
          remedy: says(
            "Give for example 2350, ten epochs of 60,000 images in batches of 256",
            "例如用 2350，即 60,000 张图像、批量 256 的十轮"))
      }
      guard !(axes + fixed).contains(where: { $0.setting == .epochs }) else {
        throw ConfigurationError(
          setting: .epochs, given: "--steps \(steps)",
          problem: says("--epochs says already how long the runs are", "--epochs 已说明运行有多长"),
          remedy: says("Leave one of them out", "去掉其中一个"))
      }
    }
    let cells = axes.reduce(1.0) { $0 * Double($1.values.count) }
    guard cells <= Double(SweepPlan.mostCells) else {
      throw ConfigurationError(
        setting: nil, given: says("these lists", "这些列表"),
        problem: says("a sweep has at most \(SweepPlan.mostCells) cells", "一次扫描至多有 \(SweepPlan.mostCells) 格"),
        remedy: says("Give fewer values", "减少值"))
    }
    guard cells * Double(seeds) <= Double(SweepPlan.mostRuns) else {
      throw ConfigurationError(
        setting: nil, given: says("these lists", "这些列表"),
        problem: says("a sweep has at most \(SweepPlan.mostRuns) runs", "一次扫描至多有 \(SweepPlan.mostRuns) 次运行"),
        remedy: says("Give fewer values or seeds", "减少值或种子"))
    }
    guard cells * Double(seeds) > 1 else {
      throw ConfigurationError(
        setting: nil, given: "sweep", problem: says("there is nothing to sweep over", "没有可扫描的值"),
        remedy: says(
          "Give several values, for example --dropout 0,0.1,...,0.7", "给出多个值，例如 --dropout 0,0.1,...,0.7"))
    }
  }

  /// The cells and runs on a data set's training set of so many images.
  ///
  /// - Throws: `ConfigurationError` if no run can have the settings of a cell, in the words of the lists.
  public func plan(
    for dataset: DatasetDescription = .usual, trainingImages: Int
  ) throws(ConfigurationError) -> SweepPlan {
    var cells: [SweepCell] = []
    for values in combinations {
      let chosen = zip(axes, values).map { ($0, $1) } + fixed.map { ($0, $0.values[0]) }
      do {
        let configuration = try configuration(chosen, dataset: dataset, trainingImages: trainingImages)
        cells.append(SweepCell(values: values, configuration: configuration))
      } catch {
        throw reworded(error, values)
      }
    }
    return SweepPlan(axes: axes, cells: cells, seeds: seeds)
  }

  /// The same, with the mean and the deviation of the training images where these are wanted.
  ///
  /// - Throws: `ConfigurationError` for what cannot be swept over.
  public func known(from data: Dataset) throws(ConfigurationError) -> SweepSpecification {
    // All pixels are looked at for it.
    guard
      (axes + fixed).contains(where: {
        $0.setting == .normalize && $0.values.contains(Normalization.ofTrainingSet)
      })
    else { return self }
    let known = Normalization.trainingSet.known(from: data.train.pixels, channels: data.train.channels).text
    let lists = (axes + fixed).map { axis in
      guard axis.setting == .normalize else { return axis }
      return SweepAxis(
        axis.setting, values: axis.values.map { $0 == Normalization.ofTrainingSet ? known : $0 })
    }
    return try SweepSpecification(lists, seeds: seeds, steps: steps)
  }

  private var combinations: [[String]] {
    axes.reduce([[]]) { combinations, axis in
      combinations.flatMap { values in axis.values.map { values + [$0] } }
    }
  }

  private func configuration(
    _ chosen: [(axis: SweepAxis, value: String)], dataset: DatasetDescription, trainingImages: Int
  ) throws(ConfigurationError) -> RunConfiguration {
    var settings = GivenSettings()
    settings.dataset = dataset
    var network = RunConfiguration()
    for (axis, value) in chosen where [.hidden, .network].contains(axis.setting) {
      let text = try axis.text(of: value, depth: 0)
      settings[axis.setting] = text
      try axis.setting.set(text, in: &network)
    }
    for (axis, value) in chosen where ![.hidden, .network].contains(axis.setting) {
      settings[axis.setting] = try axis.text(of: value, depth: network.dropoutCount)
    }
    var configuration = try settings.configuration()
    try configuration.validate(trainingImages: trainingImages)
    if let steps {
      let perEpoch = configuration.stepsPerEpoch(available: trainingImages)
      configuration.epochs = (steps + perEpoch - 1) / perEpoch
      try configuration.validate()
    }
    return configuration
  }

  /// The error in the spelling of the lists, and with the combination in which it shows.
  private func reworded(_ error: ConfigurationError, _ values: [String]) -> ConfigurationError {
    let combination = zip(axes, values).map { "\($0.setting.option) \($1)" }.joined(separator: " ")
    var given = error.given
    if let setting = error.setting,
      let chosen = (zip(axes, values).map { ($0, $1) } + fixed.map { ($0, $0.values[0]) })
        .first(where: { $0.0.setting == setting })
    {
      given = "\(setting.option) \(chosen.1)"
    }
    return error.given(
      as: combination.isEmpty || given == combination
        ? given : says("\(given) (in the cell \(combination))", "\(given)（在格 \(combination) 中）"))
  }
}

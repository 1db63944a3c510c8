package import Experiment
internal import Messages
package import Training

/// The runs that a person asked for: A, and usually others to compare it with.
package struct RunPlans {
  /// The runs, A first.
  package var runs: [RunPlan]
  /// Why there is no run B although a comparison is the default.
  package var note: String?

  /// Makes run A from `settings`, and the others from `versus`, or run B as A without dropout.
  ///
  /// - Throws: `ConfigurationError` if no run can have these settings.
  package init(settings: GivenSettings, versus: [VersusSpecification], comparing: Bool)
    throws(ConfigurationError)
  {
    let first = try settings.configuration()
    let others: [RunConfiguration]
    if versus.isEmpty {
      others = comparing && first.usesDropout ? [first.withoutDropout()] : []
    } else {
      others = try Self.configurations(versus, against: settings)
    }
    guard !others.isEmpty else {
      runs = [RunPlan(name: first.usesDropout ? "with dropout" : "without dropout", configuration: first)]
      note =
        comparing && !first.usesDropout
        ? says(
          "run A uses no dropout, so there is no run B without it; --versus KEY=VALUE gives a run B",
          "运行 A 没有用暂退法，因此没有不用它的运行 B；可用 --versus KEY=VALUE 给出运行 B") : nil
      return
    }
    let names = RunDifference.names(of: [first] + others)
    let given = [nil] + (versus.isEmpty ? [nil] : versus.map(\.name))
    runs = zip(zip(given, names), [first] + others).map { RunPlan(name: $0.0 ?? $0.1, configuration: $1) }
    try checkRuns(versus)
  }

  /// Makes the runs that were prepared from `settings`, only the first one without a comparison; `versus` adds others.
  ///
  /// - Throws: `ConfigurationError` if no run can have these settings.
  package init(
    settings: GivenSettings, named: [VersusSpecification], versus: [VersusSpecification], comparing: Bool
  ) throws(ConfigurationError) {
    let wanted = comparing ? named : Array(named.prefix(1))
    var configurations: [RunConfiguration] = []
    for run in wanted { configurations.append(try settings.changed(by: run.changes).configuration()) }
    let names = RunDifference.names(of: configurations)
    runs = wanted.indices.map {
      RunPlan(name: wanted[$0].name ?? names[$0], configuration: configurations[$0])
    }
    guard !versus.isEmpty, let first = named.first else { return }
    let settings = settings.changed(by: first.changes)
    for (run, configuration) in zip(versus, try Self.configurations(versus, against: settings)) {
      let difference = RunDifference(runs[0].configuration, configuration)
      runs.append(RunPlan(name: run.name ?? difference.names[1], configuration: configuration))
    }
    try checkRuns(versus)
  }

  private static func configurations(
    _ versus: [VersusSpecification], against settings: GivenSettings
  ) throws(ConfigurationError) -> [RunConfiguration] {
    var configurations: [RunConfiguration] = []
    for run in versus { configurations.append(try run.configuration(against: settings)) }
    return configurations
  }

  /// Checks that there are not too many runs, and that those of `versus`, the last ones, are like no other.
  private func checkRuns(_ versus: [VersusSpecification]) throws(ConfigurationError) {
    let before = runs.count - versus.count
    for (run, index) in zip(versus, before...) {
      guard index < RunID.largestCount else {
        throw ConfigurationError(
          setting: nil, given: run.text,
          problem: says(
            "a session has at most \(RunID.largestCount) runs", "一个会话至多有 \(RunID.largestCount) 个运行"),
          remedy: says("Leave it out", "请去掉它"))
      }
      guard let twin = runs[..<index].firstIndex(where: { $0.configuration == runs[index].configuration })
      else { continue }
      throw ConfigurationError(
        setting: nil, given: run.text,
        problem: says(
          "run \(RunID(index).letter) would equal run \(RunID(twin).letter)",
          "运行 \(RunID(index).letter) 会与运行 \(RunID(twin).letter) 相同"),
        remedy: runs.count == 2
          ? says(
            "Give values that differ from run A's, or train A alone with --no-compare",
            "请给出与运行 A 不同的值，或用 --no-compare 只训练 A")
          : says("Give other values, or leave it out", "请给出其他值，或去掉它"))
    }
  }

  /// Adds runs that go on from others, which may be forks themselves.
  ///
  /// - Throws: `ConfigurationError` if there is no such run, or none can go on so.
  package mutating func add(_ forks: [String]) throws(ConfigurationError) {
    for text in forks {
      let fork = try ForkSpecification(text)
      guard runs.indices.contains(fork.point.run.index) else {
        throw ConfigurationError(
          forking: text,
          problem: says(
            "there is no run \(fork.point.run.letter) before it", "它之前没有运行 \(fork.point.run.letter)"),
          remedy: says(
            "Give one of \(runs.indices.map { RunID($0).letter }.joined(separator: ", "))",
            "请给出 \(runs.indices.map { RunID($0).letter }.joined(separator: "、")) 之一"))
      }
      guard runs.count < RunID.largestCount else {
        throw ConfigurationError(
          forking: text,
          problem: says(
            "a session has at most \(RunID.largestCount) runs", "一个会话至多有 \(RunID.largestCount) 个运行"),
          remedy: says("Leave it out", "请去掉它"))
      }
      let parent = runs[fork.point.run.index]
      if let begin = parent.forkedFrom?.step, fork.point.step < begin {
        throw ConfigurationError(
          forking: text,
          problem: says(
            "run \(fork.point.run.letter) begins after step \(begin)",
            "运行 \(fork.point.run.letter) 在第 \(begin) 步之后才开始"),
          remedy: says("Give a later step, or fork the run that it was forked from", "请给出更后的一步，或从它的来源运行分支"))
      }
      do {
        let configuration = try parent.configuration.forked(with: fork.changes)
        runs.append(
          RunPlan(
            name: configuration.nameOfFork(of: fork.point.run, changing: fork.changes),
            configuration: configuration, beginning: .fork, forkedFrom: fork.point))
      } catch {
        throw ConfigurationError(forking: text, problem: error.problem, remedy: error.remedy)
      }
    }
  }
}

extension ConfigurationError {
  /// An error of `--fork`.
  package init(forking text: String, problem: String, remedy: String) {
    self.init(setting: nil, given: "--fork \(text)", problem: problem, remedy: remedy)
  }
}

extension RunPlan {
  /// Checks that a run forked from one of `runs` begins before that one ends, and has something to do.
  ///
  /// - Throws: `ConfigurationError` if it does not.
  package func checkFork(among runs: [RunPlan], trainingImages available: Int) throws(ConfigurationError) {
    guard case .fork = beginning, let forkedFrom else { return }
    let parent = runs[forkedFrom.run.index].configuration
    let stepsPerEpoch = parent.stepsPerEpoch(available: available)
    guard forkedFrom.step <= stepsPerEpoch * parent.epochs else {
      throw ConfigurationError(
        forking: "\(forkedFrom.run.letter)@\(forkedFrom.step)",
        problem: says(
          "run \(forkedFrom.run.letter) makes \(stepsPerEpoch * parent.epochs) steps",
          "运行 \(forkedFrom.run.letter) 共有 \(stepsPerEpoch * parent.epochs) 步"),
        remedy: says("Give a step up to that, or more --epochs", "请给出不超过它的一步，或增大 --epochs"))
    }
    guard forkedFrom.step < stepsPerEpoch * configuration.epochs else {
      throw ConfigurationError(
        forking: "\(forkedFrom.run.letter)@\(forkedFrom.step)",
        problem: says("nothing is left to do after the last step", "最后一步之后没有可做的"),
        remedy: says("Add epochs=\(configuration.epochs * 2)", "请加上 epochs=\(configuration.epochs * 2)")
      )
    }
  }
}

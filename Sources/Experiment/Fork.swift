internal import Messages

/// Where a run branched off another one: up to there both are the same, to the bit.
public struct ForkPoint: Hashable, Sendable {
  /// The run that it was forked from.
  public var run: RunID
  /// Updates made before.
  public var step: Int

  /// A fork of `run` after `step` updates.
  public init(run: RunID, step: Int) {
    self.run = run
    self.step = step
  }
}

/// A fork as `--fork [RUN@]STEP:KEY=VALUE` asks for it.
public struct ForkSpecification: Hashable, Sendable {
  /// Where it branches off.
  public let point: ForkPoint
  /// The settings that differ from then on.
  public let changes: GivenSettings

  /// Reads a specification; several settings are separated by spaces.
  ///
  /// - Throws: `ConfigurationError` if it cannot be read.
  public init(_ text: String) throws(ConfigurationError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let place = parts[0].split(separator: "@", omittingEmptySubsequences: false)
    let letter = place.count == 2 ? place[0].uppercased().unicodeScalars.first : "A"
    guard parts.count == 2, place.count <= 2, place.count == 1 || place[0].count == 1, let letter,
      ("A"..."Z").contains(letter), let step = Int(place[place.count - 1]), step >= 0
    else {
      throw ConfigurationError(
        setting: nil, given: "--fork \(text)", problem: says("this is no run, step and change", "这不是运行、步和更改"),
        remedy: says(
          "Give [RUN@]STEP:KEY=VALUE, for example 470:lr=0.1 or B@470:dropout=0.5,0.5",
          "给出 [RUN@]STEP:KEY=VALUE，例如 470:lr=0.1 或 B@470:dropout=0.5,0.5"))
    }
    point = ForkPoint(run: RunID(Int(letter.value - UnicodeScalar("A").value)), step: step)
    changes = try VersusSpecification(words: String(parts[1]), option: "--fork \(parts[0]):").changes
  }
}

extension RunConfiguration {
  /// These settings with `changes`, for a run that goes on from the weights of this one.
  ///
  /// - Throws: `ConfigurationError` if no run can have these settings, or the run could not go on with them.
  public func forked(with changes: GivenSettings) throws(ConfigurationError) -> RunConfiguration {
    var fork = self
    for (setting, text) in changes.inOrder {
      let given = "\(setting.key)=\(text)"
      if let obstacle = setting.obstacleToFork {
        throw ConfigurationError(
          setting: setting, given: given, problem: obstacle,
          remedy: says(
            "A run from the beginning can have it: \(setting.option), or --versus \(given)",
            "从头开始的运行可以有它：\(setting.option)，或 --versus \(given)"))
      }
      do {
        try setting.set(text, in: &fork)
      } catch {
        throw error.given(as: given)
      }
    }
    do {
      try fork.validate()
    } catch {
      let culprit = error.setting.flatMap { setting in changes[setting].map { "\(setting.key)=\($0)" } }
      throw error.given(
        as: culprit ?? says("\(changes.words()) with \(error.given)", "\(changes.words()) 加 \(error.given)"))
    }
    return fork
  }

  /// What a fork with these settings is called: what it changes of which run.
  public func nameOfFork(of parent: RunID, changing changes: GivenSettings) -> String {
    // Names are kept in files, which are the same in all languages.
    let phrases = Language.$scoped.withValue(.english) {
      changes.texts.keys.sorted().map { $0.phrase(in: self) }
    }
    return phrases.isEmpty
      ? "copy of \(parent.letter)" : "\(phrases.joined(separator: ", ")) from \(parent.letter)"
  }
}

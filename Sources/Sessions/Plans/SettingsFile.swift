package import Experiment
import Training

/// A file that tells the settings of a session, as `--config` names it.
///
/// It is what a session's `run.json` tells, or an object of a person's own: settings by their keys, as JSON has them or as they
/// are typed, and perhaps `runs`, an array of such objects, each with a `name` or without, that say what a run changes.
package enum SettingsFile {
  /// What the file at `path` prepares.
  ///
  /// - Throws: `RunLogError` if it cannot be read, or says anything that nobody knows.
  package static func read(_ path: String) throws(RunLogError) -> PreparedRuns {
    switch try JSONText.decode(Contents.self, DurableFile.read(path), path: path) {
    case .record(let record): try Self.runs(of: record, path: path)
    case .other(let format): throw RunLogError(format: format, known: RunRecord.format, path: path)
    case .own(let settings, let runs):
      PreparedRuns(source: source(path), settings: settings, runs: runs)
    }
  }

  private static func source(_ path: String) -> String { "--config \(path)" }

  private enum Contents: Decodable {
    case record(RunRecord)
    case other(format: Int)
    case own(GivenSettings, runs: [VersusSpecification])

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: Field.self)
      if fields.contains(.format) {
        let format = try fields.decode(Int.self, forKey: .format)
        self = format == RunRecord.format ? try .record(RunRecord(from: decoder)) : .other(format: format)
        return
      }
      var settings = try fields.settings(besides: ["dataset", "image-size", "runs"])
      if fields.contains("dataset") { settings.dataset = try fields.dataset() }
      var runs: [VersusSpecification] = []
      if fields.contains("runs") {
        var list = try fields.nestedUnkeyedContainer(forKey: "runs")
        while !list.isAtEnd {
          guard runs.count < RunID.largestCount else {
            throw fields.fault("runs", "a session has at most \(RunID.largestCount) runs")
          }
          let run = try list.nestedContainer(keyedBy: Field.self)
          try runs.append(
            VersusSpecification(
              name: run.decodeIfPresent(String.self, forKey: "name"), changes: run.settings(besides: ["name"])
            ))
        }
        if runs.isEmpty { throw fields.fault("runs", "there are none") }
      }
      self = .own(settings, runs: runs)
    }
  }

  /// The runs of a session as they began, without those that were taken out of it.
  private static func runs(of record: RunRecord, path: String) throws(RunLogError) -> PreparedRuns {
    // Forks stand behind all others, so that letters may change.
    let kept = record.runs.indices.filter { !record.runs[$0].isRemoved }
    let (whole, forked) = (
      kept.filter { record.runs[$0].forkedFrom == nil }, kept.filter { record.runs[$0].forkedFrom != nil }
    )
    let order = whole + forked
    var forks: [String] = []
    for index in forked {
      guard let fork = record.runs[index].forkedFrom, let parent = order.firstIndex(of: fork.run.index) else {
        throw RunLogError(
          .invalid, path: path,
          problem: "run \(RunID(index).letter) goes on from a run that was taken out of the session",
          remedy: "Take a session that has both")
      }
      let (own, its) = (
        GivenSettings(record.runs[index].configuration),
        GivenSettings(record.runs[fork.run.index].configuration)
      )
      var changes = GivenSettings()
      for (setting, text) in own.texts where its[setting] != text { changes[setting] = text }
      forks.append("\(RunID(parent).letter)@\(fork.step):\(changes.words())")
    }
    guard !whole.isEmpty else {
      throw RunLogError(.invalid, path: path, problem: "all its runs were taken out of the session")
    }
    return PreparedRuns(
      source: source(path),
      runs: whole.map { (record.runs[$0].name, GivenSettings(record.runs[$0].configuration)) }, forks: forks)
  }
}

extension FieldDecoder {
  /// Reads settings, and has no other fields than these and the `others`.
  fileprivate func settings(besides others: Set<String>) throws -> GivenSettings {
    var settings = GivenSettings()
    for field in allKeys where !others.contains(field.stringValue) {
      guard let setting = Setting(key: field.stringValue) else {
        throw fault(field, "it is no setting; 'fmnist-tui train --help' lists them, without the dashes here")
      }
      settings[setting] = try text(of: setting, field)
    }
    return settings
  }

  /// A value as it is typed; in a file it may be typed so too.
  private func text(of setting: Setting, _ field: Field) throws -> String {
    if let typed = try? decode(String.self, forKey: field) { return typed }
    return try setting.form.text(of: decode(setting.form, forKey: field))
  }
}

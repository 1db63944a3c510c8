package import Experiment
import Messages
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
    case .record(let record): try runs(of: record.value(path: path), path: path)
    case .own(let settings, let runs):
      PreparedRuns(source: source(path), settings: settings, runs: runs)
    }
  }

  private static func source(_ path: String) -> String { "--config \(path)" }

  private enum Contents: Decodable {
    case record(JSONText.AnyFormat<RunRecord>)
    case own(GivenSettings, runs: [VersusSpecification])

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: Field.self)
      guard !fields.contains(.format) else {
        self = try .record(JSONText.AnyFormat(from: decoder))
        return
      }
      var settings = try fields.settings(besides: ["dataset", "image-size", "runs"])
      if fields.contains("dataset") {
        settings.dataset = try fields.dataset()
      } else if fields.contains("image-size") {
        throw fields.fault(
          "image-size",
          says(
            "it is that of a data set, which is not named: add the field 'dataset'",
            "它属于数据集，却没有指明数据集：请加上字段 'dataset'"))
      }
      let runs =
        try fields.contains("runs")
        ? fields.runs { fields, _ in
          try VersusSpecification(
            name: fields.decodeIfPresent(String.self, forKey: "name"),
            changes: fields.settings(besides: ["name"]))
        } : []
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
          problem: says(
            "run \(RunID(index).letter) goes on from a run that was taken out of the session",
            "运行 \(RunID(index).letter) 接着一个已从会话中去掉的运行训练"),
          remedy: says("Take a session that has both", "请用两者都有的会话"))
      }
      let changes = GivenSettings(record.runs[index].configuration)
        .differing(from: GivenSettings(record.runs[fork.run.index].configuration))
      forks.append("\(RunID(parent).letter)@\(fork.step):\(changes.words())")
    }
    guard !whole.isEmpty else {
      throw RunLogError(
        .invalid, path: path, problem: says("all its runs were taken out of the session", "它的运行都已从会话中去掉"))
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
        throw fault(
          field,
          says(
            "it is no setting; 'fmnist-tui train --help' lists them, without the dashes here",
            "不是设置；'fmnist-tui train --help' 会列出各设置，这里不写前面的横线"))
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

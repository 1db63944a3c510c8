public import ArgumentParser
public import Experiment
import Messages
import Sessions

/// The options that name prepared runs.
struct PresetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A known experiment, whose settings the options below change: "
        + Preset.allCases.map { "\($0.rawValue) (\($0.summary))" }.joined(separator: ", ") + ". (default: "
        + "\(Preset.d2lDropout.rawValue))",
      "一个已知的实验，下面的选项可改变它的设置："
        + Preset.allCases.map { "\($0.rawValue)（\($0.summary)）" }.joined(separator: "、") + "。（默认："
        + "\(Preset.d2lDropout.rawValue)）",
      valueName: "name"))
  var preset: Preset?

  @Option(
    help: ArgumentHelp(
      "A file of settings, which the options below change: a session's run.json, or JSON of one's own such as "
        + "{\"lr\": 0.1, \"hidden\": [256], \"runs\": [{\"dropout\": [0.5]}, {\"dropout\": []}]}.",
      "一个设置文件，下面的选项可改变它：会话的 run.json，或自己写的 JSON，如 "
        + "{\"lr\": 0.1, \"hidden\": [256], \"runs\": [{\"dropout\": [0.5]}, {\"dropout\": []}]}。",
      valueName: "file"),
    completion: .file(extensions: ["json"]), transform: SettingsArgument.init)
  var config: SettingsArgument?

  /// The runs that are prepared, if any are named.
  ///
  /// - Throws: `RunLogError` if their file cannot be used.
  func prepared() throws(RunLogError) -> PreparedRuns? {
    try config?.runs.get() ?? preset?.prepared
  }

  /// Whether runs are prepared.
  var areNamed: Bool { preset != nil || config != nil }

  mutating func validate() throws {
    guard preset == nil || config == nil else {
      throw ValidationError(
        says(
          "--preset and --config both prepare the runs. Leave one of them out.",
          "--preset 和 --config 都准备运行。请去掉其中一个。"))
    }
  }
}

/// A file of settings, read once; what is wrong with it is told later, as of any other file.
struct SettingsArgument {
  let runs: Result<PreparedRuns, RunLogError>

  init(path: String) {
    runs = Result { () throws(RunLogError) in try SettingsFile.read(path) }
  }
}

extension Preset: ExpressibleByArgument {}

/// Some settings, each of which has an option.
protocol SettingGroup {
  static var settings: [Setting] { get }
}

enum NetworkGroup: SettingGroup {
  static var settings: [Setting] { Setting.allCases.filter { $0.group == .network } }
}

enum OptimizerGroup: SettingGroup {
  static var settings: [Setting] { Setting.allCases.filter { $0.group == .optimizer } }
}

enum ScheduleGroup: SettingGroup {
  static var settings: [Setting] { Setting.allCases.filter { $0.group == .schedule } }
}

enum DataGroup: SettingGroup {
  static var settings: [Setting] { Setting.allCases.filter { $0.group == .data } }
}

/// The settings that weights made elsewhere do not tell.
enum UntoldGroup: SettingGroup {
  static let settings: [Setting] = [.network, .dropout, .inputDropout, .activation, .seed]
}

/// The options of a group of settings, declared from their table.
///
/// The parser finds the declarations of options by reflection, and hands over what it read through a decoder.
struct SettingOptions<Group: SettingGroup>: ParsableArguments, CustomReflectable {
  /// What was said about the settings.
  private(set) var given = GivenSettings()

  init() {}

  init(from decoder: any Decoder) throws {
    let options = try decoder.container(keyedBy: Name.self)
    for setting in Group.settings {
      let name = Name(stringValue: setting.key)
      if !setting.isFlag {
        given[setting] = try options.decode(Option<String?>.self, forKey: name).wrappedValue
      } else if setting.isNegated {
        given[setting] = try options.decode(Flag<Bool>.self, forKey: name).wrappedValue ? "true" : nil
      } else {
        given[setting] = try options.decode(Flag<Bool?>.self, forKey: name).wrappedValue.map { String($0) }
      }
    }
  }

  var customMirror: Mirror {
    Mirror(self, children: Group.settings.map { (label: $0.key, value: $0.declaration) })
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

extension Setting {
  /// Whether its name says that something is not done; such a flag has no opposite.
  fileprivate var isNegated: Bool { key.hasPrefix("no-") }

  /// The declaration of its option.
  fileprivate var declaration: Any {
    let name = NameSpecification.customLong(key)
    guard isFlag else {
      return Option<String?>(
        name: name, parsing: .unconditional,
        help: ArgumentHelp(
          "\(help) (default: \(defaultText))", "\(help)（默认：\(defaultText)）", valueName: valueName),
        completion: choices.isEmpty ? nil : .list(choices))
    }
    let help = ArgumentHelp(help)
    return isNegated
      ? Flag<Bool>(wrappedValue: false, name: name, help: help)
      : Flag<Bool?>(name: name, inversion: .prefixedNo, help: help)
  }
}

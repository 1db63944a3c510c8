public import ArgumentParser
public import Experiment

/// The option that names a known experiment.
struct PresetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A known experiment, whose settings the options below change: "
        + Preset.allCases.map { "\($0.rawValue) (\($0.summary))" }.joined(separator: ", ") + ". (default: "
        + "\(Preset.d2lDropout.rawValue))",
      valueName: "name"))
  var preset: Preset?
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
        help: ArgumentHelp("\(help) (default: \(defaultText))", valueName: valueName),
        completion: choices.isEmpty ? nil : .list(choices))
    }
    let help = ArgumentHelp(stringLiteral: help)
    return isNegated
      ? Flag<Bool>(wrappedValue: false, name: name, help: help)
      : Flag<Bool?>(name: name, inversion: .prefixedNo, help: help)
  }
}

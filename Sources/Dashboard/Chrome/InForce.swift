internal import Experiment
internal import TerminalUI

/// The settings of a run that are in force: `lr 1.22* p .25* .50 wd 1e-5*`, with a star at what was changed live.
///
/// Those that can change live are told: the ones whose keys are always shown, and the others where they are not what a run
/// has that nobody said anything of. The learning rate is what the schedule makes of it at present.
struct InForce {
  let state: DashboardState
  let run: RunState

  var text: String { entries.map(\.text).joined(separator: " ") }

  /// Those that can change live, the ones whose keys are always shown first.
  static let settings: [Setting] = {
    let live = Setting.allCases.filter { $0.live != nil && $0 != .epochs }
    let first = live.filter { $0.live?.isProminent == true && $0.live?.isPerLayer == false }
    let layers = live.filter { $0.live?.isPerLayer == true }
    return first + layers + live.filter { !first.contains($0) && !layers.contains($0) }
  }()

  /// A setting and its value, with a star where it was changed live.
  struct Entry: Hashable {
    let setting: Setting
    let text: String
    let isChanged: Bool
  }

  /// The settings one by one.
  var entries: [Entry] {
    Self.settings.compactMap { setting in
      let changes = run.changes.filter { $0.setting == setting }
      return text(of: setting, changes: changes).map {
        Entry(setting: setting, text: $0, isChanged: !changes.isEmpty)
      }
    }
  }

  private func text(of setting: Setting, changes: [Positioned<SettingChanged>]) -> String? {
    guard let live = setting.live else { return nil }
    let isUsual = setting.text(in: run.configuration) == setting.text(in: RunConfiguration())
    if live.isPerLayer {
      let values = run.configuration.dropout
      guard !values.isEmpty else { return nil }
      return live.symbol + " "
        + values.indices.map { layer in
          let isChanged = changes.contains { $0.layer == layer }
          let text = short(values[layer]) + (isChanged ? "*" : "")
          return isSelected && layer == state.selectedLayer ? "[\(text)]" : text
        }.joined(separator: " ")
    }
    guard live.isProminent || !isUsual || !changes.isEmpty else { return nil }
    let star = changes.isEmpty ? "" : "*"
    if setting == .learningRate {
      let rate = run.configuration.learningRate(step: run.history.step, lengths: run.history.lengths)
      return "\(live.symbol) \(SettingText.number(rate.rounded(significantDigits: 3)))\(star)"
    }
    return "\(live.symbol) \(setting.text(in: run.configuration))\(star)"
  }

  /// A probability without its zero: `.25`; `0` for none.
  private func short(_ probability: Double) -> String {
    guard probability != 0 else { return "0" }
    let text = NumberText.fixed(probability, decimals: 2)
    return text.hasPrefix("0.") ? String(text.dropFirst()) : text
  }

  private var isSelected: Bool { run.id.index == state.selectedRun }
}

internal import Experiment
internal import TerminalUI

/// The keys that change settings of the selected run, and of those that repeat it, while they train.
enum LiveKeys {
  /// The keys of the selected layer's dropout.
  static let dropout: [Binding<DashboardState>] = [
    Binding(
      .left, .right, footer: "dropout −/+", help: "dropout −/+ 0.05",
      when: { $0.canChangeSettings && $0.value(of: .dropout) != nil },
      do: { $0.change(.dropout, up: $1 > 0) }),
    Binding(
      "d", help: "type a dropout probability",
      when: { $0.canChangeSettings && $0.value(of: .dropout) != nil },
      do: {
        $0.question = Question(
          prompt: "dropout probability, 0 to 1", keys: "enter set   esc keep", text: "",
          characters: Set("0123456789."), limit: 8
        ) { state, text in
          guard let probability = Double(text) else {
            state.message = "dropout stays: \(text.isEmpty ? "nothing" : text) is no probability in 0...1"
            return
          }
          state.change([SettingChange(.dropout, layer: state.selectedLayer, to: .number(probability))])
        }
      }),
  ]

  /// The keys of the other settings that have some, and the one with which any can be typed.
  static let others: [Binding<DashboardState>] =
    Setting.allCases.compactMap(binding) + [
      Binding("=", help: "type changed settings", when: \.canChangeSettings) { $0.askForChanges("") }
    ]

  private static func binding(_ setting: Setting) -> Binding<DashboardState>? {
    guard let live = setting.live, !live.keys.isEmpty else { return nil }
    return Binding(
      live.keys.map { .character($0) }, footer: live.isProminent ? setting.title : "",
      help: "\(setting.title) \(live.step.words)", when: \.canChangeSettings,
      live.keys.indices.map { place in { $0.change(setting, up: place == live.keys.count - 1) } })
  }
}

extension DashboardState {
  /// The selected run's value of a setting, or the selected layer's.
  fileprivate func value(of setting: Setting) -> SettingValue? {
    selected.flatMap { setting.value(in: $0.configuration, layer: layer(of: setting)) }
  }

  private func layer(of setting: Setting) -> Int? {
    setting.live?.isPerLayer == true ? selectedLayer : nil
  }

  /// Gives a setting of the selected run the next value, up or down.
  mutating func change(_ setting: Setting, up: Bool) {
    guard let value = value(of: setting), let next = setting.live?.step.next(value, up: up) else { return }
    change([SettingChange(setting, layer: layer(of: setting), to: next)])
  }

  /// Changes the selected run and those that repeat it: they would not repeat it any more.
  fileprivate mutating func change(_ changes: [SettingChange]) {
    guard let selected else { return }
    do {
      let changed = try changes.reduce(selected.configuration) { try $0.changed(by: $1) }
      if let images = selected.history.started?.trainCount { try changed.checkBatches(images: images) }
    } catch {
      message = "\(error)"
      return
    }
    for run in selectedSide where !run.isEnded {
      for change in changes { send(.send(.set(change), to: run.id)) }
    }
  }

  /// Asks what is to change, in the words of the options.
  fileprivate mutating func askForChanges(_ text: String) {
    question = Question(
      prompt: "set", keys: "enter set   ctrl-u clear   esc cancel", text: text
    ) { state, text in
      guard let selected = state.selected else { return }
      do {
        state.change(try selected.configuration.liveChanges(VersusSpecification(words: text).changes))
      } catch {
        // The person may correct the text.
        state.message = "\(error)"
        state.askForChanges(text)
      }
    }
  }
}

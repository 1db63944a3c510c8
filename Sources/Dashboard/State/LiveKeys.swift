internal import Experiment
internal import Messages
internal import NeuralNetwork
internal import TerminalUI

/// The keys that change settings of the selected run, and of those that repeat it, while they train.
enum LiveKeys {
  /// The keys of the selected layer's dropout.
  static let dropout: [Binding<DashboardState>] = [
    Binding(
      .left, .right, footer: says("dropout −/+", "暂退 −/+"), help: says("dropout −/+ 0.05", "暂退率 −/+ 0.05"),
      when: { $0.canChangeSettings && $0.value(of: .dropout) != nil },
      do: { $0.change(.dropout, up: $1 > 0) }),
    Binding(
      "d", help: says("type a dropout probability", "键入暂退率"),
      when: { $0.canChangeSettings && $0.value(of: .dropout) != nil },
      do: {
        $0.ask(
          Question(
            prompt: says("dropout probability, 0 to 1", "暂退率，0 到 1"),
            keys: says("enter set   esc keep", "回车 确定   esc 不变"), text: "",
            characters: Set("0123456789."), limit: 8
          ) { state, text in
            guard let probability = Double(decimal: text) else {
              state.message = says(
                "dropout stays: \(text.isEmpty ? "nothing" : text) is no probability in 0...1",
                text.isEmpty ? "暂退率不变：没有键入 0...1 内的概率" : "暂退率不变：\(text) 不是 0...1 内的概率")
              return
            }
            state.change([SettingChange(.dropout, layer: state.selectedLayer, to: .number(probability))])
          })
      }),
  ]

  /// The keys of the other settings that have some, and the one with which any can be typed.
  static let others: [Binding<DashboardState>] =
    Setting.allCases.compactMap(binding) + [
      Binding("=", help: says("type changed settings", "键入要更改的设置"), when: \.canChangeSettings) {
        $0.askForChanges("")
      },
      Binding(
        "U", help: says("undo the latest change", "撤销最近的更改"), when: { !$0.undoing.isEmpty }, do: { $0.undo() }
      ),
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
  /// The selected run's value of a setting, or the selected layer's, once all that was asked for is done.
  fileprivate func value(of setting: Setting) -> SettingValue? {
    selected.flatMap { setting.value(in: $0.wanted, layer: layer(of: setting)) }
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
      let changed = try changes.reduce(selected.wanted) { try $0.changed(by: $1) }
      if let images = selected.history.started?.trainCount { try changed.checkBatches(images: images) }
      let epoch = selected.history.position.epoch
      guard changed.epochs >= epoch else {
        message =
          says(
            "epochs=\(changed.epochs): \(selected.name) is in epoch \(epoch) already. Give at least \(epoch).",
            "epochs=\(changed.epochs)：\(selected.name) 已在第 \(epoch) 轮。请给出至少 \(epoch)。")
        return
      }
    } catch {
      message = "\(error)"
      return
    }
    ask(changes, of: selectedSide.filter { !$0.isEnded })
  }

  /// Asks the same of each of some runs: one change, with one value for all of them.
  mutating func ask(_ changes: [SettingChange], of runs: [RunState]) {
    var undo: [RunID: [SettingChange]] = [:]
    for run in runs {
      var wanted = run.wanted
      for change in changes {
        guard let old = change.setting.value(in: wanted, layer: change.layer), old != change.value else {
          continue
        }
        ask(change, of: run.id)
        undo[run.id, default: []].insert(SettingChange(change.setting, layer: change.layer, to: old), at: 0)
        wanted = (try? wanted.changed(by: change)) ?? wanted
      }
    }
    if !undo.isEmpty { undoing.append(undo) }
  }

  private mutating func ask(_ change: SettingChange, of run: RunID) {
    note(change, askedOf: run)
    send(.send(.set(change), to: run))
  }

  /// Takes back the latest live change, by a change of its own.
  fileprivate mutating func undo() {
    guard let latest = undoing.popLast() else { return }
    var isDone = false
    for (id, changes) in latest.sorted(by: { $0.key < $1.key }) where runs.indices.contains(id.index) {
      let run = runs[id.index]
      for change in changes where !run.isEnded && !run.history.isRemoved {
        if change.setting == .epochs, let epochs = change.value.number,
          Int(epochs) < run.history.position.epoch
        {
          continue
        }
        ask(change, of: id)
        isDone = true
      }
    }
    if !isDone {
      message = says("the latest change stays: its runs are over, or beyond it", "最近的更改不变：其运行已结束，或已越过它")
    }
  }

  /// What is asked of runs and not done yet, in words.
  var pendingSentence: String? {
    let waiting = listedRuns.filter { !$0.asked.isEmpty }
    guard let first = waiting.first else { return nil }
    var places: [SettingChange] = []
    for change in first.asked
    where !places.contains(where: { $0.setting == change.setting && $0.layer == change.layer }) {
      places.append(change)
    }
    let phrases = places.compactMap { place -> String? in
      guard let old = place.setting.value(in: first.configuration, layer: place.layer),
        let new = place.setting.value(in: first.wanted, layer: place.layer)
      else { return nil }
      let change = SettingChanged(place.setting, layer: place.layer, from: old, to: new)
      return Positioned(change, at: first.history.position).summary
    }
    let comma = says(", ", "，")
    let (names, all) = (waiting.map(\.name).joined(separator: comma), phrases.joined(separator: comma))
    return says("\(names): \(all) with the next step", "\(names)：\(all)，下一步生效")
  }

  /// Asks what is to change, in the words of the options.
  fileprivate mutating func askForChanges(_ text: String) {
    ask(
      Question(
        prompt: says("set", "设置"),
        keys: says("enter set   tab complete   esc cancel", "回车 确定   tab 补全   esc 取消"), text: text,
        completions: { Setting.completions(of: $0) { $0.live != nil } }
      ) { state, text in
        guard let selected = state.selected else { return }
        do {
          state.change(try selected.wanted.liveChanges(VersusSpecification(words: text).changes))
        } catch {
          // The person may correct the text.
          state.message = "\(error)"
          state.askForChanges(text)
        }
      })
  }
}

extension Setting {
  /// What a word can become that changes one of those settings which are `wanted`: `lr=`, or `augment=flip`.
  static func completions(of word: String, wanted: (Setting) -> Bool) -> [String] {
    let settings = allCases.filter(wanted)
    guard let end = word.firstIndex(of: "=") else {
      return settings.map { $0.key + "=" }.filter { $0.hasPrefix(word) }
    }
    let choices = settings.first { $0.key == word[..<end] }?.choices ?? []
    return choices.map { word[...end] + $0 }.filter { $0.hasPrefix(word) }
  }
}

internal import Experiment
internal import TerminalUI

/// The keys that change settings of the selected run, and of those that repeat it, while they train.
enum LiveKeys {
  /// A setting, its keys, and by how much they change it.
  private struct LiveKey {
    let keys: (Key, Key)
    var footer = ""
    let help: String
    let setting: @Sendable (DashboardState) -> LiveSetting
    let value: @Sendable (DashboardState) -> Double?
    let step: Step
  }

  private enum Step {
    /// By 0.05, within 0 and a largest value.
    case twentieth(upTo: Double)
    /// By a factor, within two values; what would be less than the smallest is 0 where that is allowed.
    case factor(Double, from: Double, allowsZero: Bool)

    func next(after old: Double, direction: Int) -> Double {
      switch self {
      case .twentieth(let largest):
        // Twentieths, so that ten steps of 0.05 are exactly 0.5.
        return min(max((old * 20 + Double(direction)).rounded() / 20, 0), largest)
      case .factor(let factor, let smallest, let allowsZero):
        let new = direction > 0 ? max(old * factor, smallest) : old / factor
        let bounded = new >= smallest ? min(new, 1000) : allowsZero ? 0 : smallest
        return bounded.rounded(significantDigits: 4)
      }
    }
  }

  /// The keys of the selected layer's dropout.
  static let dropout: [Binding<DashboardState>] = [
    binding(
      LiveKey(
        keys: (.left, .right), footer: "dropout −/+", help: "dropout −/+ 0.05",
        setting: { .dropout(layer: $0.selectedLayer) }, value: \.selectedDropout, step: .twentieth(upTo: 1))),
    Binding(
      "d", help: "type a dropout probability", when: { $0.canChangeSettings && $0.selectedDropout != nil },
      do: {
        $0.question = Question(
          prompt: "dropout probability, 0 to 1", keys: "enter set   esc keep", text: "",
          characters: Set("0123456789."), limit: 8
        ) { state, text in
          guard let probability = Double(text), (0...1).contains(probability) else {
            state.message = "dropout stays: \(text.isEmpty ? "nothing" : text) is no probability in 0...1"
            return
          }
          state.set(.dropout(layer: state.selectedLayer), to: probability)
        }
      }),
  ]

  /// The keys of the other settings.
  static let others: [Binding<DashboardState>] =
    [
      LiveKey(
        keys: ("[", "]"), footer: "learning rate", help: "learning rate ÷/× 1.25",
        setting: { _ in .learningRate }, value: { $0.selected?.configuration.learningRate },
        step: .factor(1.25, from: 1e-6, allowsZero: false)),
      LiveKey(
        keys: ("{", "}"), help: "weight decay ÷/× 2", setting: { _ in .weightDecay },
        value: { $0.selected?.configuration.weightDecay }, step: .factor(2, from: 1e-5, allowsZero: true)),
      LiveKey(
        keys: ("(", ")"), help: "label smoothing −/+ 0.05", setting: { _ in .labelSmoothing },
        value: { $0.selected?.configuration.labelSmoothing }, step: .twentieth(upTo: 0.95)),
      LiveKey(
        keys: (";", "'"), help: "L1 penalty ÷/× 2", setting: { _ in .l1 },
        value: { $0.selected?.configuration.l1 }, step: .factor(2, from: 1e-7, allowsZero: true)),
    ].map(binding)
    + [Binding("a", help: "mirror, shift images", when: \.canChangeSettings) { $0.cycleAugmentation() }]

  private static func binding(_ live: LiveKey) -> Binding<DashboardState> {
    let (setting, value, step) = (live.setting, live.value, live.step)
    return Binding(
      live.keys.0, live.keys.1, footer: live.footer, help: live.help,
      when: { $0.canChangeSettings && value($0) != nil },
      do: { state, direction in
        guard let old = value(state) else { return }
        state.set(setting(state), to: step.next(after: old, direction: direction))
      })
  }
}

extension DashboardState {
  /// Dropout of the selected layer, if there is one.
  fileprivate var selectedDropout: Double? {
    guard let dropout = selected?.configuration.dropout, dropout.indices.contains(selectedLayer) else {
      return nil
    }
    return dropout[selectedLayer]
  }

  /// Changes the selected run and those that repeat it: they would not repeat it any more.
  fileprivate mutating func set(_ setting: LiveSetting, to value: Double) {
    for run in selectedSide where !run.isEnded { send(.send(.set(setting, to: value), to: run.id)) }
  }

  /// From images as they are to mirrored ones, to mirrored and moved ones, and back.
  mutating func cycleAugmentation() {
    guard let old = selected?.configuration.augmentation else { return }
    let moves = old.flip && old.shift == 0
    set(.flip, to: moves || !old.isActive ? 1 : 0)
    set(.shift, to: moves ? Double(Augmentation.usualShift) : 0)
  }
}

extension Double {
  /// The nearest number with so many significant decimal digits: what a person sees is what is set.
  func rounded(significantDigits digits: Int) -> Double {
    guard self != 0, isFinite else { return self }
    var scale = 1.0
    let limit = (0..<digits).reduce(1.0) { limit, _ in limit * 10 }
    while magnitude * scale < limit / 10 { scale *= 10 }
    while magnitude * scale >= limit { scale /= 10 }
    return (self * scale).rounded() / scale
  }
}

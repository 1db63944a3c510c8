internal import Experiment
internal import TerminalUI

/// The keys that steer runs, on every page.
extension DashboardState {
  static let keys: [(title: String, bindings: [Binding<DashboardState>])] = [
    ("Training", training), ("The selected run", selectedRunKeys), ("Seeds", seeds),
  ]

  private static let training: [Binding<DashboardState>] = [
    Binding(" ", footer: "resume", help: "go on", when: \.isPaused) { $0.send(.sendToAll(.resume)) },
    Binding(
      " ", footer: "pause", help: "pause all runs", when: { $0.isMoving && $0.canBePaused },
      do: { $0.send(.sendToAll(.pause)) }),
    Binding("n", footer: "one step", help: "while paused: one step", when: \.isPaused) {
      $0.send(.sendToAll(.advanceOneStep))
    },
    Binding("N", footer: "one epoch", help: "paused: rest of the epoch", when: \.isPaused) {
      $0.send(.sendToAll(.advanceOneEpoch))
    },
    Binding(
      "s", footer: "stop", help: "stop, keep the results",
      when: { $0.canBePaused && !$0.isEnded && !$0.isPaused && !$0.runs.isEmpty },
      do: { $0.send(.sendToAll(.stop)) }),
    Binding(
      ["e", "E"], footer: "more epochs", help: "one or ten more epochs", when: \.canAddEpochs,
      [{ $0.addEpochs(1) }, { $0.addEpochs(10) }]),
    Binding(
      ["r", "R"], footer: "restart", help: "restart: same, next seed",
      when: { $0.canBePaused && !$0.runs.isEmpty },
      [{ $0.askForRestart(newSeed: false) }, { $0.askForRestart(newSeed: true) }]),
  ]

  private static let selectedRunKeys: [Binding<DashboardState>] =
    [
      Binding("f", footer: "fork", help: "fork: go on with a change", when: \.canFork) { $0.askForFork() },
      Binding(
        ["h", "w", "D"], help: "hide/show, rename, remove", when: { $0.selected != nil },
        [{ $0.toggleRun() }, { $0.askForName() }, { $0.askForRemoval() }]),
    ] + LiveKeys.dropout
    + [
      Binding(
        .up, .down, footer: "layer", help: "select the layer", when: { $0.layerCount > 1 },
        do: { $0.selectedLayer = min(max(0, $0.selectedLayer + $1), max(0, $0.layerCount - 1)) }),
      Binding(
        .tab, footer: "run", help: "select the run", when: { $0.listedRuns.count > 1 },
        do: { $0.selectNextRun() }),
    ] + LiveKeys.others

  private static let seeds: [Binding<DashboardState>] = [
    Binding("p", footer: "more seeds", help: "one more seed for each side", when: \.canAddReplicates) {
      $0.send(.addReplicates(isPaused: $0.isPaused))
    }
  ]

  /// Lets every run that can go on make more epochs.
  private mutating func addEpochs(_ count: Int) {
    for run in listedRuns where run.canGoOn {
      let change = SettingChange(.epochs, to: .integer(run.configuration.epochs + count))
      send(.send(.set(change), to: run.id))
    }
  }

  // MARK: Beginning anew and leaving

  /// Asks before the weights of runs are given up that have made a step.
  private mutating func askForRestart(newSeed: Bool) {
    guard !isReplay, runs.contains(where: { $0.history.step > 0 }) else { return restart(newSeed: newSeed) }
    question = Question(
      prompt: "begin all runs anew\(newSeed ? ", next seed" : "")", keys: "y restart   n keep"
    ) { state, _ in state.restart(newSeed: newSeed) }
  }

  private mutating func restart(newSeed: Bool) {
    removeRuns()
    selectedRun = 0
    send(.restart(newSeed: newSeed))
  }

  /// Leaves, after a question while runs train.
  mutating func quit() {
    guard !isEnded, !runs.isEmpty, !isReplay else { return leave() }
    question = Question(prompt: "stop and keep the run", keys: "y stop   n keep training") { state, _ in
      state.leave()
    }
  }

  mutating func leave() {
    send(.sendToAll(.stop))
    send(.leave)
  }
}

internal import Experiment
internal import TerminalUI

/// The keys that steer runs, on every page.
extension DashboardState {
  static let keys: [(title: String, bindings: [Binding<DashboardState>])] = [
    ("Training", training), ("The selected run", selectedRunKeys), ("Seeds", seeds),
  ]

  private static let training: [Binding<DashboardState>] = [
    Binding(
      " ", footer: "resume", help: "go on", when: { $0.wantsPause ?? $0.isPaused }, do: { $0.resume() }),
    Binding(" ", footer: "go on", when: \.canGoOnAfterStop) { $0.resume() },
    Binding(
      " ", footer: "pause", help: "pause all runs", when: { $0.isMoving && $0.canBePaused },
      do: {
        ($0.wantsPause, $0.isStepping) = (true, false)
        $0.send(.sendToAll(.pause))
      }),
    Binding("n", footer: "one step", help: "while paused: one step", when: \.canAdvance) {
      $0.advance(.advanceOneStep)
    },
    Binding("N", footer: "one epoch", help: "paused: rest of the epoch", when: \.canAdvance) {
      $0.advance(.advanceOneEpoch)
    },
    Binding(
      "K", help: "runs wait for each other", when: { !$0.isReplay && $0.listedRuns.count > 1 },
      do: {
        $0.isLockstep.toggle()
        $0.message =
          $0.isLockstep ? "lockstep: the runs wait for each other" : "no lockstep: each run at its own speed"
        $0.send(.setLockstep($0.isLockstep))
      }),
    Binding(
      "s", footer: "stop", help: "stop, keep the results",
      when: { $0.canBePaused && !$0.isEnded && !$0.runs.isEmpty }, do: { $0.askForStop() }
    ).forTheEnd,
    Binding(
      ["e", "E"], footer: "more epochs", help: "one or ten more epochs", when: \.canAddEpochs,
      [{ $0.addEpochs(1) }, { $0.addEpochs(10) }]
    ).forTheEnd,
    Binding(
      ["r", "R"], footer: "restart", help: "restart: same, next seed",
      when: { $0.canBePaused && !$0.runs.isEmpty },
      [{ $0.askForRestart(newSeed: false) }, { $0.askForRestart(newSeed: true) }]
    ).forTheEnd,
  ]

  private static let selectedRunKeys: [Binding<DashboardState>] =
    LiveKeys.dropout + [
      Binding("f", footer: "fork", help: "fork: go on with a change", when: \.canFork) { $0.askForFork() },
      Binding(
        ["h", "w", "D"], help: "hide/show, rename, remove", when: { $0.selected != nil },
        [{ $0.toggleRun() }, { $0.askForName() }, { $0.askForRemoval() }]),
      Binding("V", help: "compare the others with it", when: \.hasOverview) {
        $0.chooseReference()
      },
      Binding(
        .up, .down, footer: "layer", help: "select the layer", when: { $0.layerCount > 1 },
        do: { $0.selectedLayer = min(max(0, $0.selectedLayer + $1), max(0, $0.layerCount - 1)) }),
      Binding(
        .tab, footer: "run", help: "select the run", when: { $0.listedRuns.count > 1 },
        do: { $0.selectNextRun() }),
    ] + LiveKeys.others

  private static let seeds: [Binding<DashboardState>] = [
    Binding("p", footer: "more seeds", help: "one more seed for each side", when: \.canAddReplicates) {
      $0.addReplicates()
    }
  ]

  // MARK: Going on and waiting

  private mutating func resume() {
    (wantsPause, isStepping) = (canGoOnAfterStop ? nil : false, false)
    send(.sendToAll(.resume))
  }

  /// Whether the runs wait, or were waiting before a step that is under way: steps add up.
  private var canAdvance: Bool { isPaused || isStepping && isMoving }

  private mutating func advance(_ command: TrainingCommand) {
    isStepping = true
    send(.sendToAll(command))
  }

  /// Lets every run that can go on make more epochs, up to the same for all: twins stay twins.
  private mutating func addEpochs(_ count: Int) {
    let going = listedRuns.filter(\.canGoOn)
    guard let most = going.map(\.wanted.epochs).max() else { return }
    let epochs = min(most + count, RunConfiguration.largestEpochCount)
    ask([SettingChange(.epochs, to: .integer(epochs))], of: going)
  }

  /// Asks for one more seed of each side.
  private mutating func addReplicates() {
    let sides = replicates.sides.count
    guard hasRoom(for: sides) else { return }
    awaitedRuns += sides
    send(.addReplicates(isPaused: isPaused))
  }

  private mutating func askForStop() {
    ask(
      Question(prompt: "stop all runs and keep the results", keys: "y stop   enter go on") { state in
        state.send(.sendToAll(state.isReplay ? .stop : .halt))
      })
  }

  /// What can be done once the runs were stopped.
  var stopSentence: String {
    "stopped: space goes on, e goes on with one more epoch"
      + (folder.map { "; later: fmnist-tui --resume \($0)" } ?? "")
  }

  // MARK: Beginning anew and leaving

  /// Asks before the weights of runs are given up that have made a step.
  private mutating func askForRestart(newSeed: Bool) {
    guard !isReplay, runs.contains(where: { $0.history.step > 0 }) else { return restart(newSeed: newSeed) }
    ask(
      Question(
        prompt: "begin all runs anew\(newSeed ? ", next seed" : "")", keys: "y restart   enter keep"
      ) { state in state.restart(newSeed: newSeed) })
  }

  private mutating func restart(newSeed: Bool) {
    removeRuns()
    selectedRun = 0
    send(.restart(newSeed: newSeed))
  }

  /// Leaves, after a question while runs train.
  mutating func quit() {
    guard !isEnded, !runs.isEmpty, !isReplay else { return leave() }
    ask(
      Question(prompt: "stop and keep the run", keys: "y stop   enter keep training") { state in
        state.leave()
      })
  }

  mutating func leave() {
    send(.sendToAll(.stop))
    send(.leave)
  }
}

internal import Experiment
internal import Messages
internal import TerminalUI

/// The keys that steer runs, on every page.
extension DashboardState {
  static var keys: [(title: String, bindings: [Binding<DashboardState>])] {
    [
      (says("Training", "训练"), training), (says("The selected run", "选中的运行"), selectedRunKeys),
      (says("Seeds", "随机种子"), seeds),
    ]
  }

  private static let training: [Binding<DashboardState>] = [
    Binding(
      " ", footer: says("resume", "继续"), help: says("go on", "继续"), when: { $0.wantsPause ?? $0.isPaused },
      do: { $0.resume() }),
    Binding(" ", footer: says("go on", "继续"), when: \.canGoOnAfterStop) { $0.resume() },
    Binding(
      " ", footer: says("pause", "暂停"), help: says("pause all runs", "暂停所有运行"),
      when: { $0.isMoving && $0.canBePaused },
      do: {
        ($0.wantsPause, $0.isStepping) = (true, false)
        $0.send(.sendToAll(.pause))
      }),
    Binding(
      "n", footer: says("one step", "一步"), help: says("while paused: one step", "暂停时：走一步"),
      when: \.canAdvance, do: { $0.advance(.advanceOneStep) }),
    Binding(
      "N", footer: says("one epoch", "一轮"), help: says("paused: rest of the epoch", "暂停时：走完本轮"),
      when: \.canAdvance, do: { $0.advance(.advanceOneEpoch) }),
    Binding(
      "K", help: says("runs wait for each other", "各运行互相等待"),
      when: { !$0.isReplay && $0.listedRuns.count > 1 },
      do: {
        $0.isLockstep.toggle()
        $0.message =
          $0.isLockstep
          ? says("lockstep: the runs wait for each other", "同步：各运行互相等待")
          : says("no lockstep: each run at its own speed", "不同步：各运行按自己的速度")
        $0.send(.setLockstep($0.isLockstep))
      }),
    Binding(
      "s", footer: says("stop", "停止"), help: says("stop, keep the results", "停止，保留结果"),
      when: { $0.canBePaused && !$0.isEnded && !$0.runs.isEmpty }, do: { $0.askForStop() }
    ).forTheEnd,
    Binding(
      ["e", "E"], footer: says("more epochs", "加轮数"), help: says("one or ten more epochs", "再训练一轮或十轮"),
      when: \.canAddEpochs,
      [{ $0.addEpochs(1) }, { $0.addEpochs(10) }]
    ).forTheEnd,
    Binding(
      ["r", "R"], footer: says("restart", "重新开始"),
      help: says("restart: same, next seed", "重新开始：同一、下一种子"),
      when: { $0.canBePaused && !$0.runs.isEmpty },
      [{ $0.askForRestart(newSeed: false) }, { $0.askForRestart(newSeed: true) }]
    ).forTheEnd,
  ]

  private static let selectedRunKeys: [Binding<DashboardState>] =
    LiveKeys.dropout + [
      Binding(
        "f", footer: says("fork", "分支"), help: says("fork: go on with a change", "分支：改动后继续"),
        when: \.canFork, do: { $0.askForFork() }),
      Binding(
        ["h", "w", "D"], help: says("hide/show, rename, remove", "隐藏/显示、改名、移除"), when: { $0.selected != nil },
        [{ $0.toggleRun() }, { $0.askForName() }, { $0.askForRemoval() }]),
      Binding(
        "V", help: says("compare the others with it", "以它为基准比较其他"), when: \.hasOverview,
        do: { $0.chooseReference() }),
      Binding(
        .up, .down, footer: says("layer", "层"), help: says("select the layer", "选择层"),
        when: { $0.layerCount > 1 },
        do: { $0.selectedLayer = min(max(0, $0.selectedLayer + $1), max(0, $0.layerCount - 1)) }),
      Binding(
        .tab, footer: says("run", "运行"), help: says("select the run", "选择运行"),
        when: { $0.listedRuns.count > 1 },
        do: { $0.selectNextRun() }),
    ] + LiveKeys.others

  private static let seeds: [Binding<DashboardState>] = [
    Binding(
      "p", footer: says("more seeds", "加种子"), help: says("one more seed for each side", "每一方再加一个种子"),
      when: \.canAddReplicates, do: { $0.addReplicates() })
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
      Question(
        prompt: says("stop all runs and keep the results", "停止所有运行并保留结果"),
        keys: says("y stop   enter go on", "y 停止   回车 继续")
      ) { state in
        state.send(.sendToAll(state.isReplay ? .stop : .halt))
      })
  }

  /// What can be done once the runs were stopped.
  var stopSentence: String {
    says("stopped: space goes on, e goes on with one more epoch", "已停止：空格继续，e 再训练一轮")
      + (folder.map {
        says("; later: fmnist-tui --resume \($0)", "；以后恢复：fmnist-tui --resume \($0)")
      } ?? "")
  }

  // MARK: Beginning anew and leaving

  /// Asks before the weights of runs are given up that have made a step.
  private mutating func askForRestart(newSeed: Bool) {
    guard !isReplay, runs.contains(where: { $0.history.step > 0 }) else { return restart(newSeed: newSeed) }
    ask(
      Question(
        prompt: newSeed
          ? says("begin all runs anew, next seed", "以下一个种子重新开始所有运行")
          : says("begin all runs anew", "重新开始所有运行"),
        keys: says("y restart   enter keep", "y 重新开始   回车 保留")
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
      Question(
        prompt: says("stop and keep the run", "停止并保留运行"),
        keys: says("y stop   enter keep training", "y 停止   回车 继续训练")
      ) { state in state.leave() })
  }

  mutating func leave() {
    send(.sendToAll(.stop))
    send(.leave)
  }
}

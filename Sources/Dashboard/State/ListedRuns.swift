internal import Experiment
internal import Messages
internal import TerminalUI

extension DashboardState {
  /// The runs of the session without those that have not begun, or were removed.
  var listedRuns: [RunState] {
    runs.filter { !$0.history.isRemoved && ($0.history.started != nil || $0.isEnded) }
  }

  /// The runs that charts and tables show.
  ///
  /// If all are hidden, so that there would be nothing to see, the selected one is shown.
  var shownRuns: [RunState] {
    let shown = listedRuns.filter { !$0.isHidden }
    return shown.isEmpty ? listedRuns.filter { $0.id.index == selectedRun } : shown
  }

  /// After which epoch there is something to compare.
  var firstEvaluation: String {
    let epochs = listedRuns.map { min($0.configuration.evaluationInterval, $0.configuration.epochs) }
    return epochs.min().flatMap { $0 > 1 ? says("epoch \($0)", "第 \($0) 轮") : nil }
      ?? says("the first epoch", "第一轮")
  }

  /// The run's name, with its letter where forks are named after it.
  func title(of run: RunState) -> String {
    let letter = glyphs.hasSymbols && listedRuns.count > 2 ? run.id.letter + " " : ""
    return letter + run.name + (run.isHidden ? says(" (hidden)", " (隐藏)") : "")
  }

  /// Takes in what an event changes in the list of runs.
  mutating func note(_ event: TrainingEvent) {
    let (letter, run) = (event.run.letter, runs[event.run.index])
    switch event.kind {
    case .runStarted(let start):
      guard let fork = start.forkedFrom, fork.run < event.run else { return }
      let name = RunName.shown(start.name)
      message =
        says(
          "\(letter) \(name) begins after step \(NumberText.grouped(fork.step)) of \(fork.run.letter)",
          "\(letter) \(name) 从 \(fork.run.letter) 的第 \(NumberText.grouped(fork.step)) 步之后开始")
    case .runRenamed(let renamed):
      message = says("\(letter) is called \(renamed.name) now", "\(letter) 现名 \(renamed.name)")
    case .runRemoved:
      message = says("\(run.name) is removed", "\(run.name) 已移除")
      if selectedRun == event.run.index { selectNextRun() }
    default: break
    }
  }

  // MARK: Selecting and hiding

  /// Makes a run the one whose settings the keys change.
  mutating func select(run: Int) {
    selectedRun = run
    selectedLayer = min(selectedLayer, max(0, layerCount - 1))
  }

  /// Selects the next run that was not removed.
  mutating func selectNextRun() {
    let listed = listedRuns
    guard let next = listed.first(where: { $0.id.index > selectedRun }) ?? listed.first else { return }
    select(run: next.id.index)
  }

  /// Hides the selected run and those that repeat it, or shows them again.
  mutating func toggleRun() {
    guard let selected else { return }
    let isHidden = !selected.isHidden
    for run in selectedSide { setHidden(isHidden, run: run.id) }
    message =
      isHidden
      ? says(
        "\(selected.name) is hidden\(selected.isEnded ? "" : " and trains on"); h shows it",
        "\(selected.name) 已隐藏\(selected.isEnded ? "" : "，继续训练")；按 h 显示")
      : says("\(selected.name) is shown", "\(selected.name) 已显示")
  }
}

internal import Experiment
internal import Messages

extension DashboardState {
  /// The runs by what they repeat.
  var replicates: Replicates {
    Replicates(
      listedRuns.compactMap { run in
        run.history.started.map { (run.id, run.name, $0.configuration) }
      })
  }

  /// The runs whose settings the keys change: the selected one, and those that repeat it.
  var selectedSide: [RunState] {
    guard let selected, let side = replicates.side(of: selected.id) else { return [] }
    return side.runs.map { runs[$0.index] }
  }

  /// The sides that charts show; all, if all are hidden.
  var shownSides: [Replicates.Side] {
    let sides = replicates.sides
    let shown = sides.filter { !runs[$0.lead.index].isHidden }
    return shown.isEmpty ? sides : shown
  }

  /// The run whose colour and mark a run has: of runs that repeat each other, the first.
  func lead(of run: RunState) -> RunID { replicates.side(of: run.id)?.lead ?? run.id }

  /// What a page adds to its title where it shows some of several seeds: `, seed 2`.
  var seedCaption: String {
    guard replicates.areSeveral, let seed = selected?.history.started?.configuration.seed else { return "" }
    return says(", seed \(seed)", "，种子 \(seed)")
  }
}

internal import Experiment
internal import Messages
internal import TerminalUI

/// Which runs, or sides where runs are repeated, are compared: the selected one and another.
extension DashboardState {
  /// Whether the figures are those of sides, means over seeds, and not those of single runs.
  ///
  /// Who looks at each run and chooses one that the others are compared with has chosen a single run.
  var comparesSides: Bool { replicates.areSeveral && (settings.showsBands || reference == nil) }

  /// The runs that the overview lists, or those that stand for the sides that it lists.
  var candidates: [RunID] {
    replicates.areSeveral && settings.showsBands ? replicates.sides.map(\.lead) : listedRuns.map(\.id)
  }

  /// Whether there are more runs, or sides, than can stand side by side.
  var hasOverview: Bool { candidates.count > 2 }

  /// What tells most of each run, or of each side while charts show means.
  var overview: Overview {
    let replicates = replicates
    return replicates.areSeveral && settings.showsBands
      ? Overview(
        replicates, histories: runs.map(\.history), pairing: pairing(of: replicates.sides.map(\.lead)))
      : Overview(listedRuns.map(\.history), pairing: pairing(of: listedRuns.map(\.id)))
  }

  /// The runs side by side: all, or of several the selected one and the one that it is compared with.
  ///
  /// Where runs are repeated, these are the runs of the two sides with the selected one's seed.
  var comparedRuns: [RunState] {
    if comparesSides, let selected {
      let sides = comparedSides
      return replicates.twins(of: selected.id).filter { run in sides.contains { $0.runs.contains(run) } }
        .map { runs[$0.index] }
    }
    let shown = shownRuns
    guard shown.count > 2 else { return shown }
    let run = shown.first { $0.id.index == selectedRun } ?? shown[0]
    return pairing(of: shown.map(\.id)).pair(of: run.id).map { runs[$0.index] }
  }

  /// The sides that are compared: all, or of several the selected run's and the one that it is compared with.
  var comparedSides: [Replicates.Side] {
    let sides = shownSides
    guard sides.count > 2 else { return sides }
    let selected = sides.first { $0.runs.contains(RunID(selectedRun)) } ?? sides[0]
    let pair = pairing(of: sides.map(\.lead)).pair(of: selected.lead)
    return sides.filter { pair.contains($0.lead) }
  }

  /// Pairs runs, or sides by the runs that stand for them.
  private func pairing(of candidates: [RunID]) -> Pairing {
    let replicates = replicates
    func candidate(_ run: RunID) -> RunID {
      candidates.contains(run) ? run : replicates.side(of: run)?.lead ?? run
    }
    let parents = candidates.compactMap { run -> (RunID, RunID)? in
      if let fork = runs[run.index].history.forkedFrom { return (run, candidate(fork.run)) }
      // A run of another side shares weights and batches with that of the first one with its seed.
      guard replicates.areSeveral, let twin = replicates.twins(of: run).first, twin != run else { return nil }
      return (run, candidate(twin))
    }
    return Pairing(
      candidates, parents: Dictionary(parents, uniquingKeysWith: { first, _ in first }),
      chosen: reference.map(candidate))
  }

  /// Compares all others with the selected run; those that are compared with it already, again as at the beginning.
  mutating func chooseReference() {
    guard let selected else { return }
    if reference == selected.id {
      reference = nil
      message = says(
        "forks are compared with what they were forked from, others with \(runs[0].id.letter)",
        "分支与其来源比较，其他与 \(runs[0].id.letter) 比较")
    } else {
      reference = selected.id
      message = says(
        "the others are compared with \(selected.id.letter), \(selected.name); V again: as before",
        "其他运行与 \(selected.id.letter)（\(selected.name)）比较；再按 V 恢复")
    }
  }
}

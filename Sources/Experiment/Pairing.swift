/// Which runs are compared with each other, where there are more than two.
///
/// A fork is compared with the run that it was forked from, every other one with the first, unless a person chose one that
/// all others are compared with. Everywhere the earlier run's figures minus the later one's are told.
public struct Pairing: Hashable, Sendable {
  /// The runs that can be compared, or those that stand for sides, in order.
  public let candidates: [RunID]
  /// The one that the others are compared with, if a person chose one of the candidates.
  public let chosen: RunID?
  private let parents: [RunID: RunID]

  /// Pairs `candidates`; `parents` tells which of them a fork was forked from.
  public init(_ candidates: [RunID], parents: [RunID: RunID] = [:], chosen: RunID? = nil) {
    self.candidates = candidates
    self.chosen = chosen.flatMap { candidates.contains($0) ? $0 : nil }
    self.parents = parents.filter { candidates.contains($0.value) }
  }

  /// Pairs runs by what they were forked from.
  public init(_ histories: [RunHistory], chosen: RunID? = nil) {
    self.init(
      histories.map(\.id),
      parents: Dictionary(
        histories.compactMap { history in history.forkedFrom.map { (history.id, $0.run) } },
        uniquingKeysWith: { first, _ in first }), chosen: chosen)
  }

  /// Pairs sides by what the runs that stand for them were forked from; `histories` are by place of the run.
  public init(_ replicates: Replicates, histories: [RunHistory]) {
    let leads = replicates.sides.map(\.lead)
    let parents = leads.compactMap { lead -> (RunID, RunID)? in
      guard histories.indices.contains(lead.index), let fork = histories[lead.index].forkedFrom,
        let parent = replicates.side(of: fork.run)
      else { return nil }
      return (lead, parent.lead)
    }
    self.init(leads, parents: Dictionary(parents, uniquingKeysWith: { first, _ in first }))
  }

  /// What a run's figures are compared with; `nil` for the one that the others are compared with.
  public func reference(of run: RunID) -> RunID? {
    guard run != chosen else { return nil }
    let other = chosen ?? parents[run] ?? candidates.first { parents[$0] == nil } ?? candidates.first
    return other == run ? nil : other
  }

  /// A run and what it is compared with, the earlier one first; only the run where there is nothing else.
  public func pair(of run: RunID) -> [RunID] {
    let others = candidates.filter { $0 != run }
    let other =
      reference(of: run) ?? parents[run] ?? others.first { parents[$0] == nil } ?? others.first
    return [run, other].compactMap(\.self).sorted()
  }
}

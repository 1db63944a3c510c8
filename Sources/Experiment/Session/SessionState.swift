/// What a session's events have told so far: the one place where the stream is folded.
///
/// Reports, the dashboard, what is kept in folders and the exit status read it.
public struct SessionState: Hashable, Sendable {
  /// The runs, A first: those that were planned, and those that have begun.
  public private(set) var runs: [RunHistory]
  /// Runs of which was told before the start of the run before them: each run has a queue of its own.
  private var early: [RunID: RunHistory] = [:]

  /// A session of which nothing has happened, with the runs that are planned.
  public init(_ planned: [RunHistory] = []) {
    runs = planned
  }

  /// Plans a further run.
  public mutating func add(_ planned: RunHistory) { runs.append(planned) }

  /// Takes in an event of any run.
  public mutating func apply(_ event: TrainingEvent) {
    update(event.run) { $0.apply(event) }
    switch event.kind {
    case .runStarted(let start): begin(event.run, start)
    // A run that is made again from before a fork tells after the fork's start what both have in common.
    case .epochEvaluated, .settingChanged, .layersMeasured: passOn(event.position)
    default: break
    }
  }

  private mutating func begin(_ run: RunID, _ start: RunStarted) {
    if let fork = start.forkedFrom, fork.run < run {
      let parent = self[fork.run]
      update(run) { $0.inherit(from: parent) }
      // Of a fork that was made again its own forks may have been told before.
      passOn(.beginning(of: run))
    }
    while let next = early[RunID(runs.count)], next.started != nil {
      early[next.id] = nil
      runs.append(next)
    }
  }

  /// Gives the forks of a run, and theirs, what was told of the run at a place before they branched off.
  private mutating func passOn(_ place: RunPosition) {
    for index in runs.indices {
      guard let fork = runs[index].forkedFrom, fork.run == place.run, fork.run.index < index,
        place.step <= fork.step, runs[index].started != nil
      else { continue }
      runs[index].inherit(from: self[fork.run])
      passOn(RunPosition(run: RunID(index), step: place.step, epoch: place.epoch, batch: place.batch))
    }
  }

  /// One of the runs, also one that is not known yet.
  public subscript(run: RunID) -> RunHistory {
    runs.indices.contains(run.index) ? runs[run.index] : early[run] ?? RunHistory(run)
  }

  /// Changes a run where it is: the reader of the events allocates nothing for a step.
  private mutating func update(_ run: RunID, _ change: (inout RunHistory) -> Void) {
    if runs.indices.contains(run.index) {
      change(&runs[run.index])
    } else {
      change(&early[run, default: RunHistory(run)])
    }
  }

  /// Whether every run has ended.
  public var isOver: Bool { runs.allSatisfy(\.isOver) }

  /// Runs that were begun anew leave no fork of theirs behind.
  public mutating func removeForks() {
    runs.removeAll { $0.forkedFrom != nil }
    early = [:]
  }
}

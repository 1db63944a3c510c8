import Experiment
package import Sessions
import TerminalUI

/// How far a sweep is that others make, in lines.
package struct SweepStatus {
  private let kept: KeptSweep
  private let progress: SweepProgress
  private let beats: [SweepHeartbeat.Beat]

  /// Of a sweep's folder.
  package init(_ kept: KeptSweep) {
    self.kept = kept
    progress = kept.progress
    beats = SweepHeartbeat.all(in: kept.folder)
  }

  /// Whether every run is over.
  package var isComplete: Bool { progress.isComplete }

  /// The parts whose runs are not all over, of which none that cannot be made is counted.
  package var incompleteShards: [Int] {
    let count = kept.record.shards
    var missing = Set<Int>()
    for (place, run) in progress.runs.enumerated()
    where progress.results[run.key] == nil && kept.logs.failures[run.key] == nil {
      missing.insert(place % count)
    }
    return missing.sorted()
  }

  /// The lines.
  package var lines: [String] {
    let diverged = progress.plan.cells.indices.reduce(0) { $0 + progress.divergedCount(of: $1) }
    let failed = kept.logs.failures.count
    var parts = [
      "\(NumberText.grouped(progress.results.count)) of \(NumberText.grouped(progress.runs.count)) runs are over"
    ]
    if diverged > 0 { parts.append("\(NumberText.grouped(diverged)) of them diverged") }
    if failed > 0 { parts.append("\(NumberText.grouped(failed)) failed") }
    var lines = ["\(kept.folder.path): " + parts.joined(separator: ", ") + "."]
    lines += beats.prefix(20).map(Self.line)
    if beats.count > 20 { lines.append("  and \(beats.count - 20) more at work") }
    for (key, message) in kept.logs.failures.sorted(by: {
      ($0.key.cell, $0.key.seed) < ($1.key.cell, $1.key.seed)
    }).prefix(5) {
      lines.append("  failed: \(progress.plan.phrase(of: key.cell)) seed \(key.seed): \(message)")
    }
    return lines + kept.notes
  }

  private static func line(_ beat: SweepHeartbeat.Beat) -> String {
    let age = NumberText.clock(beat.age)
    return "  shard \(beat.shard) on \(beat.host): \(beat.made) of \(beat.wanted) made, "
      + (beat.age < SweepHeartbeat.patience ? "heard of \(age) ago" : "not heard of for \(age)")
  }
}

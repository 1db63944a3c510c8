import Experiment
internal import Messages
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
    let (over, all) = (NumberText.grouped(progress.results.count), NumberText.grouped(progress.runs.count))
    var parts = [says("\(over) of \(all) runs are over", "\(all) 个运行中有 \(over) 个结束")]
    if diverged > 0 {
      parts.append(
        says("\(NumberText.grouped(diverged)) of them diverged", "其中 \(NumberText.grouped(diverged)) 个发散"))
    }
    if failed > 0 {
      parts.append(says("\(NumberText.grouped(failed)) failed", "\(NumberText.grouped(failed)) 个失败"))
    }
    var lines = [
      kept.folder.path + says(": ", "：") + parts.joined(separator: says(", ", "，")) + says(".", "。")
    ]
    lines += beats.prefix(20).map(Self.line)
    if beats.count > 20 {
      lines.append(says("  and \(beats.count - 20) more at work", "  另有 \(beats.count - 20) 个在工作"))
    }
    for (key, message) in kept.logs.failures.sorted(by: {
      ($0.key.cell, $0.key.seed) < ($1.key.cell, $1.key.seed)
    }).prefix(5) {
      let cell = progress.plan.phrase(of: key.cell)
      lines.append(
        says("  failed: \(cell) seed \(key.seed): \(message)", "  失败：\(cell) 种子 \(key.seed)：\(message)"))
    }
    return lines + kept.notes
  }

  private static func line(_ beat: SweepHeartbeat.Beat) -> String {
    let age = NumberText.clock(beat.age)
    return says(
      "  shard \(beat.shard) on \(beat.host): \(beat.made) of \(beat.wanted) made, ",
      "  分片 \(beat.shard) 在 \(beat.host)：\(beat.wanted) 个中完成 \(beat.made) 个，")
      + (beat.age < SweepHeartbeat.patience
        ? says("heard of \(age) ago", "\(age) 前有消息") : says("not heard of for \(age)", "已 \(age) 没有消息"))
  }
}

package import Experiment
internal import Messages
package import Sessions

extension RunSummary.State {
  /// How far a run is, in words; files and filters have the raw value.
  package var words: String {
    switch self {
    case .completed: says("completed", "已完成")
    case .stopped: says("stopped", "已停止")
    case .running: says("running", "训练中")
    case .interrupted: says("interrupted", "已中断")
    case .diverged: says("diverged", "已发散")
    case .failed: says("failed", "已失败")
    }
  }
}

extension RunEnded.Reason {
  /// How a run ended, in words; events have the name.
  package var words: String { RunSummary.State(self).words }
}

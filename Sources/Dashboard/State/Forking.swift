internal import Experiment
internal import Messages

/// Forks, new names and removals: what is asked of the person, and what comes of the answer.
extension DashboardState {
  /// Whether the selected run can be forked: it trains, waits, or is complete.
  var canFork: Bool {
    let wereStopped = listedRuns.contains { $0.history.ended?.reason == .stopped }
    return origin == .training && !wereStopped && (selected?.canGoOn ?? false)
  }

  /// Asks what the fork of the selected run changes.
  mutating func askForFork() {
    guard let selected else { return }
    guard hasRoom(for: 1) else { return }
    askForFork(selected.suggestedFork)
  }

  /// Whether a session can have so many more runs; tells how to make room if not.
  mutating func hasRoom(for count: Int) -> Bool {
    let most = RunID.largestCount
    guard runs.count + awaitedRuns + count > most else { return true }
    message =
      says(
        "a session has at most \(most) runs, those removed included: D removes what is not needed, "
          + "then r begins anew without removed runs and forks, and keeps this session as it is",
        "一个会话最多 \(most) 个运行，移除的也算：按 D 移除不需要的，再按 r 重新开始（不含移除的运行和分支），本会话原样保留")
    return false
  }

  private mutating func askForFork(_ text: String) {
    ask(
      Question(
        prompt: says("fork with", "分支并更改"),
        keys: says(
          "enter fork   ctrl-u clear   tab complete   esc cancel", "回车 分支   ctrl-u 清空   tab 补全   esc 取消"),
        text: text,
        completions: { Setting.completions(of: $0) { $0.obstacleToFork == nil } }
      ) { state, text in state.fork(text) })
  }

  /// Asks for a fork, or says why there is none and lets the person correct the text.
  private mutating func fork(_ text: String) {
    guard let selected else { return }
    do {
      let changes = try VersusSpecification(words: text).changes
      let configuration = try selected.configuration.forked(with: changes)
      guard selected.history.lengths.steps(through: configuration.epochs) > selected.history.step else {
        let epoch = Int(selected.epochs(at: selected.history.step))
        message =
          says(
            "\(selected.name) has made \(epoch) \(epoch == 1 ? "epoch" : "epochs"), nothing would be left to do: "
              + "add for example ",
            "\(selected.name) 已完成 \(epoch) 轮，没有什么可做了：请加上例如 ")
          + "epochs=\(2 * max(epoch, selected.configuration.epochs))"
        return askForFork(text)
      }
      send(.send(.fork(changing: changes), to: selected.id))
    } catch {
      message = error.description
      askForFork(text)
    }
  }

  /// Asks for the new name of the selected run.
  mutating func askForName() {
    guard origin == .training, let selected else { return }
    ask(
      Question(
        prompt: says("name", "名称"),
        keys: says("enter set   ctrl-u clear   esc keep", "回车 确定   ctrl-u 清空   esc 不变"), text: selected.name,
        limit: 40
      ) { state, text in state.rename(to: text) })
  }

  /// Asks for another name of the selected run; an empty one leaves it as it is.
  private mutating func rename(to text: String) {
    let name = text.split(separator: " ").joined(separator: " ")
    guard let selected, !name.isEmpty, name != selected.name else { return }
    // Runs that repeat each other have one name.
    for run in selectedSide { send(.rename(run.id, to: name)) }
  }

  /// Asks whether to remove the selected run, unless others are drawn from where it branched off.
  mutating func askForRemoval() {
    guard let selected, origin == .training else { return }
    let side = selectedSide.map(\.id)
    guard listedRuns.count > side.count else {
      message = says("\(selected.name) is the only run", "\(selected.name) 是唯一的运行")
      return
    }
    let forks = listedRuns.filter { run in
      run.history.started?.forkedFrom.map { side.contains($0.run) && !side.contains(run.id) } ?? false
    }
    guard forks.isEmpty else {
      message =
        says(
          "\(selected.name) stays: \(forks.map(\.name).joined(separator: "; ")) \(forks.count == 1 ? "goes" : "go") on from it; h hides it",
          "\(selected.name) 保留：\(forks.map(\.name).joined(separator: "；")) 由它继续；按 h 隐藏它")
      return
    }
    ask(
      Question(
        prompt: says("remove \(selected.name)", "移除 \(selected.name)"),
        keys: says("y remove   enter keep", "y 移除   回车 保留")
      ) { state in
        for run in state.selectedSide { state.send(.remove(run.id)) }
      })
  }
}

extension RunState {
  /// A change that is worth looking at: without dropout where there is some, or with it.
  fileprivate var suggestedFork: String {
    let depth = configuration.dropout.count
    var changed = configuration
    changed.dropout =
      configuration.dropout.contains { $0 > 0 }
      ? configuration.dropout.map { _ in 0 } : RunConfiguration.defaultDropout(depth: depth)
    changed.learningRate = configuration.learningRate / 5
    let setting = depth > 0 ? Setting.dropout : .learningRate
    let text = "\(setting.key)=\(setting.text(in: changed))"
    return history.isCompleted ? text + " epochs=\(2 * configuration.epochs)" : text
  }
}

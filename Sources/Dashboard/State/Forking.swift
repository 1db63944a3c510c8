internal import Experiment
internal import TerminalUI

/// Forks, new names and removals: what is asked of the person, and what comes of the answer.
extension DashboardState {
  /// The most runs of a session: as many as there are colours and marks.
  static let largestRunCount = 8

  /// Whether the selected run can be forked: it trains, waits, or is complete.
  var canFork: Bool {
    let wereStopped = listedRuns.contains { $0.history.ended?.reason == .stopped }
    return origin == .training && !wereStopped && (selected?.canGoOn ?? false)
  }

  /// Asks what the fork of the selected run changes.
  mutating func askForFork() {
    guard let selected else { return }
    guard runs.count < Self.largestRunCount else {
      message =
        "a session has at most \(Self.largestRunCount) runs"
        + (listedRuns.count < runs.count ? ", those removed included" : "") + "; r restarts without forks"
      return
    }
    question = .fork(text: selected.suggestedFork)
  }

  /// Asks for a fork, or says why there is none and lets the person correct the text.
  mutating func fork(_ text: String) -> [DashboardEffect] {
    guard let selected else { return [] }
    do {
      let changes = try VersusSpecification(words: text).changes
      let configuration = try selected.configuration.forked(with: changes)
      guard selected.stepsPerEpoch * configuration.epochs > selected.history.step else {
        let epoch = selected.history.step / selected.stepsPerEpoch
        message =
          "\(selected.name) has made \(epoch) \(epoch == 1 ? "epoch" : "epochs"), nothing would be left to do: "
          + "add for example epochs=\(2 * max(epoch, selected.configuration.epochs))"
        return []
      }
      question = nil
      message = ""
      return [.send(.fork(changing: changes), to: selected.id)]
    } catch {
      message = error.description
      return []
    }
  }

  /// Asks for the new name of the selected run.
  mutating func askForName() {
    if origin == .training, let selected { question = .rename(text: selected.name) }
  }

  /// Asks for another name of the selected run; an empty one leaves it as it is.
  mutating func rename(to text: String) -> [DashboardEffect] {
    question = nil
    let name = text.split(separator: " ").joined(separator: " ")
    guard let selected, !name.isEmpty, name != selected.name else { return [] }
    // Runs that repeat each other have one name.
    return selectedSide.map { .rename($0.id, to: name) }
  }

  /// Asks whether to remove the selected run, unless others are drawn from where it branched off.
  mutating func askForRemoval() {
    guard let selected, origin == .training else { return }
    let side = selectedSide.map(\.id)
    guard listedRuns.count > side.count else {
      message = "\(selected.name) is the only run"
      return
    }
    let forks = listedRuns.filter { run in
      run.history.started?.forkedFrom.map { side.contains($0.run) && !side.contains(run.id) } ?? false
    }
    guard forks.isEmpty else {
      message =
        "\(selected.name) stays: \(forks.map(\.name).joined(separator: "; ")) \(forks.count == 1 ? "goes" : "go") on from it; h hides it"
      return
    }
    question = .remove(name: selected.name)
  }

  /// Asks for the removal of the selected run and those that repeat it.
  mutating func remove() -> [DashboardEffect] {
    question = nil
    return selectedSide.map { .remove($0.id) }
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
    let setting = depth > 0 ? RunSetting.dropout : .learningRate
    let text = "\(setting.rawValue)=\(setting.text(in: changed))"
    return history.isCompleted ? text + " epochs=\(2 * configuration.epochs)" : text
  }
}

extension String {
  /// The text after a key: a further character, one less, or none at all.
  func edited(with key: Key, limit: Int) -> String {
    switch key {
    case .backspace: String(dropLast())
    case .control("u"): ""
    case .character(let character) where count < limit: self + String(character)
    default: self
    }
  }
}

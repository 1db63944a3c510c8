internal import Experiment
internal import TerminalUI

/// What is asked of the person before something is given up or set, and what comes of the answer.
extension DashboardState {
  mutating func quit() -> [DashboardEffect] {
    guard !isEnded, !runs.isEmpty, !isReplay else { return leave() }
    question = .quit
    return []
  }

  func leave() -> [DashboardEffect] { [.sendToAll(.stop), .leave] }

  mutating func answer(_ question: Question, with key: Key) -> [DashboardEffect] {
    switch (question, key) {
    case (_, .control("c")): return leave()
    case (.quit, .character("y")): return leave()
    case (.remove, .character("y")): return remove()
    case (.restart(let newSeed), .character("y")): return restart(newSeed: newSeed)
    case (.quit, .character("n")), (.remove, .character("n")), (.restart, .character("n")), (_, .escape):
      self.question = nil
      message = ""
    case (.fork(let text), .enter): return fork(text)
    case (.rename(let text), .enter): return rename(to: text)
    case (.fork(let text), _):
      message = ""
      self.question = .fork(text: text.edited(with: key, limit: 60))
    case (.rename(let text), _): self.question = .rename(text: text.edited(with: key, limit: 40))
    case (.dropout(let text), .backspace): self.question = .dropout(text: String(text.dropLast()))
    case (.dropout(let text), .character(let character)) where "0123456789.".contains(character):
      if text.count < 8 { self.question = .dropout(text: text + String(character)) }
    case (.dropout(let text), .enter):
      self.question = nil
      guard let probability = Double(text), (0...1).contains(probability) else {
        message = "dropout stays: \(text.isEmpty ? "nothing" : text) is no probability in 0...1"
        return []
      }
      return setDropout(probability)
    default: break
    }
    return []
  }

  mutating func cancel() {
    if showsHelp {
      helpPage = nil
    } else if cursor != nil {
      cursor = nil
    } else {
      zoom = nil
    }
  }

  /// Asks before the weights of runs are given up that have made a step.
  mutating func askForRestart(newSeed: Bool) -> [DashboardEffect] {
    guard !isReplay, runs.contains(where: { $0.history.step > 0 }) else { return restart(newSeed: newSeed) }
    question = .restart(newSeed: newSeed)
    return []
  }

  private mutating func restart(newSeed: Bool) -> [DashboardEffect] {
    question = nil
    runs = []
    selectedRun = 0
    sampleOrder = []
    askedImages = nil
    selectedSample = nil
    zoom = nil
    cursor = nil
    return [.restart(newSeed: newSeed)]
  }
}

/// The time of a session that somebody looks at: what a person takes to look at its end is no time of training.
struct TrainingTime {
  /// When all runs were over, if they are.
  private var idleSince: Double?
  /// The seconds for which they were so before.
  private var idleBefore = 0.0

  /// Takes in whether all runs are over at the time `seconds`.
  mutating func note(isOver: Bool, at seconds: Double) {
    if !isOver {
      idleBefore += idleSince.map { seconds - $0 } ?? 0
      idleSince = nil
    } else if idleSince == nil {
      idleSince = seconds
    }
  }

  /// The seconds of training until the time `seconds`.
  func trained(until seconds: Double) -> Double { (idleSince ?? seconds) - idleBefore }
}

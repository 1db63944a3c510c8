internal import Experiment

/// The part of the charts that is shown, and the place at which they are read.
extension DashboardState {
  mutating func zoom(by factor: Double) {
    let whole = 0...max(1, epochs)
    let shown = visibleEpochs
    let center = cursor ?? (shown.lowerBound + shown.upperBound) / 2
    let width = (shown.upperBound - shown.lowerBound) * factor
    guard width < whole.upperBound else {
      zoom = nil
      return
    }
    let lower = min(max(0, center - width / 2), whole.upperBound - width)
    if width >= 0.02 { zoom = lower...lower + width }
  }

  mutating func pan(by share: Double) {
    guard let shown = zoom else { return }
    let width = shown.upperBound - shown.lowerBound
    let lower = min(max(0, shown.lowerBound + share * width), max(1, epochs) - width)
    zoom = lower...lower + width
  }

  mutating func moveCursor(by steps: Double) {
    let shown = visibleEpochs
    let reached = runs.map { $0.epochs(at: $0.history.step) }.max() ?? 0
    let stride = (shown.upperBound - shown.lowerBound) / 40
    let start = cursor ?? min(reached, shown.upperBound)
    cursor = min(max(start + steps * stride, shown.lowerBound), shown.upperBound)
  }
}

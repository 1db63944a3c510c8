internal import Experiment
package import TerminalUI

extension DashboardState {
  /// Answers a click or a turn of the wheel on a screen of the given size; returns false for every other key.
  ///
  /// A click on a run selects it, one in a chart reads the values there. The wheel zooms charts and leafs through
  /// samples.
  package mutating func pointAt(_ key: Key, width: Int, height: Int) -> Bool {
    let (header, page, _) = areas(of: Rect(width: width, height: height))
    switch key {
    case .click(let x, let y):
      if let run = HeaderView(state: self).run(x: x, y: y, in: header) {
        select(run: run.id.index)
      } else if view == .charts, let epoch = ChartsView(state: self).epoch(x: x, y: y, in: page) {
        cursor = epoch
      }
    case .wheelUp: turnWheel(.zoomIn, .previousSample)
    case .wheelDown: turnWheel(.zoomOut, .nextSample)
    default: return false
    }
    return true
  }

  private mutating func turnWheel(_ overCharts: DashboardAction, _ overSamples: DashboardAction) {
    switch view {
    case .charts: _ = perform(overCharts)
    case .samples: _ = perform(overSamples)
    case .comparison, .layers, .calibration, .demonstrations: break
    }
  }
}

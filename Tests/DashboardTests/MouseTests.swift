import Experiment
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct MouseTests {
  private func click(_ dashboard: inout DashboardScreen, x: Int, y: Int) -> Bool {
    point(.click(x: x, y: y), &dashboard)
  }

  private func point(_ key: Key, _ dashboard: inout DashboardScreen, width: Int = 100, height: Int = 30)
    -> Bool
  {
    dashboard.pointAt(key, width: width, height: height)
  }

  @Test func aClickOnARunSelectsIt() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(click(&dashboard, x: 5, y: 3))
    #expect(dashboard.state.selectedRun == 1)
    #expect(click(&dashboard, x: 5, y: 2))
    #expect(dashboard.state.selectedRun == 0)
    for y in [0, 1, 29, 500, -3] { #expect(click(&dashboard, x: 5, y: y)) }
    #expect(dashboard.state.selectedRun == 0)
  }

  @Test func aClickInAChartReadsTheValuesThere() throws {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(click(&dashboard, x: 90, y: 7))
    let late = try #require(dashboard.charts.window.cursor)
    #expect(click(&dashboard, x: 60, y: 7))
    let early = try #require(dashboard.charts.window.cursor)
    #expect(early < 2 && late > 4.5)
    // The marked column is the one that was clicked.
    let surface = dashboard.render(width: 100, height: 30)
    #expect(surface[60, 7].style.isReversed)
    #expect(!surface[59, 7].style.isReversed && !surface[61, 7].style.isReversed)
  }

  @Test func besideTheChartsAClickDoesNothing() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    for (x, y) in [(0, 7), (1, 7), (99, 7), (60, 4), (60, 25)] { #expect(click(&dashboard, x: x, y: y)) }
    #expect(dashboard.charts.window.cursor == nil)
  }

  @Test func theWheelZoomsChartsAndLeafsThroughSamples() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.observed)
    #expect(point(.wheelUp(x: 60, y: 7), &dashboard))
    #expect(dashboard.charts.window.zoom != nil)
    #expect(point(.wheelDown(x: 60, y: 7), &dashboard))
    #expect(dashboard.charts.window.zoom == nil)
    _ = dashboard.press(.character("3"))
    #expect(point(.wheelDown(x: 60, y: 7), &dashboard))
    #expect(dashboard.samples.rank == 1)
    #expect(point(.wheelUp(x: 60, y: 7), &dashboard))
    #expect(dashboard.samples.rank == 0)
  }

  @Test func keysAreNotTheMouse() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(!point(.right, &dashboard))
    #expect(!DashboardSettings().usesMouse, "the terminal's own selection comes first")
    _ = dashboard.press(.character("M"))
    #expect(dashboard.state.settings.usesMouse)
  }

  @Test(arguments: [(0, 0), (1, 1), (60, 16), (300, 100)])
  func anySizeCanBeClicked(width: Int, height: Int) {
    for var dashboard in [[], ScriptedEvents.observed].map({ ScriptedEvents.dashboard($0) }) {
      for x in stride(from: -1, through: width, by: 7) {
        for y in stride(from: -1, through: height, by: 3) {
          #expect(point(.click(x: x, y: y), &dashboard, width: width, height: height))
        }
      }
    }
  }
}

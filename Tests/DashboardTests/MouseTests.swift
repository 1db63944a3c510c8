import Experiment
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct MouseTests {
  private func click(_ state: inout DashboardState, x: Int, y: Int) -> Bool {
    point(.click(x: x, y: y), &state)
  }

  private func point(_ key: Key, _ state: inout DashboardState, width: Int = 100, height: Int = 30) -> Bool {
    state.pointAt(key, width: width, height: height)
  }

  @Test func aClickOnARunSelectsIt() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    #expect(click(&state, x: 5, y: 2))
    #expect(state.selectedRun == 1)
    #expect(click(&state, x: 5, y: 1))
    #expect(state.selectedRun == 0)
    for y in [0, 29, 500, -3] { #expect(click(&state, x: 5, y: y)) }
    #expect(state.selectedRun == 0)
  }

  @Test func aClickInAChartReadsTheValuesThere() throws {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    #expect(click(&state, x: 97, y: 6))
    let late = try #require(state.cursor)
    #expect(click(&state, x: 60, y: 6))
    let early = try #require(state.cursor)
    #expect(early < 2 && late > 9)
    // The marked column is the one that was clicked.
    let surface = state.render(width: 100, height: 30)
    #expect(surface[60, 6].style.isReversed)
    #expect(!surface[59, 6].style.isReversed && !surface[61, 6].style.isReversed)
  }

  @Test func besideTheChartsAClickDoesNothing() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    for (x, y) in [(0, 6), (1, 6), (99, 6), (60, 3), (60, 25)] { #expect(click(&state, x: x, y: y)) }
    #expect(state.cursor == nil)
  }

  @Test func theWheelZoomsChartsAndLeafsThroughSamples() {
    var state = ScriptedEvents.state(ScriptedEvents.observed)
    #expect(point(.wheelUp(x: 60, y: 6), &state))
    #expect(state.zoom != nil)
    #expect(point(.wheelDown(x: 60, y: 6), &state))
    #expect(state.zoom == nil)
    _ = state.press(.character("3"))
    #expect(point(.wheelDown(x: 60, y: 6), &state))
    #expect(state.sampleRank == 1)
    #expect(point(.wheelUp(x: 60, y: 6), &state))
    #expect(state.sampleRank == 0)
  }

  @Test func keysAreNotTheMouse() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    #expect(!point(.right, &state))
    #expect(!DashboardSettings().usesMouse, "the terminal's own selection comes first")
    _ = state.press(.character("M"))
    #expect(state.settings.usesMouse)
  }

  @Test(arguments: [(0, 0), (1, 1), (60, 16), (300, 100)])
  func anySizeCanBeClicked(width: Int, height: Int) {
    for var state in [[], ScriptedEvents.observed].map({ ScriptedEvents.state($0) }) {
      for x in stride(from: -1, through: width, by: 7) {
        for y in stride(from: -1, through: height, by: 3) {
          #expect(point(.click(x: x, y: y), &state, width: width, height: height))
        }
      }
    }
  }
}

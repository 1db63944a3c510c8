import Experiment
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct ForkingTests {
  /// Types a text and enters it.
  private func enter(_ text: String, in dashboard: inout DashboardScreen) -> [DashboardEffect] {
    _ = dashboard.press(.control("u"))
    for character in text { _ = dashboard.press(.character(character)) }
    return dashboard.press(.enter)
  }

  private func forking(_ text: String, of run: Int) throws -> [DashboardEffect] {
    [.send(.fork(changing: try VersusSpecification(words: text).changes), to: RunID(run))]
  }

  @Test func aForkOfTheSelectedRunIsAskedFor() throws {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(dashboard.press(.character("f")).isEmpty)
    #expect(dashboard.state.question?.text == "dropout=0,0")
    let first = try forking("dropout=0,0", of: 0)
    #expect(dashboard.press(.enter) == first)
    #expect(dashboard.state.question == nil)
    _ = dashboard.press(.tab)
    _ = dashboard.press(.character("f"))
    #expect(dashboard.state.question?.text == "dropout=0.2,0.5")
    let second = try forking("lr=0.1 l1=1e-5", of: 1)
    let asked = enter("lr=0.1 l1=1e-5", in: &dashboard)
    #expect(asked == second)
  }

  @Test func aWrongChangeIsToldAndCanBeCorrected() throws {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    _ = dashboard.press(.character("f"))
    let refused = enter("hidden=3", in: &dashboard)
    #expect(refused.isEmpty)
    #expect(dashboard.state.question?.text == "hidden=3")
    #expect(dashboard.state.message.hasPrefix("hidden=3: the weights are those of another network"))
    #expect(
      dashboard.render(width: 80, height: 24).lines[21].contains("the weights are those of another network"))
    _ = dashboard.press(.backspace)
    #expect(dashboard.state.message.isEmpty)
    _ = dashboard.press(.escape)
    #expect(dashboard.state.question == nil)
  }

  @Test func aForkOfACompleteRunNeedsMoreEpochs() throws {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.finished)
    _ = dashboard.press(.character("f"))
    #expect(dashboard.state.question?.text == "dropout=0,0 epochs=20")
    let tooFew = enter("lr=0.1", in: &dashboard)
    #expect(tooFew.isEmpty)
    #expect(
      dashboard.state.message
        == "with dropout has made 10 epochs, nothing would be left to do: add for example epochs=20")
    let fork = try forking("lr=0.1 epochs=11", of: 0)
    let enough = enter("lr=0.1 epochs=11", in: &dashboard)
    #expect(enough == fork)
  }

  @Test func aForkIntoThePastIsRefusedWithWhatHasBeenMade() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    _ = dashboard.press(.character("f"))
    let fork = enter("epochs=1", in: &dashboard)
    #expect(fork.isEmpty)
    #expect(dashboard.state.message.hasPrefix("with dropout has made 5 epochs, nothing would be left to do"))
  }

  @Test func aQuestionIsSeenOnTheSmallestScreenToo() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    _ = dashboard.press(.character("q"))
    let lines = dashboard.render(width: 40, height: 10).lines
    #expect(lines[0].hasPrefix("After 5 of 10 epochs: with dropout"))
    #expect(lines.suffix(2).joined(separator: " ").contains("y stop"))
  }

  @Test func stoppedRunsAreNotForked() {
    var dashboard = ScriptedEvents.dashboard(
      ScriptedEvents.middle + [
        ScriptedEvents.ended(0, step: 105, .stopped), ScriptedEvents.ended(1, step: 105, .stopped),
      ])
    _ = dashboard.press(.character("f"))
    #expect(dashboard.state.question == nil)
  }

  @Test func aNinthRunIsPossible() {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.eightRuns).pressing("f")
    #expect(dashboard.state.question?.text == "dropout=0,0")
  }

  @Test func aForkContinuesTheHistoryOfItsParentAndDrawsItsOwnPart() {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.threeRuns)
    let fork = dashboard.state.runs[2]
    #expect(fork.history.epochs.map(\.position.epoch) == [1, 2, 3, 4, 5])
    #expect(fork.history.epochs.map(\.position.run.index) == [0, 0, 0, 2, 2])
    #expect(fork.curve.buckets.first?.epochs == 71.0 / 20)
    #expect(fork.forkedAfter == 60)
  }

  @Test func aForkIsComparedWithItsParent() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.eightRuns)
    #expect(dashboard.state.comparedRuns.map(\.id.index) == [0, 1])
    for expected in [[0, 1], [0, 2], [1, 3], [0, 4], [1, 5], [0, 6], [2, 7], [0, 1]] {
      _ = dashboard.press(.tab)
      #expect(dashboard.state.comparedRuns.map(\.id.index) == expected)
    }
  }

  @Test func aRunThatIsToBeginLaterIsNotListedYet() {
    let events = [
      ScriptedEvents.started(0), ScriptedEvents.forked(2, from: 0, after: 0), ScriptedEvents.started(1),
    ]
    var dashboard = ScriptedEvents.dashboard(Array(events.prefix(2)))
    #expect(dashboard.state.listedRuns.map(\.id.index) == [0, 2])
    dashboard.record(events[2], at: 1)
    #expect(dashboard.state.listedRuns.map(\.id.index) == [0, 1, 2])
  }

  @Test func aHiddenRunTrainsOnUnseen() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.threeRuns)
    #expect(dashboard.press(.character("h")).isEmpty)
    #expect(dashboard.state.shownRuns.map(\.id.index) == [1, 2])
    #expect(dashboard.state.listedRuns.count == 3)
    #expect(dashboard.render(width: 100, height: 30).lines[2].contains("A with dropout (hidden)"))
    _ = dashboard.press(.character("h"))
    #expect(dashboard.state.shownRuns.count == 3)
    for _ in 0..<3 {
      _ = dashboard.press(.character("h"))
      _ = dashboard.press(.tab)
    }
    #expect(dashboard.state.shownRuns.map(\.id.index) == [0])
  }

  @Test func aRunGetsAnotherName() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    _ = dashboard.press(.character("w"))
    #expect(dashboard.state.question?.text == "with dropout")
    let renaming = enter("  my  run ", in: &dashboard)
    #expect(renaming == [.rename(RunID(0), to: "my run")])
    dashboard.record(
      TrainingEvent(.runRenamed(RunRenamed(name: "my run")), at: .beginning(of: RunID(0))), at: 2)
    #expect(dashboard.state.runs[0].name == "my run")
    _ = dashboard.press(.character("w"))
    let unchanged = enter("", in: &dashboard)
    #expect(unchanged.isEmpty)
  }

  @Test func aRunIsRemovedOnceThePersonIsSure() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.threeRuns)
    _ = dashboard.press(.character("D"))
    #expect(dashboard.state.question == nil)
    #expect(dashboard.state.message == "with dropout stays: lr 0.1 from A goes on from it; h hides it")
    _ = dashboard.press(.tab)
    _ = dashboard.press(.tab)
    _ = dashboard.press(.character("D"))
    #expect(dashboard.render(width: 80, height: 24).lines[23].contains("remove lr 0.1 from A?   y remove"))
    _ = dashboard.press(.character("n"))
    #expect(dashboard.state.question == nil)
    _ = dashboard.press(.character("D"))
    #expect(dashboard.press(.character("y")) == [.remove(RunID(2))])
    dashboard.record(TrainingEvent(.runRemoved(RunRemoved()), at: .beginning(of: RunID(2))), at: 3)
    #expect(dashboard.state.listedRuns.map(\.id.index) == [0, 1])
    #expect(dashboard.state.selectedRun == 0)
    #expect(!dashboard.render(width: 100, height: 30).lines.contains { $0.contains("lr 0.1 from A ━") })
  }

  @Test func aClickSelectsTheRunOfTwoColumns() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.eightRuns)
    _ = dashboard.pointAt(.click(x: 60, y: 3), width: 100, height: 30)
    #expect(dashboard.state.selectedRun == 5)
    _ = dashboard.pointAt(.click(x: 10, y: 5), width: 100, height: 30)
    #expect(dashboard.state.selectedRun == 3)
  }

  @Test func manyRunsFitAnySize() {
    for events in [ScriptedEvents.threeRuns, ScriptedEvents.eightRuns] {
      for page in "1234?" {
        let dashboard = ScriptedEvents.dashboard(events).pressing("\t\t\(page)")
        for (width, height) in [(0, 0), (60, 16), (61, 17), (79, 23), (200, 60)] {
          #expect(dashboard.render(width: width, height: height).height == height)
        }
      }
    }
  }
}

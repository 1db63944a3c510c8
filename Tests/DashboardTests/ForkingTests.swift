import Experiment
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct ForkingTests {
  /// Types a text and enters it.
  private func enter(_ text: String, in state: inout DashboardState) -> [DashboardEffect] {
    _ = state.press(.control("u"))
    for character in text { _ = state.press(.character(character)) }
    return state.press(.enter)
  }

  private func forking(_ text: String, of run: Int) throws -> [DashboardEffect] {
    [.send(.fork(changing: try VersusSpecification(words: text).changes), to: RunID(run))]
  }

  @Test func aForkOfTheSelectedRunIsAskedFor() throws {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    #expect(state.press(.character("f")).isEmpty)
    #expect(state.question == .fork(text: "dropout=0,0"))
    let first = try forking("dropout=0,0", of: 0)
    #expect(state.press(.enter) == first)
    #expect(state.question == nil)
    _ = state.press(.tab)
    _ = state.press(.character("f"))
    #expect(state.question == .fork(text: "dropout=0.2,0.5"))
    let second = try forking("lr=0.1 l1=1e-5", of: 1)
    let asked = enter("lr=0.1 l1=1e-5", in: &state)
    #expect(asked == second)
  }

  @Test func aWrongChangeIsToldAndCanBeCorrected() throws {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    _ = state.press(.character("f"))
    let refused = enter("hidden=3", in: &state)
    #expect(refused.isEmpty)
    #expect(state.question == .fork(text: "hidden=3"))
    #expect(state.message.hasPrefix("hidden=3: the weights are those of another network"))
    #expect(
      state.render(width: 80, height: 24).lines[21].contains("the weights are those of another network"))
    _ = state.press(.backspace)
    #expect(state.message.isEmpty)
    _ = state.press(.escape)
    #expect(state.question == nil)
  }

  @Test func aForkOfACompleteRunNeedsMoreEpochs() throws {
    var state = ScriptedEvents.state(ScriptedEvents.finished)
    _ = state.press(.character("f"))
    #expect(state.question == .fork(text: "dropout=0,0 epochs=20"))
    let tooFew = enter("lr=0.1", in: &state)
    #expect(tooFew.isEmpty)
    #expect(
      state.message
        == "with dropout has made 10 epochs, nothing would be left to do: add for example epochs=20")
    let fork = try forking("lr=0.1 epochs=11", of: 0)
    let enough = enter("lr=0.1 epochs=11", in: &state)
    #expect(enough == fork)
  }

  @Test func aForkIntoThePastIsRefusedWithWhatHasBeenMade() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    _ = state.press(.character("f"))
    let fork = enter("epochs=1", in: &state)
    #expect(fork.isEmpty)
    #expect(state.message.hasPrefix("with dropout has made 5 epochs, nothing would be left to do"))
  }

  @Test func aQuestionIsSeenOnTheSmallestScreenToo() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    _ = state.press(.character("q"))
    let lines = state.render(width: 40, height: 10).lines
    #expect(lines[0].hasPrefix("needs 60x16, is 40x10"))
    #expect(lines[1...2].joined(separator: " ").contains("y stop"))
  }

  @Test func stoppedRunsAreNotForked() {
    var state = ScriptedEvents.state(
      ScriptedEvents.middle + [
        ScriptedEvents.ended(0, step: 105, .stopped), ScriptedEvents.ended(1, step: 105, .stopped),
      ])
    _ = state.press(.character("f"))
    #expect(state.question == nil)
  }

  @Test func theNinthRunIsRefusedInWords() {
    var state = ScriptedEvents.state(ScriptedEvents.eightRuns)
    #expect(state.press(.character("f")).isEmpty)
    #expect(state.question == nil)
    #expect(state.message.hasPrefix("a session has at most 8 runs"))
  }

  @Test func aForkContinuesTheHistoryOfItsParentAndDrawsItsOwnPart() {
    let state = ScriptedEvents.state(ScriptedEvents.threeRuns)
    let fork = state.runs[2]
    #expect(fork.history.epochs.map(\.position.epoch) == [1, 2, 3, 4, 5])
    #expect(fork.history.epochs.map(\.position.run.index) == [0, 0, 0, 2, 2])
    #expect(fork.curve.buckets.first?.epochs == 71.0 / 20)
    #expect(fork.forkedAfter == 60)
  }

  @Test func aForkIsComparedWithItsParent() {
    var state = ScriptedEvents.state(ScriptedEvents.eightRuns)
    #expect(state.comparedRuns.map(\.id.index) == [0, 1])
    for expected in [[0, 1], [2, 0], [3, 1], [4, 0], [5, 1], [6, 0], [7, 2], [0, 1]] {
      _ = state.press(.tab)
      #expect(state.comparedRuns.map(\.id.index) == expected)
    }
  }

  @Test func aRunThatIsToBeginLaterIsNotListedYet() {
    let events = [
      ScriptedEvents.started(0), ScriptedEvents.forked(2, from: 0, after: 0), ScriptedEvents.started(1),
    ]
    var state = ScriptedEvents.state(Array(events.prefix(2)))
    #expect(state.listedRuns.map(\.id.index) == [0, 2])
    state.record(events[2], at: 1)
    #expect(state.listedRuns.map(\.id.index) == [0, 1, 2])
  }

  @Test func aHiddenRunTrainsOnUnseen() {
    var state = ScriptedEvents.state(ScriptedEvents.threeRuns)
    #expect(state.press(.character("h")).isEmpty)
    #expect(state.shownRuns.map(\.id.index) == [1, 2])
    #expect(state.listedRuns.count == 3)
    #expect(state.render(width: 100, height: 30).lines[1].contains("A with dropout (hidden)"))
    _ = state.press(.character("h"))
    #expect(state.shownRuns.count == 3)
    for _ in 0..<3 {
      _ = state.press(.character("h"))
      _ = state.press(.tab)
    }
    #expect(state.shownRuns.map(\.id.index) == [0])
  }

  @Test func aRunGetsAnotherName() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    _ = state.press(.character("w"))
    #expect(state.question == .rename(text: "with dropout"))
    let renaming = enter("  my  run ", in: &state)
    #expect(renaming == [.rename(RunID(0), to: "my run")])
    state.record(.runRenamed(RunRenamed(run: RunID(0), name: "my run")), at: 2)
    #expect(state.runs[0].name == "my run")
    _ = state.press(.character("w"))
    let unchanged = enter("", in: &state)
    #expect(unchanged.isEmpty)
  }

  @Test func aRunIsRemovedOnceThePersonIsSure() {
    var state = ScriptedEvents.state(ScriptedEvents.threeRuns)
    _ = state.press(.character("D"))
    #expect(state.question == nil)
    #expect(state.message == "with dropout stays: lr 0.1 from A goes on from it; h hides it")
    _ = state.press(.tab)
    _ = state.press(.tab)
    _ = state.press(.character("D"))
    #expect(state.render(width: 80, height: 24).lines[23].contains("remove lr 0.1 from A?   y remove"))
    _ = state.press(.character("n"))
    #expect(state.question == nil)
    _ = state.press(.character("D"))
    #expect(state.press(.character("y")) == [.remove(RunID(2))])
    state.record(.runRemoved(RunID(2)), at: 3)
    #expect(state.listedRuns.map(\.id.index) == [0, 1])
    #expect(state.selectedRun == 0)
    #expect(!state.render(width: 100, height: 30).lines.contains { $0.contains("lr 0.1 from A ━") })
  }

  @Test func aClickSelectsTheRunOfTwoColumns() {
    var state = ScriptedEvents.state(ScriptedEvents.eightRuns)
    _ = state.pointAt(.click(x: 60, y: 2), width: 100, height: 30)
    #expect(state.selectedRun == 5)
    _ = state.pointAt(.click(x: 10, y: 4), width: 100, height: 30)
    #expect(state.selectedRun == 3)
  }

  @Test func manyRunsFitAnySize() {
    for events in [ScriptedEvents.threeRuns, ScriptedEvents.eightRuns] {
      for page in "1234?" {
        let state = ScriptedEvents.state(events).pressing("\t\t\(page)")
        for (width, height) in [(0, 0), (60, 16), (61, 17), (79, 23), (200, 60)] {
          #expect(state.render(width: width, height: height).height == height)
        }
      }
    }
  }
}

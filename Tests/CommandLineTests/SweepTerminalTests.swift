import Foundation
import TestSupport
import Testing

/// A sweep in a real terminal.
@Suite(.serialized, .enabled(if: Tmux.isInstalled, "needs tmux"))
struct SweepTerminalTests {
  static let endless = "sweep --dropout 0,0.5 --train-size 300,600 --hidden 8 --epochs 100000 --threads 1"
  static let short =
    "sweep --dropout 0,0.25,...,0.75 --train-size 100,200 --hidden 8 --steps 4 --seeds 2 --runs-dir terminal-sweeps"

  @Test func aSweepIsShownToItsEndAndLeavesItsTables() throws {
    let terminal = try Tmux(width: 80, height: 24)
    let before = try terminal.modes("before")
    try terminal.start(Self.short)
    let screen = try terminal.wait(for: "sweep finished")
    for text in [
      "16/16 runs", "100%", "test accuracy, %", "dropout 0, train-size 100: 2 of 2 seeds", "q quit",
    ] {
      #expect(screen.contains(text), "\(text)\n\(screen)")
    }
    try terminal.press("Down", "Right")
    try terminal.wait(for: "dropout 0.25, train-size 200: 2 of 2 seeds")
    try terminal.press("t")
    try terminal.wait(for: "cells by test accuracy, best first, mean")
    try terminal.press("q")
    let left = try terminal.wait(for: "status=0")
    #expect(left.contains("Saved in terminal-sweeps/sweep"))
    #expect(try terminal.modes("after") == before)
  }

  @Test func leavingIsAskedForAndKeepsWhatIsDone() throws {
    let terminal = try Tmux(environment: ["NO_COLOR": "1"])
    try terminal.start(Self.endless)
    try terminal.wait(for: "0/4 runs")
    #expect(!(try terminal.styledScreen()).contains("\u{1B}[38"))
    try terminal.press("q")
    try terminal.wait(for: "stop and keep what is done?")
    try terminal.press("n")
    try terminal.waitUntilGone("stop and keep what is done?")
    try terminal.resize(width: 40, height: 10)
    try terminal.wait(for: "no best cell yet")
    try terminal.resize(width: 90, height: 28)
    try terminal.wait(for: "0/4 runs")
    try terminal.press("q")
    try terminal.wait(for: "stop and keep what is done?")
    try terminal.press("y")
    let left = try terminal.wait(for: "status=0")
    #expect(left.contains("0 of 4 runs are over."))
  }

  @Test func aPausedSweepWaitsAndItsCellsTellTheirCommands() throws {
    let terminal = try Tmux(width: 100, height: 30)
    try terminal.start(Self.endless)
    try terminal.wait(for: "0/4 runs")
    try terminal.press("Space")
    try terminal.wait(for: "sweep paused")
    // A step that is under way is ended.
    var isStill = false
    for _ in 0..<60 where !isStill {
      let before = try terminal.screen()
      usleep(700_000)
      isStill = try terminal.screen() == before
    }
    #expect(isStill)
    try terminal.press("Down", "Enter")
    try terminal.wait(
      for: "fmnist-tui --no-compare --hidden 8 --dropout 0.5 --epochs 100000 --train-size 300")
    try terminal.press("Enter", "Space")
    try terminal.waitUntilGone("sweep paused")
    try terminal.press("?")
    try terminal.wait(for: "pause, go on")
    try terminal.press("C-c")
    try terminal.wait(for: "status=130")
  }

  @Test func controlCLeavesTheTerminalAsItWas() throws {
    let terminal = try Tmux(environment: ["LC_ALL": "C"])
    let before = try terminal.modes("before")
    try terminal.start(Self.endless)
    let screen = try terminal.wait(for: "0/4 runs")
    let isASCII = screen.allSatisfy(\.isASCII)
    #expect(isASCII)
    try terminal.press("C-c")
    try terminal.wait(for: "status=130")
    #expect(try terminal.modes("after") == before)
  }
}

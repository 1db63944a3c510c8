import Experiment
import Foundation
import TestSupport
import Testing

/// The dashboard in a real terminal, on the sample data or what `FMNIST_DATA` names.
@Suite(.serialized, .enabled(if: Tmux.isInstalled, "needs tmux"))
struct DashboardTerminalTests {
  /// Small networks, as most of the time would go into drawing their weights and keeping them.
  static let endless = "--train-size 2000 --hidden 32,16 --epochs 50000"
  static let short = "--train-size 600 --hidden 32 --dropout 0.5 --epochs 2"

  @Test func aRunIsShownToItsEndAndLeavesItsTable() throws {
    let terminal = try Tmux()
    let before = try terminal.modes("before")
    try terminal.start(Self.short)
    let screen = try terminal.wait(for: "finished")
    #expect(screen.contains("● with dropout"))
    #expect(screen.contains("images (environment)"))
    #expect(screen.contains("100% 0:00:0"))
    #expect(screen.contains("comparison after epoch 2"))
    #expect(screen.contains("╭ loss"))
    try terminal.press("q")
    let left = try terminal.wait(for: "status=0")
    #expect(left.contains("test accuracy"))
    #expect(left.contains("best test accuracy"))
    #expect(!left.contains("╭ loss"))
    let after = try terminal.modes("after")
    #expect(after == before)
    #expect(!before.isEmpty)
  }

  @Test func keysPauseStepAndChangeDropout() throws {
    let terminal = try Tmux()
    try terminal.start(Self.endless)
    try terminal.wait(for: "comparison after epoch")
    try terminal.press("Space")
    let paused = try terminal.wait(for: "paused at step")
    #expect(paused.contains("space resume"))
    try terminal.press("Right")
    try terminal.wait(for: "dropout of layer 1 0.20 → 0.25")
    try terminal.wait(for: "p [.25*]")
    try terminal.press("d", ".", "8", "Enter")
    try terminal.wait(for: "dropout of layer 1 0.25 → 0.80")
    try terminal.press("?")
    try terminal.wait(for: "The selected run")
    try terminal.press("Escape")
    try terminal.waitUntilGone("The selected run")
    try terminal.press("Space")
    try terminal.waitUntilGone("paused at step")
    try terminal.press("q")
    try terminal.wait(for: "stop and keep the run?")
    try terminal.press("y")
    try terminal.wait(for: "status=0")
  }

  @Test func aDiskThatIsFullForAWhileIsToldInTheHeader() throws {
    let terminal = try Tmux()
    let runs = FileManager.default.temporaryDirectory.appending(path: "runs-\(UUID())")
    defer { try? FileManager.default.removeItem(at: runs) }
    let path = runs.path(percentEncoded: false)
    try terminal.start("\(Self.endless) --runs-dir \(path) --name full --checkpoint-every 0.1")
    try terminal.wait(for: "comparison after epoch")
    let (folder, aside) = (path + "/full/checkpoints", path + "/full/aside")
    // Nothing can be made in what is no folder.
    try FileManager.default.moveItem(atPath: folder, toPath: aside)
    try Data().write(to: URL(filePath: folder))
    let screen = try terminal.wait(for: "Warning:")
    #expect(screen.contains("training, not saved"))
    try FileManager.default.removeItem(atPath: folder)
    try FileManager.default.moveItem(atPath: aside, toPath: folder)
    try terminal.wait(for: "What could not be written is written now.")
    #expect(try !terminal.screen().contains("not saved"))
    try terminal.press("q")
    try terminal.wait(for: "stop and keep the run?")
    try terminal.press("y")
    #expect(try terminal.wait(for: "status=0").contains("Warning: "))
  }

  @Test func trainingImagesAreShownAsTheyAreLearntFrom() throws {
    let terminal = try Tmux()
    try terminal.start("--train-size 2000 --epochs 5000 --augment flip,shift=2")
    try terminal.wait(for: "comparison after epoch")
    try terminal.press("3", "v")
    let first = try terminal.wait(for: "1 of 2,000: training image")
    #expect(first.contains("flip,shift=2") && first.contains(/epoch \d/))
    try terminal.press("Down")
    try terminal.wait(for: "2 of 2,000: training image")
    try terminal.press("a")
    try terminal.wait(for: "Augmentation is off")
    try terminal.press("v")
    try terminal.wait(for: "next, by disagreement")
    try terminal.press("C-c")
    try terminal.wait(for: "status=130")
  }

  @Test func aRunIsForkedRenamedHiddenAndRemoved() throws {
    let terminal = try Tmux()
    try terminal.start(Self.endless)
    try terminal.wait(for: "comparison after epoch")
    try terminal.press("Space")
    try terminal.wait(for: "paused at step")
    try terminal.press("f")
    try terminal.wait(for: "fork with: dropout=0,0_")
    try terminal.press("C-u", "s", "e", "e", "d", "=", "2", "Enter")
    try terminal.wait(for: "the fork would not see the same batches")
    try terminal.press("C-u", "l", "r", "=", ".", "1", "Enter")
    let forked = try terminal.wait(for: "▲ C lr 0.1 from A")
    #expect(forked.contains("● A with dropout"))
    // The fork waits as well.
    try terminal.wait(for: "paused at step")
    try terminal.press("Tab", "Tab", "w", "C-u", "s", "l", "o", "w", "Enter")
    try terminal.wait(for: "▲ C slow")
    try terminal.press("h")
    try terminal.wait(for: "C slow (hidden)")
    try terminal.press("D")
    try terminal.wait(for: "remove slow?")
    try terminal.press("y")
    try terminal.waitUntilGone("▲ C slow")
    try terminal.press("q", "y")
    let left = try terminal.wait(for: "status=0")
    #expect(!left.contains("slow"))
  }

  @Test func theDashboardLeavesWhenAllIsDone() throws {
    let terminal = try Tmux()
    try terminal.start(Self.short + " --exit --lockstep")
    let screen = try terminal.wait(for: "status=0")
    #expect(screen.contains("best test accuracy"))
  }

  @Test func aRestartKeepsTheFormerSessionWhole() throws {
    let terminal = try Tmux(width: 120)
    try terminal.start(Self.endless + " --runs-dir anew")
    try terminal.wait(for: "comparison after epoch")
    try terminal.press("r")
    try terminal.wait(for: "begin all runs anew?")
    try terminal.press("y")
    try terminal.waitUntilGone("begin all runs anew?")
    try terminal.wait(for: "comparison after epoch")
    try terminal.press("s")
    try terminal.wait(for: "stop all runs")
    try terminal.press("y")
    try terminal.wait(for: "stopped: space goes on")
    try terminal.press("Space")
    try terminal.wait(for: "· training")
    try terminal.press("q", "y")
    let screen = try terminal.wait(for: "status=0")
    #expect(screen.contains("Saved in anew/exp1, before it was begun anew."))
    #expect(screen.contains("Saved in anew/exp2.") && screen.contains("fmnist-tui --resume anew/exp2"))
    try terminal.type("clear; '\(Executable.path)' runs --runs-dir anew; echo listed=$?")
    let listed = try terminal.wait(for: "listed=0")
    #expect(listed.contains("exp1") && listed.contains("exp2") && !listed.contains("damaged"))
  }

  @Test func sequencesOfOtherTerminalsAreNoCommands() throws {
    let terminal = try Tmux()
    try terminal.start(Self.endless)
    try terminal.wait(for: "comparison after epoch")
    try terminal.press("q")
    try terminal.wait(for: "stop and keep the run?")
    for sequence in [
      "\u{1B}[I", "\u{1B}[O", "\u{1B}[1;5H", "\u{1B}]11;rgb:0/0/0\u{7}", "\u{1B}[200~y]\u{1B}[201~",
    ] {
      try terminal.press("-l", sequence)
    }
    usleep(300_000)
    #expect(try terminal.screen().contains("stop and keep the run?"))
    try terminal.press("Enter", "=")
    try terminal.press("-l", "\u{1B}[200~lr=0.25\u{1B}[201~")
    try terminal.wait(for: "set: lr=0.25_")
    try terminal.press("Enter")
    try terminal.wait(for: "learning rate 0.5 → 0.25")
    try terminal.press("C-c")
    try terminal.wait(for: "status=130")
  }

  @Test func theScreenFollowsTheWindow() throws {
    let terminal = try Tmux()
    try terminal.start(Self.endless)
    try terminal.wait(for: "comparison after epoch")
    try terminal.resize(width: 40, height: 10)
    try terminal.wait(for: "epochs: with dropout")
    try terminal.resize(width: 80, height: 24)
    let screen = try terminal.wait(for: "generalisation gap")
    #expect(screen.split(separator: "\n", omittingEmptySubsequences: false).count >= 24)
    #expect(screen.contains("q quit"))
    try terminal.press("C-c")
    try terminal.wait(for: "status=130")
  }

  /// The last four are what a trap, a failed check and a wild pointer raise.
  @Test(arguments: [
    (SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130), (SIGILL, 132), (SIGTRAP, 133), (SIGABRT, 134),
    (SIGSEGV, 139),
  ])
  func aSignalRestoresTheTerminal(signal: Int32, status: Int) throws {
    let terminal = try Tmux()
    let before = try terminal.modes("before")
    try terminal.type(
      "sh -c 'echo $$ > pid-\(signal).tmp; exec \"$@\"' sh '\(Executable.path)' \(Self.endless); echo status=$?"
    )
    try terminal.wait(for: "comparison after epoch")
    let file = Executable.folder.path(percentEncoded: false) + "/pid-\(signal).tmp"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let process = try #require(
      Int32(text.trimmingCharacters(in: .newlines)))
    try FileManager.default.removeItem(atPath: file)
    kill(process, signal)
    try terminal.wait(for: "status=\(status)")
    let after = try terminal.modes("after")
    #expect(after == before)
  }

  @Test func anASCIITerminalGetsASCII() throws {
    let terminal = try Tmux(environment: ["LC_ALL": "C"])
    try terminal.start(Self.short)
    let screen = try terminal.wait(for: "finished")
    #expect(screen.contains("+ loss -"))
    #expect(screen.allSatisfy { $0.isASCII })
    try terminal.press("q")
    try terminal.wait(for: "status=0")
  }

  @Test func sevenBitCharactersAreDrawnWhereAskedFor() throws {
    let terminal = try Tmux()
    try terminal.start(Self.short + " --ascii")
    let screen = try terminal.wait(for: "finished")
    #expect(screen.contains("+ loss -") && screen.allSatisfy { $0.isASCII })
    try terminal.press("q")
    try terminal.wait(for: "status=0")
  }

  @Test(arguments: [("linux", true), ("vt100", false), ("xterm", true), ("screen-256color", true)])
  func everyKindOfTerminalGetsAUsableScreen(kind: String, hasColors: Bool) throws {
    let terminal = try Tmux()
    try terminal.type("TERM=\(kind) '\(Executable.path)' \(Self.short); echo status=$?")
    let screen = try terminal.wait(for: "finished")
    #expect(screen.contains("comparison after epoch 2"))
    #expect(screen.contains("┌ loss ─") == (kind == "linux"))
    #expect(try terminal.styledScreen().contains(/\u{1B}\[[0-9;]*3[0-8]/) == hasColors)
    try terminal.press("3")
    try terminal.wait(for: "test image")
    try terminal.press("4")
    try terminal.wait(for: "gradient")
    try terminal.press("q")
    try terminal.wait(for: "status=0")
  }

  @Test func epochsAreAddedAtTheEnd() throws {
    let terminal = try Tmux()
    try terminal.start(Self.short)
    try terminal.wait(for: "finished")
    try terminal.press("e")
    try terminal.wait(for: "comparison after epoch 3")
    try terminal.wait(for: "finished")
    try terminal.press("q")
    let left = try terminal.wait(for: "status=0")
    #expect(left.contains("after epoch 3"))
  }

  @Test func theMouseIsHeardOnlyWhereItIsWanted() throws {
    let terminal = try Tmux()
    let before = try terminal.modes("before")
    try terminal.start("--demo --demo-speed 1000")
    try terminal.wait(for: "replay finished")
    #expect(try !terminal.reportsMouse())
    try terminal.press("M")
    try terminal.wait(for: "mouse on")
    #expect(try terminal.reportsMouse())
    // A press of the first button on column 60, row 7, as X10 encodes it for terminals like this one.
    try terminal.press("-l", "\u{1B}[M \u{5C}'")
    // The cursor is set where it was pressed.
    try terminal.wait(for: "╭ epoch ")
    try terminal.press("q")
    try terminal.wait(for: "status=0")
    #expect(try !terminal.reportsMouse())
    #expect(try terminal.modes("after") == before)
  }

  @Test func anAfternoonOfPlayingIsAReproducibleExperiment() throws {
    let terminal = try Tmux()
    // Enough of them that there is time to press a key.
    let epochs = Executable.chosen == nil ? 30 : 300
    try terminal.start("--train-size 2000 --hidden 32,16 --epochs \(epochs) --runs-dir played")
    try terminal.wait(for: "comparison after epoch")
    try terminal.press("Space")
    try terminal.wait(for: "paused at step")
    try terminal.press("Right")
    try terminal.wait(for: "dropout of layer 1 0.20 → 0.25")
    try terminal.press("Tab", "[")
    try terminal.wait(for: "learning rate 0.5 → 0.4")
    try terminal.press("Space")
    try terminal.wait(for: "finished")
    try terminal.press("e")
    try terminal.wait(for: "comparison after epoch \(epochs + 1)")
    try terminal.wait(for: "finished")
    try terminal.press("q")
    try terminal.wait(for: "Saved in played/exp1.")
    try terminal.type("clear; '\(Executable.path)' replay played/exp1; echo replayed=$?")
    let screen = try terminal.wait(for: "replayed=0")
    #expect(screen.contains("A (with dropout): the same weights"))
    #expect(screen.contains("B (without dropout): the same weights"))
  }

  @Test func aDemonstrationNeedsNoTraining() throws {
    let terminal = try Tmux()
    try terminal.start("--demo --demo-speed 1000")
    let screen = try terminal.wait(for: "replay finished")
    #expect(screen.contains("images (recording)"))
    #expect(screen.contains("comparison after epoch 30"))
    #expect(!screen.contains("learning rate"), "nothing of a recording can be changed")
    try terminal.press("3")
    try terminal.wait(for: "1 of 1,000: test image")
    try terminal.press("q")
    try terminal.wait(for: "status=0")
  }

  @Test func noColorMeansNoColor() throws {
    for (value, isColoured) in [("", true), ("1", false)] {
      let terminal = try Tmux(environment: ["NO_COLOR": value])
      try terminal.start(Self.short)
      try terminal.wait(for: "finished")
      let styled = try terminal.styledScreen()
      #expect(styled.contains("\u{1B}[38;5;") == isColoured)
      try terminal.press("q")
      try terminal.wait(for: "status=0")
    }
  }

  @Test func aTerminalThatIsNoScreenGetsLines() throws {
    let terminal = try Tmux(height: 60)
    try terminal.type("TERM=dumb '\(Executable.path)' \(Self.short); echo status=$?")
    let screen = try terminal.wait(for: "status=0")
    #expect(screen.contains("No dashboard: the terminal (TERM=dumb)"))
  }

  @Test func settingsAreKeptAndADamagedFileIsLeftAlone() throws {
    let home = FileManager.default.temporaryDirectory.appending(path: "fmnist-tui-\(UUID())")
    defer { try? FileManager.default.removeItem(at: home) }
    let file = home.appending(path: "fmnist-tui/settings.json")
    let terminal = try Tmux(width: 200, environment: ["XDG_CONFIG_HOME": home.path(percentEncoded: false)])
    try terminal.start(Self.short)
    try terminal.wait(for: "finished")
    try terminal.press("c")
    try terminal.press("2")
    try terminal.wait(for: "every epoch")
    try terminal.press("T")
    try terminal.wait(for: "kept for the next start")
    try terminal.press("q")
    try terminal.wait(for: "status=0")
    let kept = try String(contentsOf: file, encoding: .utf8)
    #expect(kept.contains("\"theme\" : "))
    #expect(kept.contains("\"page\" : \"Charts\"") && kept.contains("\"showsColors\" : true"))
    try "{".write(to: file, atomically: true, encoding: .utf8)
    try terminal.type("clear")
    try terminal.start(Self.short)
    try terminal.wait(for: "finished")
    try terminal.press("2")
    try terminal.press("q")
    let screen = try terminal.wait(for: "status=0")
    #expect(screen.contains("settings.json: not readable as settings"))
    let left = try String(contentsOf: file, encoding: .utf8)
    #expect(left == "{")
  }
}

import Experiment
import Messages
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

/// What holds for every screen beside the dashboard.
@Suite struct SideScreenTests {
  /// The texts of the help that are cut at a size.
  private func cut(_ screen: some SideScreen, width: Int, height: Int) -> [String] {
    let entries = screen.bindings.group("", for: screen).entries
    var (state, lines) = (screen, [String]())
    repeat {
      _ = state.press("?")
      state.closeHelp(behindLastPageOf: width, height)
      if state.helpPage != nil { lines += state.render(width: width, height: height).lines }
    } while state.helpPage != nil
    return entries.map(\.help).filter { help in !help.isEmpty && !lines.contains { $0.contains(help) } }
  }

  @Test(arguments: [80, 100, 160], Language.allCases)
  func theHelpHasWholeTexts(width: Int, language: Language) throws {
    try Language.$scoped.withValue(language) {
      #expect(try cut(RunsScreenTests.state(), width: width, height: 24) == [])
      #expect(try cut(LogsScreenTests.state(), width: width, height: 24) == [])
      for keys in [[], [Key.enter], [.character("t")]] {
        var sweep = SweepScreenTests.state(try SweepScreenTests.progress(SweepScreenTests.grid))
        for key in keys { _ = sweep.press(key) }
        #expect(cut(sweep, width: width, height: 24) == [], "\(keys)")
      }
    }
  }

  /// What is no word of the program: names of runs, settings, tags, folders and keys, and commands.
  private static let names: Set<String> = [
    "esc", "tab", "home", "end", "pgup", "pgdn", "runs", "trash", "exp", "damaged", "baseline", "book", "the",
    "rate",
    "is", "too", "low", "lr", "test", "best", "gap", "dropout", "optimizer", "adam", "state", "completed",
    "tag", "name",
    "fmnist-tui", "restore", "logs", "log", "jsonl", "loss", "train", "accuracy", "NaN", "JSON", "Lines",
    "CSV", "shell",
    "ASCII", "train-size", "cells", "seeds", "images", "cache", "at", "time", "MB", "kB", "GB", "hidden",
    "no-compare",
    "epochs", "seed", "schedule", "batch-size", "none", "constant", "data", "Epoch", "epoch", "sessions",
    "csv", "run", "json", "with", "without",
  ]

  /// What is read of a damaged session on another thread is in the language of the process, which tests cannot choose.
  private static let fault: Set = [
    "it", "is", "not", "complete", "ends", "at", "column",
  ]

  private static let known = names.union(Setting.allCases.map(\.key)).union(fault)

  /// Names that the room for a session's settings cuts end in dots.
  private func untranslated(_ text: String) -> [String] {
    text.replacing(#/[A-Za-z]+…/#, with: "").latinWords(but: Self.known)
  }

  private func check(_ screen: some SideScreen, _ keys: [Key], _ name: String) {
    var screen = screen
    for key in keys { _ = screen.press(key) }
    let lines = screen.render(width: 80, height: 24).lines
    let text = lines.joined(separator: "\n")
    #expect(lines.count == 24 && lines.allSatisfy { $0.cellWidth <= 80 }, "\(name) \(keys)\n\(text)")
    #expect(
      untranslated(text).isEmpty,
      "\(untranslated(text))\n\(name) \(keys)\n\(text)")
    #expect(text.hasChinese, "\(name)")
  }

  @Test func everyScreenSpeaksChinese() throws {
    try Language.$scoped.withValue(.chinese) {
      let typed = { (text: String) in text.map { Key.character($0) } }
      for keys in ["", "o", "oo", "?", "??", "???", "/", "n", "t", "r", "e", "d", "X", "u", " ", "/exp"] {
        check(try RunsScreenTests.state(), typed(keys), "runs")
      }
      check(RunsState(directory: "runs", terminalGlyphs: .braille, terminalColors: .none), [], "runs")
      for keys in ["", "C", "i", "?", "??", "???", "/", "C/", "m,,", "x", "xx", "y", "l", "X", "z", "hh"] {
        check(try LogsScreenTests.state(), typed(keys), "logs")
      }
      check(LogsState(caption: "", terminalGlyphs: .braille, terminalColors: .none), [], "logs")
      for (name, make) in SweepScreenTests.states {
        for keys in [
          [], [.enter], typed("t"), typed("to"), typed("x"), typed("?"), typed("??"), typed(" "), typed("q"),
        ] {
          check(try make(.braille), keys, name)
        }
      }
    }
  }

  @Test func textsOfTheKeysTakeNoMoreRoom() throws {
    func texts(_ language: Language) throws -> [KeyEntry] {
      try Language.$scoped.withValue(language) {
        let (runs, logs) = (try RunsScreenTests.state(), try LogsScreenTests.state())
        let sweep = SweepScreenTests.state(try SweepScreenTests.progress(SweepScreenTests.grid))
        return runs.bindings.group("", for: runs).entries + logs.bindings.group("", for: logs).entries
          + sweep.bindings.group("", for: sweep).entries
      }
    }
    for (english, chinese) in zip(try texts(.english), try texts(.chinese)) {
      // Two characters are the least that tell something.
      #expect(chinese.footer.cellWidth <= max(english.footer.cellWidth, 4), "\(chinese.footer)")
      #expect(chinese.help.cellWidth <= max(english.help.cellWidth, 26), "\(chinese.help)")
      #expect(
        english.help.isEmpty == chinese.help.isEmpty && english.footer.isEmpty == chinese.footer.isEmpty)
      #expect(english.help.isEmpty || chinese.help.hasChinese, "\(english.help)")
    }
  }
}

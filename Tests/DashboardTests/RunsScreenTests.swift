import Experiment
import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard
@testable import Reports
@testable import Sessions

/// The table of sessions, by its keys.
@Suite struct RunsScreenTests {
  /// Four sessions, of which one has a note, one tags, and one is damaged.
  static func sessions() throws -> (runs: RecordedRuns, rows: SessionRows) {
    let runs = try RecordedRuns()
    for (rate, age) in [(0.5, 60.0), (0.1, 0), (0.5, 30)] { try runs.complete(learningRate: rate, age: age) }
    let damaged = try runs.complete(name: "damaged")
    try Data("{".utf8).write(to: URL(filePath: damaged.runRecord))
    var labels = SessionLabels()
    for tag in ["baseline", "book"] { try labels.add(tag: tag) }
    try RunFolder(path: runs.path + "/exp1").keep(labels)
    labels = SessionLabels()
    try labels.write(note: "the rate is too low, 学习率太低")
    try RunFolder(path: runs.path + "/exp2").keep(labels)
    var rows = SessionRows()
    let listed = ListedSession.read(try RunFolder.all(in: runs.path), countsBytes: true)
    rows.take(listed)
    return (runs, rows)
  }

  static func state(_ keys: [Key] = [], glyphs: GlyphSet = .braille) throws -> RunsState {
    var state = RunsState(directory: "runs", terminalGlyphs: glyphs, terminalColors: .palette256)
    state.update(try sessions().rows)
    for key in keys { _ = state.press(key) }
    return state
  }

  static func keys(_ text: String) -> [Key] { text.map { $0 == "\n" ? .enter : .character($0) } }

  private static func names(_ folders: [RunFolder]) -> [String] { folders.map(\.name) }

  static let frames = [
    ("runs", ""), ("runs-marked", "o o  "), ("runs-note", "oon"), ("runs-filtered", "/exp\n"),
  ]

  @Test(arguments: frames) func framesAreAsRecorded(name: String, keys: String) throws {
    for (width, height) in [(80, 24), (100, 30)] {
      try GoldenFrameTests.compare(
        Self.state(Self.keys(keys)).render(width: width, height: height), "\(name)-braille-\(width)x\(height)"
      )
    }
    try GoldenFrameTests.compare(
      Self.state(Self.keys(keys), glyphs: .ascii).render(width: 80, height: 24), "\(name)-ascii-80x24")
  }

  @Test func everySizeCanBeDrawn() throws {
    let empty = RunsState(directory: "runs", terminalGlyphs: .ascii, terminalColors: .none)
    for state in try [Self.state(), Self.state(Self.keys("?")), Self.state(Self.keys("/nothing\n")), empty] {
      for (width, height) in [(0, 0), (1, 1), (40, 10), (60, 16), (61, 17), (300, 5), (59, 99), (200, 70)] {
        let surface = state.render(width: width, height: height)
        #expect(surface.width == width && surface.height == height)
      }
    }
    #expect(empty.render(width: 80, height: 24).lines.contains { $0.contains("Reading.") })
  }

  /// Strong colours for a dark background cannot be seen on a light one.
  @Test func highContrastGoesByTheTerminalsBackground() throws {
    func marks(_ keys: [Key]) throws -> Set<Style> {
      let surface = try Self.state([.character(" "), "T", "T"] + keys).render(width: 80, height: 24)
      return Set((0..<24).flatMap { surface.row($0) }.filter { $0.character == "★" }.map(\.style))
    }
    let (dark, light) = try (marks([]), marks([.reply("11;rgb:ffff/ffff/ffff")]))
    #expect(dark == [Theme.contrast.adapted(Style(foreground: .accent))])
    #expect(light == [Theme.contrast.adapted(Style(foreground: .accent), on: .light)] && light != dark)
  }

  @Test func theSelectedOrTheMarkedSessionsAreOpened() throws {
    var state = try Self.state([.down, .enter])
    #expect(state.takeRequests() == [.open([try #require(state.selectedRow).session.folder])])
    for key: Key in [.home, .character(" "), .down, .character(" "), .enter] { _ = state.press(key) }
    let requests = state.takeRequests()
    guard case .open(let folders)? = requests.first else { throw Unexpected() }
    #expect(Self.names(folders) == ["damaged", "exp2"])
    // The marks are taken back first, then the filter.
    for key in Self.keys("/exp1\n") + [.escape] { _ = state.press(key) }
    #expect(state.marked.isEmpty && state.listed.rows.count == 1)
    _ = state.press(.escape)
    #expect(state.listed.rows.count == 4)
  }

  private struct Unexpected: Error {}

  @Test func sessionsAreOrderedByEveryColumn() throws {
    var state = try Self.state()
    func names() -> [String] { state.listed.rows.map(\.session.folder.name) }
    #expect(names() == ["damaged", "exp1", "exp2", "exp3"])
    for expected in [
      ["exp1", "exp2", "exp3", "damaged"],  // by state
      ["exp2", "exp3", "exp1", "damaged"],  // the latest first
      ["exp1", "exp2", "exp3", "damaged"],  // the best first, all alike
    ] {
      _ = state.press("o")
      #expect(names() == expected)
    }
    _ = state.press("O")
    // What is not known stays at the end.
    #expect(names().last == "damaged")
    for _ in 0..<5 { _ = state.press("o") }
    #expect(names() == ["damaged", "exp1", "exp2", "exp3"])
  }

  @Test func whatIsSelectedStaysSelected() throws {
    let (runs, rows) = try Self.sessions()
    var state = RunsState(directory: "runs", terminalGlyphs: .braille, terminalColors: .none)
    state.update(rows)
    for key: Key in [.end, "o", "O"] { _ = state.press(key) }
    #expect(state.selected?.name == "exp3")
    try runs.complete(name: "another")
    var more = rows
    more.take(ListedSession.read(try RunFolder.all(in: runs.path)))
    state.update(more)
    #expect(state.selected?.name == "exp3" && state.listed.rows.count == 5)
  }

  @Test func notesAndTagsAreAskedFor() throws {
    var state = try Self.state([.end, "n"])
    for key in Self.keys("a b\n") { _ = state.press(key) }
    guard case .keep(let labels, let folder)? = state.takeRequests().first else { throw Unexpected() }
    #expect(labels.note == "a b" && labels.tags.isEmpty && folder.name == "exp3")
    // Two sessions at once: one tag is new, one is taken away where it is.
    for key: Key in [.home, .down, " ", " ", "t"] + Self.keys("new -book\n") { _ = state.press(key) }
    let kept = state.takeRequests().map { request -> String in
      guard case .keep(let labels, let folder) = request else { return "" }
      return "\(folder.name): \(labels.tags.joined(separator: " "))"
    }
    #expect(kept == ["exp1: baseline new", "exp2: new"])
    // Nothing is asked for where a word cannot be a tag, or nothing changes.
    for key in Self.keys("t\(String(repeating: "x", count: 50))\nt\n") { _ = state.press(key) }
    #expect(state.takeRequests().isEmpty)
  }

  @Test func whatIsDeletedIsAskedForAndOnlyAYDoesIt() throws {
    var state = try Self.state([.end])
    for key in Self.keys("d\ndnd d") { _ = state.press(key) }
    _ = state.press(.escape)
    #expect(state.takeRequests().isEmpty && state.question == nil)
    for key in Self.keys("dy") { _ = state.press(key) }
    guard case .delete(let folders)? = state.takeRequests().first else { throw Unexpected() }
    #expect(Self.names(folders) == ["exp3"])
    for key in Self.keys("uXnXy") { _ = state.press(key) }
    #expect(state.takeRequests() == [.restore, .emptyTrash])
    for key in Self.keys("r2\n") + Self.keys("e\n") { _ = state.press(key) }
    let folder = try #require(state.selected)
    #expect(state.takeRequests() == [.rename(folder, to: "exp32"), .export([folder], to: "exp3.csv")])
  }

  @Test func aFilterThatCannotBeReadIsTold() throws {
    let state = try Self.state(Self.keys("/tset>1\n"))
    #expect(state.message.contains("nothing is called 'tset'") && state.listed.rows.count == 4)
    #expect(try Self.state(Self.keys("/zzz\n")).message == "none is like that")
  }
}

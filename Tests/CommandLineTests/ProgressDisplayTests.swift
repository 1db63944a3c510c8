import Experiment
import Sessions
import TerminalUI
import Testing
import Training

@testable import Reports
@testable import fmnist_tui

/// As much of a terminal as progress bars use: it wraps, moves the cursor up and erases below.
private struct TinyTerminal {
  let columns: Int
  private(set) var rows: [[Character]] = [[]]
  private var row = 0
  private var column = 0

  init(columns: Int) {
    self.columns = columns
  }

  var lines: [String] { rows.map { String($0).withoutTrailingBlanks } }

  mutating func write(_ text: String) {
    var rest = Substring(text)
    while let character = rest.unicodeScalars.first {
      rest = Substring(rest.unicodeScalars.dropFirst())
      switch character {
      case "\r": column = 0
      case "\n":
        column = 0
        moveDown()
      case "\u{1B}":
        let parameters = rest.dropFirst().prefix { $0.isNumber || $0 == ";" }
        let final = rest.dropFirst(1 + parameters.count).first
        rest = rest.dropFirst(2 + parameters.count)
        obey(final, Int(parameters) ?? 1)
      default: put(Character(character))
      }
    }
  }

  private mutating func obey(_ final: Character?, _ count: Int) {
    switch final {
    case "A": row = max(0, row - count)
    case "J":
      rows.removeSubrange((row + 1)...)
      rows[row].removeSubrange(min(column, rows[row].count)...)
    case "K": rows[row].removeSubrange(min(column, rows[row].count)...)
    default: break
    }
  }

  private mutating func put(_ character: Character) {
    if column == columns {
      column = 0
      moveDown()
    }
    while rows[row].count <= column { rows[row].append(" ") }
    rows[row][column] = character
    column += 1
  }

  private mutating func moveDown() {
    row += 1
    if row == rows.count { rows.append([]) }
  }
}

struct ProgressDisplayTests {
  private static let plain = TerminalTraits(encoding: .utf8, colors: .none, movesCursor: true)
  private static let names = ["with dropout", "without dropout"]

  @Test func aRunShowsWhatHowFarAndHowLong() throws {
    let session = try ScriptedSession()
    var display = ProgressDisplay(names: Self.names, traits: Self.plain)
    #expect(
      display.draw(at: 0, columns: 80) == """
        with dropout                                               0% -:--:--\u{1B}[K\r
        without dropout                                            0% -:--:--\u{1B}[K
        """)
    _ = display.erase(columns: 80)
    display.update(session.after([session.started(0), session.started(1)]).state, at: 0)
    display.update(
      session.after([session.started(0), session.started(1), session.steps(0, epoch: 6, batch: 0)]).state,
      at: 5)
    #expect(
      display.draw(at: 5, columns: 80) == """
        with dropout    ━━━━━━━━━━━━━━━━━━━━                      50% 0:00:05\u{1B}[K\r
        without dropout                                            0% -:--:--\u{1B}[K
        """)
  }

  @Test func anEndedRunShowsItsTime() throws {
    let session = try ScriptedSession(comparing: false)
    var display = ProgressDisplay(names: ["with dropout"], traits: Self.plain)
    let events = [session.started(0), session.epoch(0, 10, test: 0.8), session.ended(0, epoch: 10)]
    for (count, seconds) in [(1, 1.0), (2, 66), (3, 68)] {
      display.update(session.after(Array(events.prefix(count))).state, at: seconds)
    }
    let line = "with dropout " + String(repeating: "━", count: 40) + " 100% 0:01:07\u{1B}[K"
    #expect(display.draw(at: 70, columns: 80) == line)
    #expect(display.keep() == "\r\n")
    #expect(display.keep().isEmpty)
  }

  @Test(arguments: 0...130)
  func linesNeverReachTheLastColumn(columns: Int) {
    for encoding in [TextEncoding.utf8, .ascii] {
      let traits = TerminalTraits(encoding: encoding, colors: .none, movesCursor: true)
      for share in [0, 0.5, 1, .nan] {
        let line = ProgressLine(description: "without dropout", share: share, seconds: 1e9, index: 1)
        let drawing = line.drawing(descriptionWidth: min(15, columns * 2 / 5), width: columns, traits: traits)
        #expect(drawing.width <= columns)
        #expect(drawing.text.count == drawing.width)
        #expect(encoding == .utf8 || drawing.text.allSatisfy { $0.isASCII })
      }
    }
  }

  @Test func coloursTellRunsApartAndAreSwitchedOff() {
    let line = { ProgressLine(description: "run", share: 0.5, seconds: nil, index: $0) }
    for (colors, codes) in [
      (TerminalTraits.Colors.palette256, ["38;5;33", "38;5;208"]), (.sixteen, ["94", "33"]),
    ] {
      let traits = TerminalTraits(encoding: .utf8, colors: colors, movesCursor: true)
      for index in 0...1 {
        let drawing = line(index).drawing(descriptionWidth: 3, width: 30, traits: traits)
        #expect(drawing.text.contains("\u{1B}[\(codes[index])m━"))
        #expect(drawing.text.contains("━\u{1B}[0m"))
        #expect(drawing.width == 30)
      }
    }
    #expect(!line(0).drawing(descriptionWidth: 3, width: 30, traits: Self.plain).text.contains("\u{1B}"))
  }

  @Test(arguments: [5, 20, 40, 80, 200])
  func linesOfOutputAndBarsDoNotGarbleEachOther(columns: Int) throws {
    let session = try ScriptedSession()
    let traits = TerminalTraits(encoding: .utf8, colors: .palette256, movesCursor: true)
    var terminal = TinyTerminal(columns: columns)
    var display = ProgressDisplay(names: Self.names, traits: traits)
    terminal.write("$ fm\r\n")
    display.update(session.after([session.started(0), session.started(1)]).state, at: 0)
    for epoch in 1...5 {
      for second in 0...3 { terminal.write(display.draw(at: Double(epoch * 4 + second), columns: columns)) }
      terminal.write(display.erase(columns: columns))
      terminal.write("ep \(epoch)\r\n")
    }
    terminal.write(display.draw(at: 30, columns: columns))
    terminal.write(display.keep() + "end")
    #expect(terminal.lines.prefix(6) == ["$ fm", "ep 1", "ep 2", "ep 3", "ep 4", "ep 5"])
    #expect(terminal.lines.count == 9)
    #expect(terminal.lines.last == "end")
  }

  @Test func aNarrowerTerminalHasWrappedTheOldLines() {
    var display = ProgressDisplay(names: Self.names, traits: Self.plain)
    _ = display.draw(at: 0, columns: 80)
    #expect(display.erase(columns: 40) == "\u{1B}[3A\r\u{1B}[J")
    #expect(display.erase(columns: 40).isEmpty)
  }

  @Test func aSingleLineNeedsNoMove() {
    var display = ProgressDisplay(names: ["run"], traits: Self.plain)
    _ = display.draw(at: 0, columns: 80)
    #expect(display.erase(columns: 80) == "\r\u{1B}[J")
  }
}

import TerminalUI
import Testing

@testable import Dashboard

/// Numbers that look random and are the same each time (SplitMix64).
private struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var number = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
    return number ^ (number >> 31)
  }

  /// So many bytes out of a range.
  mutating func bytes(_ count: ClosedRange<Int>, in range: ClosedRange<UInt8>) -> [UInt8] {
    (0..<Int.random(in: count, using: &self)).map { _ in UInt8.random(in: range, using: &self) }
  }
}

/// What a terminal, a multiplexer or a person's paste may send, into every page.
@Suite struct KeyFuzzTests {
  private static let known: [([UInt8], Key)] = [
    ("\u{1B}[A", Key.up), ("\u{1B}OB", .down), ("\u{1B}[C", .right), ("\u{1B}OD", .left), ("\u{1B}[H", .home),
    ("\u{1B}[4~", .end), ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[3~", .delete),
    ("\t", .tab),
    ("\u{1B}[Z", .backTab), ("\r", .enter), ("\u{7F}", .backspace), (" ", " "), ("]", "]"), ("x", "x"),
    ("é", "é"),
  ].map { (Array($0.0.utf8), $0.1) }

  /// A sequence that is no command: of a known kind, with made-up contents.
  private static func unknown(_ numbers: inout Numbers) -> [UInt8] {
    let text = numbers.bytes(0...20, in: 0x20...0x7E)
    switch Int.random(in: 0..<9, using: &numbers) {
    case 0:
      return Array("\u{1B}[?".utf8) + numbers.bytes(0...9, in: 0x30...0x3B)
        + numbers.bytes(1...1, in: 0x40...0x7E)
    case 1:
      return Array("\u{1B}[>".utf8) + numbers.bytes(0...90, in: 0x20...0x3F)
        + numbers.bytes(1...1, in: 0x40...0x7E)
    case 2:
      return Array("\u{1B}[1;".utf8) + numbers.bytes(1...1, in: 0x32...0x38)
        + numbers.bytes(1...1, in: 0x41...0x48)
    case 3: return [0x1B] + numbers.bytes(1...1, in: 0x61...0x7A)
    case 4:
      return [0x1B]
        + ([Array("P".utf8), Array("_".utf8), Array("^".utf8)].randomElement(using: &numbers) ?? []) + text
        + [0x1B, 0x5C]
    case 5: return Array("\u{1B}]".utf8) + text + [0x07]
    case 6: return Array("\u{1B}[200~".utf8) + text + Array("\u{1B}[201~".utf8)
    case 7:
      return Array(
        ["\u{1B}[I", "\u{1B}[O", "\u{1B}[[B", "\u{1B}OQ"].randomElement(using: &numbers)?.utf8 ?? "".utf8)
    default: return Array("\u{1B}[9".utf8) + numbers.bytes(1...1, in: 0x38...0x39) + Array(";7u".utf8)
    }
  }

  /// Something that hears keys.
  private struct Listener {
    let name: String
    /// Answers a key; returns whether it asked for anything.
    let hear: (Key) -> Bool
    /// Whether it looks as it did at first.
    let isAsBefore: () -> Bool
  }

  private static func listener(_ name: String, _ before: DashboardScreen) -> Listener {
    var dashboard = before
    return Listener(name: name, hear: { !dashboard.press($0).isEmpty }, isAsBefore: { dashboard == before })
  }

  private static func listener<Side: SideScreen>(_ name: String, _ before: Side, _ keys: [Key]) -> Listener {
    var before = before
    for key in keys { _ = before.press(key) }
    var screen = before
    return Listener(name: name, hear: { screen.press($0) }, isAsBefore: { screen == before })
  }

  /// Every page, those that have an inside open too, the help, and the screens of sweeps, of logs and of runs.
  private static func listeners() throws -> [Listener] {
    let dashboard = DashboardScreen(
      ScriptedEvents.dashboard(ScriptedEvents.observed).state,
      demonstrations: DemonstrationPageTests.demonstrations)
    let keys = dashboard.pages.filter { $0.isAvailable(in: dashboard.state) }.map { String($0.key) }
    var lesson = dashboard.pressing("6")
    _ = lesson.press(.enter)
    let pages = (keys + ["?", "g?", "1C", "1P", "1,", "8v"]).map { listener($0, dashboard.pressing($0)) }
    let runs = try RunsScreenTests.state()
    let sweep = try SweepScreenTests.state(SweepScreenTests.progress(SweepScreenTests.grid, finished: 20))
    let (logs, inLogs) = (try LogsScreenTests.state(), [[], ["C"], ["i"], ["?"], [","]] as [[Key]])
    return pages + [listener("lesson", lesson)]
      + ([[], [.enter], ["t"], ["?"]] as [[Key]]).map { listener("sweep", sweep, $0) }
      + inLogs.map { listener("logs", logs, $0) }
      + ([[], ["?"]] as [[Key]]).map { listener("runs", runs, $0) }
  }

  @Test func onlyWholeKnownKeysAct() throws {
    var numbers = Numbers(state: 1)
    var decoder = KeyDecoder()
    let listeners = try Self.listeners()
    var (seconds, wrong) = (0.0, 0)
    for _ in 0..<100_000 {
      let isKnown = Int.random(in: 0..<4, using: &numbers) == 0
      let (bytes, key) =
        isKnown
        ? Self.known[Int.random(in: 0..<Self.known.count, using: &numbers)]
        : (Self.unknown(&numbers), .resize)
      // In one piece, or in two that a slow connection brings.
      let cut = Int.random(in: 0...bytes.count, using: &numbers)
      var keys = decoder.keys(from: bytes[..<cut], at: seconds)
      seconds += 0.04
      keys += decoder.keys(at: seconds) + decoder.keys(from: bytes[cut...], at: seconds)
      if isKnown {
        if keys != [key] { wrong += 1 }
        continue
      }
      // What a terminal answers, and a text that is pasted, are no commands on any page.
      for key in keys {
        switch key {
        case .reply, .paste: break
        default: wrong += 1
        }
        // Only the answer to the question for the background may change colours.
        if case .reply(let reply) = key, Theme(reply: reply) != nil { continue }
        let listener = listeners[Int.random(in: 0..<listeners.count, using: &numbers)]
        if listener.hear(key) { wrong += 1 }
      }
    }
    #expect(wrong == 0)
    for listener in listeners { #expect(listener.isAsBefore(), "\(listener.name)") }
    // A key that is known does act there, so that silence means something.
    for listener in listeners {
      #expect(
        [.down, .escape, "?", "m"].contains { listener.hear($0) || !listener.isAsBefore() },
        "\(listener.name)")
    }
  }

  @Test func randomBytesLeaveNothingBehind() {
    var numbers = Numbers(state: 2)
    var decoder = KeyDecoder()
    var (seconds, stuck) = (0.0, 0)
    for _ in 0..<20_000 {
      _ = decoder.keys(from: numbers.bytes(0...12, in: 0...255), at: seconds)
      seconds += 6
      _ = decoder.keys(at: seconds)
      if decoder.keys(from: "q".utf8, at: seconds) != ["q"] || decoder.deadline != nil { stuck += 1 }
    }
    #expect(stuck == 0)
  }
}

import Experiment
import Platform
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct SystemPageTests {
  /// A use at a second of training on two processors.
  private static func use(_ second: Int, temperature: Double? = 61) -> SystemUse {
    SystemUse(
      processorSeconds: 1.5 * Double(second) + (second % 4 < 2 ? 0 : 0.25),
      memory: 1e6 * (180 + 40 * Double(min(second, 9)) / 9),
      threads: second < 3 ? 3 : 5, available: 2, temperature: temperature)
  }

  private static func history(_ seconds: Int, temperature: Double? = 61) -> SystemHistory {
    (0...seconds).reduce(into: SystemHistory()) { $0.add(use($1, temperature: temperature), at: Double($1)) }
  }

  @Test func processorsAreWhatWasBusyBetweenTwoSamples() {
    let history = Self.history(8)
    #expect(history.samples.map(\.seconds) == (1...8).map(Double.init))
    #expect(history.samples.map(\.processors) == [1.5, 1.75, 1.5, 1.25, 1.5, 1.75, 1.5, 1.25])
    #expect(history.next == 9)
  }

  @Test func aLongHistoryIsThinnedAndKeepsItsMeanAndItsMost() {
    var history = Self.history(5)
    history.add(
      SystemUse(processorSeconds: 9, memory: 5e9, threads: 5, available: 2, temperature: nil), at: 6)
    var second = 7.0
    while second < 5000 {
      history.add(
        SystemUse(
          processorSeconds: 9 + 2 * (second - 6), memory: 1e8, threads: 5, available: 2, temperature: nil),
        at: second)
      second = history.next
    }
    #expect((256...512).contains(history.samples.count) && history.mostMemory == 5e9)
    #expect(history.samples.dropFirst(8).allSatisfy { abs($0.processors - 2) < 1e-9 })
    #expect((history.samples.last?.seconds ?? 0) > 4900)
  }

  @Test(arguments: [61.0 as Double?, nil]) func thePageTellsWhatIsKnown(temperature: Double?) {
    for (width, height) in [(80, 24), (100, 30), (60, 16)] {
      var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("Y")
      dashboard.state.system = Self.history(60, temperature: temperature)
      let text = dashboard.render(width: width, height: height).lines.joined(separator: "\n")
      #expect(text.contains("now 1.25 processors, 220 MB (at most 220 MB), 5 threads"))
      #expect(text.contains("temperature, °C") == (temperature != nil))
      for title in ["processors busy, of 2", "memory, MB", "threads"] { #expect(text.contains(title)) }
    }
  }

  /// Once nothing happens samples lie far apart: lines between them told of processors that were busy for a minute.
  @Test func nothingSlantsBetweenSamplesThatLieFarApart() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle, glyphs: .ascii).pressing("Y")
    dashboard.state.system = [(0.0, 0.0), (1, 2), (2, 4), (3, 6), (60, 6)].reduce(into: SystemHistory()) {
      $0.add(
        SystemUse(processorSeconds: $1.1, memory: 1e8, threads: 5, available: 2, temperature: nil), at: $1.0)
    }
    let lines = dashboard.render(width: 100, height: 30).lines
    let rows = lines.filter { $0.prefix(50).contains("*") }.map { $0.prefix(50) }
    let crowded = rows.filter { $0.count { $0 == "*" } > 3 }
    #expect(crowded.count == 2, "a row of threads, and one of no processor: \(rows)")
    #expect(lines.contains { $0.contains("0+") && $0.count { $0 == "*" } > 30 })
  }

  /// Marks of ASCII were spaces.
  @Test(arguments: GlyphSet.allCases) func theCurvesAreSeen(glyphs: GlyphSet) {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle, glyphs: glyphs).pressing("Y")
    let empty = dashboard.render(width: 100, height: 30).lines.joined()
    dashboard.state.system = Self.history(60)
    let drawn = dashboard.render(width: 100, height: 30).lines.joined()
    let characters = Set(drawn).subtracting(empty).filter { !$0.isLetter && !$0.isNumber }
    #expect(
      characters.contains {
        "*█▀▄▖⠁⠂⠄⡀⠉⠒⠤⣀⠈⠐⠠⢀▘▝▗▌▐▚▞".contains($0) || ("\u{2801}"..."\u{28ff}").contains($0)
      })
  }

  /// At 80 columns it ended with "processor time since t".
  @Test(arguments: [61.0 as Double?, nil], [80, 100, 160])
  func theSentenceIsNeverCut(temperature: Double?, width: Int) {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("Y")
    dashboard.state.system = Self.history(60, temperature: temperature)
    let line = dashboard.render(width: width, height: 24).lines.first { $0.contains(" now 1.25") } ?? ""
    #expect(line.firstMatch(of: #/(threads|°C|[0-9]:[0-9]{2}:[0-9]{2}) *$/#) != nil, "\(line)")
  }

  @Test func theFirstSecondHasNoFigures() {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("Y")
    #expect(dashboard.render(width: 80, height: 24).lines.contains { $0.contains("The first figures come") })
  }
}

import Experiment
import Reports
import TerminalUI
import Testing

@testable import Dashboard

/// Linux's console, whose fonts have 256 or 512 characters.
@Suite struct ConsoleTests {
  /// What the fonts of the console have in common: code page 437.
  private static let repertoire = Set(
    (0x20...0x7E).compactMap { Unicode.Scalar($0).map(Character.init) }
      + "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■"
  )

  @Test func nothingIsDrawnThatItsFontsLack() {
    let traits = TerminalTraits(environment: ["TERM": "linux"], encoding: .utf8)
    var settings = DashboardSettings()
    // Chosen on another terminal.
    settings.glyphs = .braille
    let scenes = [
      ScriptedEvents.observed, ScriptedEvents.changed, ScriptedEvents.eightRuns, ScriptedEvents.diverged,
      ReplicatedEvents.events(steps: 60), [],
    ]
    #expect(traits.glyphs == .console)
    for events in scenes {
      let dashboard = ScriptedEvents.dashboard(events, glyphs: traits.glyphs, settings: settings)
      for keys in [
        "1", "1P", "1C", "1,", "2", "2x", "2oV", "3", "3x", "3v", "4", "4v", "5", "6", "L", "?", "??", "f",
        "g", "G",
        "b",
      ] {
        for (width, height) in events.isEmpty ? [(80, 24), (160, 50), (40, 10)] : [(80, 24)] {
          let frame = dashboard.pressing(keys).render(width: width, height: height)
          let strange = Set(frame.lines.joined()).subtracting(Self.repertoire)
          #expect(strange.isEmpty, "\(keys): \(strange)")
        }
      }
    }
  }
}

/// Runs that are told apart however many there are.
@Suite struct DistinctRunsTests {
  @Test(arguments: [TerminalTraits.Colors.palette256, .sixteen]) func noTwoRunsHaveOneColourAndOneLine(
    colors: TerminalTraits.Colors
  ) {
    for theme in [Theme.dark, .light] {
      let looks = (0..<RunID.largestCount).map { index -> [Int] in
        let run = RunID(index)
        let color = theme.adapted(run.style).foreground
        let shown = colors == .sixteen ? color?.basic : color?.palette256
        return [Int(shown ?? 0), run.spacing(of: colors)]
      }
      #expect(Set(looks).count == looks.count, "\(looks)")
    }
  }

  @Test func withoutColoursNeighboursDifferByTheirDots() {
    for index in 1..<RunID.largestCount {
      #expect(RunID(index).spacing(of: .none) != RunID(index - 1).spacing(of: .none))
    }
  }
}

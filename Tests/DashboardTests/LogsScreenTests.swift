import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard
@testable import Sessions

@Suite struct LogsScreenTests {
  /// Three runs that learn, of which one has a gap and one tells its epochs; one that has histograms.
  static func found(_ runs: Int = 3) throws -> FoundLogs {
    let folder = try TemporaryFolder()
    for run in 0..<runs {
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/lr-0.\(run + 1)", withIntermediateDirectories: true)
      let lines = (0..<60).map { step in
        let loss = 2 / (1 + Double(step * (run + 1)) / 10) + 0.05 * Double(step * 37 % 11) / 11
        let value = run == 1 && (20..<25).contains(step) ? "NaN" : "\(loss)"
        return
          "{\"step\": \(10 * step), \"epoch\": \(Double(step) / 20), \"time\": \(1_700_000_000 + 7 * step), "
          + "\"loss\": {\"train\": \(value)}, \"accuracy\": \(1 - loss / 3), \"lr\": 0.\(run + 1)}"
      }
      try folder.write("lr-0.\(run + 1)/log.jsonl", lines.joined(separator: "\n") + "\nEpoch 1\n")
    }
    var found = try LogFollower.read([folder.path]) { true }
    found.notes = found.notes.map { $0.replacing(folder.path, with: "logs") }
    found.version = 1
    return found
  }

  static func state(_ keys: String = "", glyphs: GlyphSet = .braille, runs: Int = 3) throws -> LogsState {
    var state = LogsState(caption: "logs", terminalGlyphs: glyphs, terminalColors: .palette256)
    state.update(try found(runs))
    for key in keys { _ = state.press(key == "\n" ? .enter : .character(key)) }
    return state
  }

  static let keys = [
    ("logs", ""), ("logs-cursor", "m,,,,"), ("logs-figures", "C"), ("logs-time", "xlz"), ("logs-notes", "i"),
  ]

  @Test(arguments: keys) func framesAreAsRecorded(name: String, keys: String) throws {
    for (width, height) in [(80, 24), (100, 30)] {
      try GoldenFrameTests.compare(
        Self.state(keys).render(width: width, height: height), "\(name)-braille-\(width)x\(height)")
    }
    try GoldenFrameTests.compare(
      Self.state(keys, glyphs: .ascii).render(width: 80, height: 24), "\(name)-ascii-80x24")
  }

  @Test func everySizeCanBeDrawn() throws {
    for keys in ["", "C", "i", "?", "/lr", ",z", "xxX"] {
      let state = try Self.state(keys)
      for (width, height) in [(0, 0), (1, 1), (40, 10), (60, 16), (61, 17), (300, 5), (59, 99), (200, 70)] {
        let surface = state.render(width: width, height: height)
        #expect(surface.width == width && surface.height == height)
      }
    }
    #expect(
      LogsState(caption: "", terminalGlyphs: .ascii, terminalColors: .none).render(width: 80, height: 24)
        .width == 80)
  }

  @Test func runsAndFiguresAreFiltered() throws {
    var state = try Self.state("/lr-0.[12]\n")
    #expect(state.listed.map(\.name) == ["lr-0.1", "lr-0.2"])
    state = try Self.state("//0.3$/\n")
    #expect(state.listed.map(\.name) == ["lr-0.3"])
    state = try Self.state("//(\n")
    #expect(state.message.contains("no regular expression") && state.listed.count == 3)
    state = try Self.state("C/acc\n \n")
    #expect(state.charted(of: state.listed) == ["accuracy"])
  }

  @Test func valuesOfSeveralRunsAreReadAtTheCursor() throws {
    let state = try Self.state(",,")
    let picture = LogsPicture(state)
    #expect(picture.cursorText.hasPrefix("values at step 5"))
    #expect(picture.runs.compactMap { picture.value("accuracy", of: $0) }.count == 3)
    #expect(LogsPicture(try Self.state("x,")).cursorText.hasSuffix("minutes"))
    #expect(LogsPicture(try Self.state("xx,")).cursorText.hasPrefix("values at epoch 2."))
  }

  @Test func moreRunsThanMarksAreShownAPageAtATime() throws {
    var state = try Self.state(runs: 30)
    #expect(LogsPicture(state).runs.count == 26)
    _ = state.press(.pageDown)
    let picture = LogsPicture(state)
    #expect(picture.first == 26 && picture.runs.count == 4)
    #expect(state.render(width: 100, height: 30).lines.contains { $0.contains("runs 27 to 30 of 30") })
  }
}

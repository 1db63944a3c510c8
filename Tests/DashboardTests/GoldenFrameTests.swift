import Experiment
import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

/// Whole screens as text with a layer of styles; `RECORD_GOLDEN=1` writes them anew, and fails so that somebody looks.
@Suite struct GoldenFrameTests {
  static let states: [(name: String, state: @Sendable (GlyphSet) -> DashboardState)] = [
    ("first-second", { ScriptedEvents.state(ScriptedEvents.beginning, glyphs: $0) }),
    ("middle", { ScriptedEvents.state(ScriptedEvents.middle, glyphs: $0) }),
    ("paused", { ScriptedEvents.state(ScriptedEvents.paused, glyphs: $0) }),
    ("changed-dropout", { ScriptedEvents.state(ScriptedEvents.changed, glyphs: $0) }),
    ("diverged", { ScriptedEvents.state(ScriptedEvents.diverged, glyphs: $0) }),
    ("three-runs", { ScriptedEvents.state(ScriptedEvents.threeRuns, glyphs: $0).pressing("\t\t") }),
    ("eight-runs", { ScriptedEvents.state(ScriptedEvents.eightRuns, glyphs: $0) }),
    ("finished", { ScriptedEvents.state(ScriptedEvents.finished, glyphs: $0) }),
  ]
  static let sizes = [(80, 24), (100, 30), (160, 50)]

  @Test(arguments: states.map(\.name), GlyphSet.allCases)
  func framesAreAsRecorded(name: String, glyphs: GlyphSet) throws {
    let state = try #require(Self.states.first { $0.name == name }).state(glyphs)
    for (width, height) in Self.sizes {
      try Self.compare(
        state.render(width: width, height: height), "\(name)-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  @Test func pagesAreAsRecorded() throws {
    var state = ScriptedEvents.state(ScriptedEvents.finished)
    _ = state.press(.character("2"))
    try Self.compare(state.render(width: 100, height: 30), "comparison-page")
    state = ScriptedEvents.state(ScriptedEvents.middle)
    for _ in 0..<8 { _ = state.press(.character(",")) }
    try Self.compare(state.render(width: 100, height: 30), "cursor")
    _ = state.press(.character("?"))
    try Self.compare(state.render(width: 100, height: 30), "help-page")
    try Self.compare(state.render(width: 59, height: 16), "too-small")
  }

  @Test(arguments: [("samples", "3"), ("confusion", "3x"), ("layers", "4")], GlyphSet.allCases)
  func observationsAreAsRecorded(page: (name: String, keys: String), glyphs: GlyphSet) throws {
    var state = ScriptedEvents.state(ScriptedEvents.observed, glyphs: glyphs)
    for key in page.keys { _ = state.press(.character(key)) }
    for (width, height) in Self.sizes {
      try Self.compare(
        state.render(width: width, height: height), "\(page.name)-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  @Test(arguments: GlyphSet.allCases)
  func previewsOfAugmentationAreAsRecorded(glyphs: GlyphSet) throws {
    for (name, augment) in [("preview", "flip,shift=2"), ("preview-off", nil)] {
      let state = AugmentationPreviewTests.state(augment: augment, glyphs: glyphs)
      for (width, height) in Self.sizes {
        try Self.compare(
          state.render(width: width, height: height), "\(name)-\(glyphs.rawValue)-\(width)x\(height)")
      }
    }
    let state = AugmentationPreviewTests.state(glyphs: glyphs, keys: "3vc")
    try Self.compare(state.render(width: 80, height: 24), "preview-no-color-\(glyphs.rawValue)")
  }

  @Test func pagesOfEightRunsAreAsRecorded() throws {
    var events = ScriptedEvents.eightRuns
    for run in 0..<8 {
      events.append(.testPredicted(ScriptedEvents.answers(run, epoch: 5)))
      events.append(ScriptedEvents.layers(run, step: 105))
    }
    for (name, keys) in [("comparison", "2"), ("samples", "3"), ("layers", "4"), ("question", "\thf")] {
      let state = ScriptedEvents.state(events).pressing(keys)
      try Self.compare(state.render(width: 80, height: 24), "eight-runs-\(name)")
    }
  }

  @Test(arguments: [("calibration", "5"), ("calibration-monte-carlo", "5u")], GlyphSet.allCases)
  func calibrationIsAsRecorded(page: (name: String, keys: String), glyphs: GlyphSet) throws {
    var state = ScriptedEvents.state(
      ScriptedEvents.judged, glyphs: glyphs, testImages: ScriptedEvents.manyImages)
    for key in page.keys { _ = state.press(.character(key)) }
    for (width, height) in Self.sizes {
      try Self.compare(
        state.render(width: width, height: height), "\(page.name)-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  @Test(arguments: GlyphSet.allCases)
  func replicatesAreAsRecorded(glyphs: GlyphSet) throws {
    for (width, height) in [(80, 24), (100, 30)] {
      let state = ReplicatedEvents.state(steps: 200, glyphs: glyphs)
      try Self.compare(
        state.render(width: width, height: height), "replicates-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  @Test func pagesOfReplicatesAreAsRecorded() throws {
    var state = ReplicatedEvents.state(steps: 105)
    for _ in 0..<3 { _ = state.press(.tab) }
    for (key, name) in [("b", "single"), ("2", "comparison"), ("3", "samples"), ("4", "layers")] {
      _ = state.press(.character(Character(key)))
      try Self.compare(state.render(width: 100, height: 30), "replicates-\(name)")
    }
    _ = state.press(.character("?"))
    _ = state.press(.character("?"))
    try Self.compare(state.render(width: 80, height: 24), "help-curves")
    state = ReplicatedEvents.state(steps: 105)
    _ = state.press(.character("c"))
    try Self.compare(state.render(width: 100, height: 30), "replicates-no-color")
  }

  @Test(arguments: GlyphSet.allCases)
  func examinedSamplesAreAsRecorded(glyphs: GlyphSet) throws {
    var state = ScriptedEvents.state(ScriptedEvents.observed, glyphs: glyphs)
    _ = state.press(.character("3"))
    for run in 0..<2 {
      state.record(
        ScriptedEvents.examined(run, images: Array(state.sampleOrder.prefix(4)), epoch: 5), at: 2)
    }
    for (width, height) in Self.sizes {
      try Self.compare(
        state.render(width: width, height: height), "samples-examined-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  /// Compares a screen with the recorded one.
  static func compare(
    _ surface: Surface, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Frames")
    try GoldenText.expect(
      surface.textWithStyles, isRecordedAs: name, in: folder, sourceLocation: sourceLocation)
  }
}

import Experiment
import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

/// Pages, without the chrome around them, as text with a layer of styles; `RECORD_GOLDEN=1` writes them anew, and fails so that somebody looks.
@Suite struct GoldenFrameTests {
  static let dashboards: [(name: String, dashboard: @Sendable (GlyphSet) -> DashboardScreen)] = [
    ("first-second", { ScriptedEvents.dashboard(ScriptedEvents.beginning, glyphs: $0) }),
    ("middle", { ScriptedEvents.dashboard(ScriptedEvents.middle, glyphs: $0) }),
    ("changed-dropout", { ScriptedEvents.dashboard(ScriptedEvents.changed, glyphs: $0) }),
    ("diverged", { ScriptedEvents.dashboard(ScriptedEvents.diverged, glyphs: $0) }),
    ("three-runs", { ScriptedEvents.dashboard(ScriptedEvents.threeRuns, glyphs: $0).pressing("\t\t") }),
    ("eight-runs", { ScriptedEvents.dashboard(ScriptedEvents.eightRuns, glyphs: $0) }),
    ("finished", { ScriptedEvents.dashboard(ScriptedEvents.finished, glyphs: $0) }),
  ]
  static let sizes = [(80, 24), (100, 30), (160, 50)]
  /// Of the console's set there are fewer frames: most of them are made of the same parts.
  static let glyphSets: [GlyphSet] = [.braille, .block, .ascii]

  @Test(arguments: dashboards.map(\.name), glyphSets)
  func framesAreAsRecorded(name: String, glyphs: GlyphSet) throws {
    let dashboard = try #require(Self.dashboards.first { $0.name == name }).dashboard(glyphs)
    for (width, height) in Self.sizes {
      try Self.compare(
        dashboard.renderPage(width: width, height: height), "\(name)-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  @Test func pagesAreAsRecorded() throws {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.finished)
    _ = dashboard.press(.character("2"))
    try Self.compare(dashboard.renderPage(width: 100, height: 30), "comparison-page")
    dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    for _ in 0..<8 { _ = dashboard.press(.character(",")) }
    try Self.compare(dashboard.renderPage(width: 100, height: 30), "cursor")
  }

  @Test(arguments: [("samples", "3"), ("confusion", "3x"), ("layers", "4")], glyphSets)
  func observationsAreAsRecorded(page: (name: String, keys: String), glyphs: GlyphSet) throws {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.observed, glyphs: glyphs)
    for key in page.keys { _ = dashboard.press(.character(key)) }
    for (width, height) in Self.sizes {
      try Self.compare(
        dashboard.renderPage(width: width, height: height),
        "\(page.name)-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  @Test(arguments: glyphSets)
  func previewsOfAugmentationAreAsRecorded(glyphs: GlyphSet) throws {
    for (name, augment) in [("preview", "flip,shift=2"), ("preview-off", nil)] {
      let dashboard = AugmentationPreviewTests.dashboard(augment: augment, glyphs: glyphs)
      for (width, height) in Self.sizes {
        try Self.compare(
          dashboard.renderPage(width: width, height: height), "\(name)-\(glyphs.rawValue)-\(width)x\(height)")
      }
    }
    let dashboard = AugmentationPreviewTests.dashboard(glyphs: glyphs, keys: "3vc")
    try Self.compare(dashboard.renderPage(width: 80, height: 24), "preview-no-color-\(glyphs.rawValue)")
  }

  @Test func pagesOfEightRunsAreAsRecorded() throws {
    var events = ScriptedEvents.eightRuns
    for run in 0..<8 {
      events.append(ScriptedEvents.predicted(run, epoch: 5))
      events.append(ScriptedEvents.layers(run, step: 105))
    }
    for (name, keys) in [("comparison", "2"), ("samples", "3"), ("layers", "4")] {
      let dashboard = ScriptedEvents.dashboard(events).pressing(keys)
      try Self.compare(dashboard.renderPage(width: 80, height: 24), "eight-runs-\(name)")
    }
  }

  @Test(arguments: [("calibration", "5"), ("calibration-monte-carlo", "5u")], glyphSets)
  func calibrationIsAsRecorded(page: (name: String, keys: String), glyphs: GlyphSet) throws {
    var dashboard = ScriptedEvents.dashboard(
      ScriptedEvents.judged, glyphs: glyphs, testImages: ScriptedEvents.manyImages)
    for key in page.keys { _ = dashboard.press(.character(key)) }
    for (width, height) in Self.sizes {
      try Self.compare(
        dashboard.renderPage(width: width, height: height),
        "\(page.name)-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  @Test(arguments: glyphSets)
  func replicatesAreAsRecorded(glyphs: GlyphSet) throws {
    for (width, height) in [(80, 24), (100, 30)] {
      let dashboard = ReplicatedEvents.dashboard(steps: 200, glyphs: glyphs)
      try Self.compare(
        dashboard.renderPage(width: width, height: height), "replicates-\(glyphs.rawValue)-\(width)x\(height)"
      )
    }
  }

  @Test func pagesOfReplicatesAreAsRecorded() throws {
    var dashboard = ReplicatedEvents.dashboard(steps: 105)
    for _ in 0..<3 { _ = dashboard.press(.tab) }
    for (key, name) in [("b", "single"), ("2", "comparison"), ("3", "samples"), ("4", "layers")] {
      _ = dashboard.press(.character(Character(key)))
      try Self.compare(dashboard.renderPage(width: 100, height: 30), "replicates-\(name)")
    }
    dashboard = ReplicatedEvents.dashboard(steps: 105)
    _ = dashboard.press(.character("c"))
    try Self.compare(dashboard.renderPage(width: 100, height: 30), "replicates-no-color")
  }

  @Test(arguments: glyphSets)
  func examinedSamplesAreAsRecorded(glyphs: GlyphSet) throws {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.observed, glyphs: glyphs)
    _ = dashboard.press(.character("3"))
    for run in 0..<2 {
      dashboard.record(
        ScriptedEvents.examined(run, images: Array(dashboard.samples.order.prefix(4)), epoch: 5), at: 2)
    }
    for (width, height) in Self.sizes {
      try Self.compare(
        dashboard.renderPage(width: width, height: height),
        "samples-examined-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  @Test(arguments: [
    ("charts", ScriptedEvents.changed, "1"), ("samples", ScriptedEvents.observed, "3"),
    ("layers", ScriptedEvents.observed, "4"), ("eight-runs", ScriptedEvents.eightRuns, "1"),
    ("replicates", ReplicatedEvents.events(steps: 200), "1"),
  ])
  func framesOfTheConsoleAreAsRecorded(name: String, events: [TrainingEvent], keys: String) throws {
    let dashboard = ScriptedEvents.dashboard(events, glyphs: .console, terminalColors: .sixteen)
    try Self.compare(
      dashboard.pressing(keys).render(width: 80, height: 24), "console-\(name)-80x24")
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

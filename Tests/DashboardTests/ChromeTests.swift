import Datasets
import Experiment
import TerminalUI
import Testing

@testable import Dashboard

/// A page with a key of its own, and one that every page has.
private struct DoorPage: Page {
  static let title = "Door"
  static var name: String { title }
  static let key: Character = "1"

  private(set) var knocks = 0

  static let bindings: [Keys] = [
    Keys("x", footer: "knock", help: "knock at the door") {
      $0.page.knocks += 1
      $0.state.message = "who is there?"
    },
    Keys(" ", help: "go in", when: { $0.page.knocks > 1 }, do: { $0.state.message = "come in" }),
  ]

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    surface.drawFrame(area, title: "\(knocks) knocks", glyphs: state.glyphs)
  }
}

/// A page that is there only while a run is selected.
private struct WindowPage: Page {
  static let title = "Window"
  static var name: String { title }
  static let key: Character = "2"

  func isAvailable(in state: DashboardState) -> Bool { state.selected != nil }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    surface.write("a window", x: area.x, y: area.y)
  }
}

/// A page without keys.
private struct RoofPage: Page {
  static let title = "Roof"
  static var name: String { title }
  static let key: Character = "L"

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {}
}

/// Header, footer, help, questions and messages around pages that are made up.
@Suite struct ChromeTests {
  private func dashboard(
    _ events: [TrainingEvent] = ScriptedEvents.middle, glyphs: GlyphSet = .braille, keys: String = ""
  ) -> DashboardScreen {
    DashboardScreen(
      ScriptedEvents.dashboard(events, glyphs: glyphs).state, pages: [DoorPage(), WindowPage(), RoofPage()]
    ).pressing(keys)
  }

  private func footer(_ dashboard: DashboardScreen) -> String {
    dashboard.render(width: 160, height: 24).lines.last ?? ""
  }

  @Test(arguments: [GlyphSet.braille, .ascii])
  func framesAreAsRecorded(glyphs: GlyphSet) throws {
    let frames = [
      ("pair", dashboard(glyphs: glyphs)), ("paused", dashboard(ScriptedEvents.paused, glyphs: glyphs)),
      ("message", dashboard(glyphs: glyphs, keys: "x")),
      ("eight-runs", dashboard(ScriptedEvents.eightRuns, glyphs: glyphs, keys: "\th")),
      ("question", dashboard(glyphs: glyphs, keys: "f")),
      ("replicates", dashboard(ReplicatedEvents.events(steps: 105), glyphs: glyphs)),
      ("help", dashboard(glyphs: glyphs, keys: "?")), ("curves", dashboard(glyphs: glyphs, keys: "??")),
    ]
    for (name, dashboard) in frames {
      for (width, height) in [(80, 24), (100, 30)] {
        try GoldenFrameTests.compare(
          dashboard.render(width: width, height: height),
          "chrome-\(name)-\(glyphs.rawValue)-\(width)x\(height)")
      }
    }
    try GoldenFrameTests.compare(
      dashboard(glyphs: glyphs, keys: "q").render(width: 59, height: 16),
      "chrome-too-small-\(glyphs.rawValue)")
  }

  @Test func keysFooterAndHelpComeFromThePages() {
    let dashboard = dashboard()
    #expect(footer(dashboard).contains("x knock"))
    #expect(footer(dashboard).contains("1-2 L views"))
    let door = dashboard.keyGroups.first
    #expect(door?.title == "Door" && door?.entries.map(\.help) == ["knock at the door", "go in"])
    let roof = dashboard.pressing("L")
    #expect(roof.page is RoofPage && !footer(roof).contains("knock"))
    #expect(roof.keyGroups.map(\.title) == ["Training", "The selected run", "Seeds", "Program"])
    #expect(roof.pressing("x") == roof, "the key is the other page's")
  }

  @Test func aPageThatMakesNoSenseHasNoKey() {
    let empty = dashboard([])
    #expect(footer(empty).contains("1 L views"))
    #expect(empty.pressing("2") == empty)
    #expect(dashboard().pressing("2").page is WindowPage)
  }

  @Test func aPageThatARegressionLacksSaysWhy() {
    let state = DashboardState(
      caption: "", terminalGlyphs: .braille, terminalColors: .none, task: .regression, origin: .training)
    let dashboard = DashboardScreen(state).pressing("5")
    #expect(dashboard.state.message.contains("a regression has none") && dashboard.page is ChartsPage)
    let recorded = DashboardScreen(DashboardState(caption: "", terminalGlyphs: .braille, origin: .folders))
    #expect(recorded.pressing("Y").state.message.contains("measured where it trains"))
  }

  @Test func theKeysOfAPageComeBeforeThoseOfEveryPage() {
    var dashboard = dashboard(keys: "x")
    #expect(dashboard.press(" ") == [.sendToAll(.pause)])
    dashboard = dashboard.pressing("x")
    #expect(dashboard.press(" ").isEmpty && dashboard.state.message == "come in")
  }

  @Test func aMessageStandsBelowEveryPage() {
    let dashboard = dashboard(keys: "x")
    #expect(dashboard.render(width: 80, height: 24).lines[22].hasPrefix(" who is there?"))
    #expect(dashboard.render(width: 80, height: 24).lines[21].hasPrefix("╰"))
    var window = dashboard.pressing("2")
    window.state.message = "who is there?"
    #expect(window.render(width: 80, height: 24).lines[22].hasPrefix(" who is there?"))
  }

  @Test func nothingBehindTheHelpOrAQuestionHearsKeys() {
    for keys in ["?", "q"] {
      var dashboard = dashboard(keys: keys)
      let shown = dashboard
      #expect(dashboard.press(" ").isEmpty)
      if keys == "?" { #expect(dashboard.press("x").isEmpty && dashboard.press(.tab).isEmpty) }
      #expect(
        dashboard.state.runs == shown.state.runs && dashboard.state.selectedRun == shown.state.selectedRun)
    }
    #expect(!footer(dashboard(keys: "?")).contains("pause"))
    #expect(dashboard(keys: "?L").helpPage == nil, "a page's key leaves the help")
    var closed = dashboard(keys: "?")
    #expect(closed.press(.escape).isEmpty && closed == dashboard())
  }

  @Test func theFileOfSettingsCanNameTheFirstPage() {
    for (page, title) in [("Window", "Window"), ("a page of another version", "Door")] {
      var settings = DashboardSettings()
      settings.page = page
      let state = DashboardState(caption: "", settings: settings, terminalGlyphs: .braille)
      #expect(DashboardScreen(state, pages: [DoorPage(), WindowPage()]).page.title == title)
    }
  }

  @Test func keysOfAPageDoNotMeet() {
    let pages = ScriptedEvents.dashboard([]).pages
    for task in [Datasets.Task.Kind.classification, .regression] {
      let keys = pages.filter { $0.isAvailable(for: task) }.map(\.key)
      #expect(Set(keys).count == keys.count)
    }
    let keys = pages.map(\.key)
    for dashboard in [ScriptedEvents.dashboard(ScriptedEvents.observed), ScriptedEvents.dashboard([])] {
      let taken = dashboard.keyGroups.filter { $0.title != "Program" }.flatMap(\.entries).flatMap(\.keys)
      for key in keys { #expect(!taken.contains(.character(key))) }
    }
  }
}

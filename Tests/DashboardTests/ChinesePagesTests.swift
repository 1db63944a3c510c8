import Datasets
import Experiment
import Messages
import Reports
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

/// What the screens show in Chinese: every page whole, aligned, and without English words.
@Suite struct ChinesePagesTests {
  private static let sizes = [(80, 24), (100, 30)]

  /// What has no other language: names of programs, keys, settings, their values, lessons and data, and what formulas have.
  private static let names: Set<String> = {
    let settings = Setting.allCases.flatMap { setting in
      [setting.key, setting.live?.symbol ?? ""] + setting.choices
    }
    let typed = (settings + Lesson.all.map(\.name) + ["settings.json", "fmnist-tui", "exp1", "none", "flip"])
      .joined(
        separator: " ")
    return Set(typed.latinWords()).union([
      "esc", "tab", "pgup", "pgdn", "home", "end", "ctrl-u", "ASCII", "ln", "exp", "max", "ECE", "NaN",
      "clip-norm",
      "ReLU", "LeakyReLU", "PReLU", "ELU", "GELU", "SiLU", "Xavier", "He", "Adam", "AdamW", "AdaGrad",
      "RMSprop",
    ])
  }()

  private static func inChinese<Value>(_ make: () throws -> Value) rethrows -> Value {
    try Language.$scoped.withValue(.chinese, operation: make)
  }

  /// The dashboard of a session with the data that people have.
  private static func dashboard(
    _ events: [TrainingEvent], task: Task.Kind = .classification, lesson: Lesson? = nil
  ) -> DashboardScreen {
    let images = TestImages(
      height: 28, width: 28, pixels: (0..<30 * 784).map { UInt8($0 % 251) },
      labels: (0..<30).map { UInt8($0 % 10) }, classNames: DatasetDescription.fashionMNIST.shownClassNames)
    var dashboard = DashboardScreen(
      DashboardState(
        caption: "5,120 + 1,000 幅图像 (exp1) · 784-256-256-10 · sgd · 种子 1", terminalGlyphs: .braille,
        testImages: task == .classification ? images : nil, task: task, lesson: lesson),
      demonstrations: DemonstrationPageTests.demonstrations)
    for (index, event) in events.enumerated() { dashboard.record(event, at: Double(index) * 0.01) }
    return dashboard
  }

  /// Everything that is known of a session of two runs.
  private static var known: [TrainingEvent] {
    let layers = GradientsPageTests.events(runs: 2).filter {
      if case .layersMeasured = $0.kind { true } else { false }
    }
    return ScriptedEvents.middle + layers
      + (0..<2).flatMap { run in
        [
          ScriptedEvents.layers(run, step: 105), ScriptedEvents.predicted(run, epoch: 5),
          ScriptedEvents.examined(run, images: Array(0..<30), epoch: 5),
          ScriptedEvents.measured(run, epoch: 5),
          GradientsPageTests.weights(run),
        ]
      }
  }

  /// The event with a message as runs make it.
  private static func told(_ event: TrainingEvent) -> TrainingEvent {
    guard case .runEnded(let ended) = event.kind, case .diverged = ended.reason else { return event }
    let message = DivergenceMessage(
      quantity: "the training loss", isNaN: true, step: 45, epoch: 3, learningRate: "0.5",
      suggestsClipping: true)
    return TrainingEvent(.runEnded(RunEnded(.diverged(message: message.english))), at: event.position)
  }

  /// Sessions of all kinds.
  private static let sessions: [(name: String, task: Task.Kind, events: @Sendable () -> [TrainingEvent])] = [
    ("everything is known", .classification, { known }),
    ("nothing is known", .classification, { [] }),
    ("has begun", .classification, { ScriptedEvents.beginning }),
    ("is paused", .classification, { ScriptedEvents.paused }),
    ("was changed", .classification, { ScriptedEvents.changed }),
    ("diverged", .classification, { ScriptedEvents.diverged.map(told) }),
    ("is over", .classification, { ScriptedEvents.finished }),
    ("has a fork", .classification, { ScriptedEvents.threeRuns }),
    ("has eight runs", .classification, { ScriptedEvents.eightRuns }),
    ("has seeds", .classification, { ReplicatedEvents.events(steps: 130) + ReplicatedEvents.observed }),
    ("is deep", .classification, { GradientsPageTests.events().map(told) }),
    ("polynomial", .regression, { FitPageTests.events(.polynomial, losses: [0.01, 12.5, 0.018]) }),
    ("weight decay", .regression, { FitPageTests.events(.weightDecay, losses: [180, 0.43]) }),
  ]

  /// Expects that a screen is as wide as it should be, that nothing is written over its frames, and that it is in Chinese.
  private static func expect(
    _ surface: Surface, _ place: String, hasWholeFrames: Bool = true, hasNames: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for line in surface.lines {
      #expect(line.cellWidth <= surface.width, "\(place): \(line)", sourceLocation: sourceLocation)
      let words = hasNames ? [] : line.latinWords(but: names)
      #expect(words.isEmpty, "\(place): \(words) in \(line)", sourceLocation: sourceLocation)
    }
    #expect(surface.lines.contains { $0.hasChinese }, "\(place)", sourceLocation: sourceLocation)
    guard hasWholeFrames else { return }
    for row in surface.brokenFrameRows {
      Issue.record("\(place): the frame is broken: \(row)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: sessions.indices) func everyPageIsWholeAndChinese(index: Int) {
    let session = Self.sessions[index]
    Self.inChinese {
      let start = Self.dashboard(session.events(), task: session.task)
      for page in start.pages where page.isAvailable(in: start.state) {
        let dashboard = start.pressing(String(page.key))
        for (width, height) in Self.sizes {
          // The glossary tells the English words, too.
          Self.expect(
            dashboard.render(width: width, height: height), "\(session.name), \(page.key)",
            hasNames: page.key == GlossaryPage.key)
        }
      }
    }
  }

  /// Questions, messages, further views of pages, and the help, as every key brings them.
  @Test func whateverKeysBringIsWholeAndChinese() {
    Self.inChinese {
      let start = Self.dashboard(Self.known)
      let keys = (33...126).compactMap(Unicode.Scalar.init).map { String(Character($0)) }
      for page in start.pages where page.isAvailable(in: start.state) {
        let shown = start.pressing(String(page.key))
        for key in keys where key != "G" {
          let dashboard = shown.pressing(key)
          // The list to choose from lies over the frames of the page.
          Self.expect(
            dashboard.render(width: 80, height: 24), "\(page.key) \(key)",
            hasWholeFrames: dashboard.charts.chooser == nil, hasNames: dashboard.page.key == GlossaryPage.key)
        }
      }
      for text in ["?", "??", "???"] {
        Self.expect(start.pressing(text).render(width: 80, height: 24), text)
      }
    }
  }

  @Test(arguments: Lesson.all.indices) func everyLessonIsWholeAndChinese(index: Int) {
    Self.inChinese {
      var dashboard = Self.dashboard(ScriptedEvents.finished).pressing("6")
      for _ in 0..<index { _ = dashboard.press(.down) }
      for key: Key in [.enter, "x", .pageDown] {
        _ = dashboard.press(key)
        for (width, height) in Self.sizes {
          Self.expect(dashboard.render(width: width, height: height), "\(Lesson.all[index].name) \(key)")
        }
      }
      let taught = Self.dashboard(ScriptedEvents.finished, lesson: Lesson.all[index])
      Self.expect(taught.render(width: 80, height: 24), Lesson.all[index].name)
    }
  }

  @Test func theScreensOfSweepsSessionsAndLogsAreWholeAndChinese() throws {
    try Self.inChinese {
      let sweeps = try [SweepScreenTests.grid, SweepScreenTests.sizes].map {
        SweepScreenTests.state(try SweepScreenTests.progress($0))
      }
      for keys in ["", "\n", "t", "x", "?", "??"] {
        let runs = try RunsScreenTests.state(RunsScreenTests.keys(keys)).render(width: 80, height: 24)
        let logs = try LogsScreenTests.state(keys).render(width: 80, height: 24)
        let maps = sweeps.map { sweep in
          var sweep = sweep
          for key in keys { _ = sweep.press(key == "\n" ? .enter : .character(key)) }
          return sweep.render(width: 80, height: 24)
        }
        for surface in [runs, logs] + maps {
          Self.expect(surface, keys, hasNames: true)
          // One of the sessions has a note, and what another is damaged by was read by threads with the language of the process.
          for line in surface.lines where !line.contains(#/the rate is too low|run.json/#) {
            #expect(ChineseText.englishWords(in: line) == nil, "\(line)")
          }
        }
      }
    }
  }
}

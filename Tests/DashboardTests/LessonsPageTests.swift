import Experiment
import Reports
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct LessonsPageTests {
  private static let lesson = Lesson(name: "dropout") ?? Lesson.all[0]

  private func dashboard(
    _ events: [TrainingEvent], lesson: Lesson? = nil, glyphs: GlyphSet = .braille
  ) -> DashboardScreen {
    var dashboard = DashboardScreen(
      DashboardState(caption: "", terminalGlyphs: glyphs, lesson: lesson),
      demonstrations: DemonstrationPageTests.demonstrations)
    for event in events { dashboard.record(event, at: 1) }
    return dashboard
  }

  private func text(_ dashboard: DashboardScreen, width: Int = 100, height: Int = 40) -> String {
    dashboard.render(width: width, height: height).lines.joined(separator: " ")
      .split { " │".contains($0) }.joined(separator: " ")
  }

  @Test(arguments: GlyphSet.allCases) func titlesGiveWayClauseByClause(glyphs: GlyphSet) throws {
    for width in [60, 80, 100] {
      let lines = dashboard(ScriptedEvents.middle, glyphs: glyphs).pressing("6")
        .renderPage(width: width, height: 30).lines
      for lesson in Lesson.all {
        let line = try #require(lines.first { $0.contains(" \(lesson.name) ") })
        let shown = line.drop { !$0.isLetter }.dropFirst(lesson.name.count).filter { !"│|".contains($0) }
        let title = shown.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        let text = String(title)
        #expect(!text.isEmpty && glyphs.plain(lesson.title).hasPrefix(text), "\(line)")
        let rest = glyphs.plain(lesson.title).dropFirst(text.count)
        #expect(rest.isEmpty || ",: ".contains(rest.first ?? "x"), "\(line)")
      }
    }
  }

  @Test(
    arguments: [
      ("lessons-list", ScriptedEvents.middle, nil, "6"), ("lesson", ScriptedEvents.finished, lesson, "6x"),
    ],
    GoldenFrameTests.glyphSets)
  func pagesAreAsRecorded(
    page: (name: String, events: [TrainingEvent], lesson: Lesson?, keys: String), glyphs: GlyphSet
  ) throws {
    let dashboard = dashboard(page.events, lesson: page.lesson, glyphs: glyphs).pressing(page.keys)
    for (width, height) in GoldenFrameTests.sizes {
      try GoldenFrameTests.compare(
        dashboard.renderPage(width: width, height: height),
        "\(page.name)-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  @Test func whatToWatchStandsBelowThePagesOfALesson() {
    let lesson = Self.lesson
    #expect(text(dashboard(ScriptedEvents.middle, lesson: lesson)).contains("Watch: the test curves"))
    #expect(text(dashboard(ScriptedEvents.finished, lesson: lesson)).contains("6: the question"))
    #expect(!text(dashboard(ScriptedEvents.middle)).contains("Watch: "))
    #expect(!text(dashboard(ScriptedEvents.middle, lesson: lesson).pressing("L")).contains("Watch: "))
  }

  @Test func theAnswerIsBehindAKeyAndWhatWasMeasuredBelowIt() {
    let open = dashboard(ScriptedEvents.finished, lesson: Self.lesson).pressing("6")
    #expect(text(open).contains("Question: ") && text(open).contains("x shows the answer."))
    #expect(!text(open).contains("Answer: ") && text(open).contains("Measured here:"))
    #expect(text(open.pressing("x")).contains("Answer: Ten epochs"))
    #expect(!text(open.pressing("xx")).contains("Answer: "))
  }

  @Test func enterBeginsALessonAfterAQuestionWhileRunsTrain() throws {
    var training = dashboard(ScriptedEvents.middle).pressing("6")
    _ = training.press(.enter)
    #expect(training.press(.enter).isEmpty && training.state.question != nil)
    #expect(training.pressing("n").state.question == nil)
    let effects = training.press("y")
    #expect(effects.contains(.begin(Lesson.all[0])) && effects.last == .leave)
    var ended = dashboard(ScriptedEvents.finished).pressing("6")
    _ = ended.press(.down)
    _ = ended.press(.enter)
    #expect(ended.press(.enter).contains(.begin(Lesson.all[1])))
    // What is being shown does not begin again by accident.
    var own = dashboard(ScriptedEvents.finished, lesson: Self.lesson).pressing("6")
    #expect(own.press(.enter).isEmpty)
  }

  @Test func everyLessonCanBeOpenedAtEverySize() {
    for place in Lesson.all.indices {
      var dashboard = dashboard(ScriptedEvents.middle).pressing("6")
      for _ in 0..<place { _ = dashboard.press(.down) }
      #expect(text(dashboard, width: 80, height: 24).contains(Lesson.all[place].name))
      _ = dashboard.press(.enter)
      for (width, height) in [(60, 16), (80, 24), (100, 30), (40, 10)] {
        #expect(dashboard.render(width: width, height: height).height == height)
      }
    }
  }

  /// All that an open lesson says, read from screen to screen.
  private func read(_ lesson: Lesson, width: Int, height: Int) -> [String] {
    var dashboard = dashboard(ScriptedEvents.finished, lesson: lesson.preset == nil ? nil : lesson).pressing(
      "6")
    if lesson.preset == nil {
      for _ in 0..<(Lesson.all.firstIndex(of: lesson) ?? 0) { _ = dashboard.press(.down) }
      _ = dashboard.press(.enter)
    }
    _ = dashboard.press("x")
    return (0..<5).map { turn in
      // The answer begins with the question; what stands above it comes first.
      for _ in 0..<(turn == 0 ? 4 : 0) { _ = dashboard.press(.pageUp) }
      let screen = text(dashboard, width: width, height: height)
      _ = dashboard.press(.pageDown)
      return screen
    }
  }

  @Test(arguments: Lesson.all) func everyRowOfALessonCanBeRead(lesson: Lesson) {
    let answer = lesson.answer.split(separator: " ").suffix(3).joined(separator: " ")
    for (width, height) in [(80, 24), (60, 20)] {
      let screens = read(lesson, width: width, height: height)
      #expect(screens.contains { $0.contains("Watch: ") }, "\(lesson.name)")
      #expect(screens.contains { $0.contains("Question: ") }, "\(lesson.name)")
      #expect(screens.contains { $0.contains(answer) }, "\(lesson.name), \(width)×\(height)")
      if lesson.demonstration == .symmetry {
        #expect(screens.contains { $0.contains("after 3 steps with a dropout mask") }, "\(width)×\(height)")
        #expect(screens.contains { $0.contains("unit 4 0.16000") }, "\(width)×\(height)")
      }
      if lesson.preset != nil { #expect(screens.contains { $0.contains("One seed") }, "\(lesson.name)") }
    }
  }

  @Test func theAnswerIsInSightOnceItIsAskedFor() {
    for lesson in Lesson.all {
      var dashboard = dashboard(ScriptedEvents.finished, lesson: lesson.preset == nil ? nil : lesson)
        .pressing("6")
      if lesson.preset == nil {
        for _ in 0..<(Lesson.all.firstIndex(of: lesson) ?? 0) { _ = dashboard.press(.down) }
        _ = dashboard.press(.enter)
      }
      let answer = lesson.answer.split(separator: " ").prefix(3).joined(separator: " ")
      #expect(
        text(dashboard.pressing("x"), width: 80, height: 24).contains("Answer: \(answer)"), "\(lesson.name)")
    }
  }

  @Test func aLessonThatIsCutTellsWhichRowsAreShown() {
    var dashboard = dashboard(ScriptedEvents.finished, lesson: Self.lesson).pressing("6")
    #expect(!text(dashboard, width: 80, height: 40).contains("rows 1 to"))
    #expect(text(dashboard, width: 60, height: 16).contains("rows 1 to"))
    _ = dashboard.press(.pageDown)
    #expect(text(dashboard, width: 60, height: 16).contains("rows 8 to 17 of 17"))
    _ = dashboard.press(.pageUp)
    _ = dashboard.press(.pageUp)
    #expect(text(dashboard, width: 60, height: 16).contains("rows 1 to"))
    _ = dashboard.press(.down)
    #expect(!text(dashboard, width: 60, height: 16).contains("rows 8 to"))
  }

  @Test func theTextsOfALessonFitTheSmallestUsualTerminal() {
    for lesson in Lesson.all where lesson.preset != nil {
      // A page of 80 × 24 has 16 rows inside; the sentences of two runs take five.
      let paragraphs = [
        lesson.title, "Watch: \(lesson.watch)", "Question: \(lesson.question)", "Answer: \(lesson.answer)",
      ]
      let rows = paragraphs.flatMap { TextWrap.lines($0, width: 76) }.count
      #expect(rows <= 11, "\(lesson.name): \(rows)")
    }
  }
}

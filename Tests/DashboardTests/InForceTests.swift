import Experiment
import Foundation
import TerminalUI
import Testing

@testable import Dashboard

/// What a person sees of the settings in force, of the pages, and of the runs in few words.
@Suite struct InForceTests {
  private func change(
    _ setting: Setting, layer: Int? = nil, from old: Double, to new: Double, run: Int = 0, step: Int = 105
  ) -> TrainingEvent {
    TrainingEvent(
      .settingChanged(SettingChanged(setting, layer: layer, from: .number(old), to: .number(new))),
      at: ScriptedEvents.position(run, step: step))
  }

  private func inForce(_ events: [TrainingEvent], run: Int = 0) -> String {
    let state = ScriptedEvents.dashboard(events).state
    return InForce(state: state, run: state.runs[run]).text
  }

  @Test func whatWasChangedLiveHasAStar() {
    #expect(inForce(ScriptedEvents.middle) == "lr 0.5 p [.20] .50")
    let events =
      ScriptedEvents.middle + [
        change(.learningRate, from: 0.5, to: 1.22), change(.dropout, layer: 0, from: 0.2, to: 0.25),
        change(.weightDecay, from: 0, to: 1e-5),
      ]
    #expect(inForce(events).hasPrefix("lr 1.22* p [.25*] .50 wd 1e-"))
    #expect(inForce(events).hasSuffix("*"))
    #expect(inForce(events, run: 1) == "lr 0.5 p 0 0")
  }

  /// A fork that waits for its first step was told to be in epoch 1.
  @Test func aForkIsWhereItsParentWas() {
    let events = ScriptedEvents.middle + [ScriptedEvents.forked(2, from: 0, after: 70)]
    let lines = ScriptedEvents.dashboard(events).render(width: 100, height: 30).lines
    #expect(lines[4].contains("epoch  4/10"), "\(lines[4])")
  }

  @Test func theRateIsThatOfTheScheduleAtPresent() {
    let started = ScriptedEvents.started(0) {
      $0.schedule.decay = .cosine
      $0.epochs = 10
    }
    let text = inForce([started, ScriptedEvents.started(1)] + ScriptedEvents.steps(1...100))
    #expect(text.hasPrefix("lr 0.25 "), "\(text)")
  }

  /// The header told the rate with which the first run had begun.
  @Test(arguments: 60...160) func theLineOfARunHasWholeParts(width: Int) throws {
    let events = ScriptedEvents.middle + [change(.learningRate, from: 0.5, to: 1.22)]
    let dashboard = ScriptedEvents.dashboard(events)
    let line = try #require(
      dashboard.render(width: width, height: 24).lines.first { $0.contains("● with dropout") })
    #expect(!line.contains("lr") || line.contains(" lr 1.22*"), "\(line)")
    #expect(!line.contains(" p ") || line.contains(" p [.20] .50 "), "\(line)")
    #expect(width < 80 || line.contains("lr 1.22* p [.20] .50"), "\(line)")
  }

  /// `wd 1e-5*` was missing on 80 columns, beside two other changes.
  @Test(arguments: 60...160, [ScriptedEvents.middle, ScriptedEvents.eightRuns])
  func noChangedSettingIsMissing(width: Int, events: [TrainingEvent]) {
    let changes = [
      change(.learningRate, from: 0.5, to: 1.22), change(.dropout, layer: 0, from: 0.2, to: 0.25),
      change(.weightDecay, from: 0, to: 1e-5), change(.labelSmoothing, from: 0, to: 0.15),
    ]
    let state = ScriptedEvents.dashboard(events + changes).state
    let header = HeaderView(state: state, width: width)
    var surface = Surface(width: width, height: header.height)
    header.draw(on: &surface, in: surface.bounds)
    let text = surface.lines.joined(separator: " ")
    for entry in InForce(state: state, run: state.runs[0]).entries where entry.isChanged {
      #expect(text.contains(entry.text), "\(surface.lines.joined(separator: "\n"))")
    }
    #expect(!text.contains("changed") || surface.lines.last?.contains("changed: ● ") == true)
  }

  /// Clicks on the row of changes select no run.
  @Test func theRowOfChangesIsNoRun() {
    let state = ScriptedEvents.dashboard(
      ScriptedEvents.middle + [
        change(.weightDecay, from: 0, to: 1e-5), change(.labelSmoothing, from: 0, to: 0.15),
      ]
    ).state
    let header = HeaderView(state: state, width: 70)
    let area = Rect(width: 70, height: header.height)
    #expect(area.height == 4)
    #expect((0..<4).map { header.run(x: 5, y: $0, in: area)?.id.index } == [nil, 0, 1, nil])
  }

  /// The row tells how many runs were changed where it cannot tell all that was.
  @Test func manyChangesAreCounted() {
    let changes = (0..<8).flatMap { run in
      [
        change(.learningRate, from: 0.5, to: 1.22, run: run),
        change(.weightDecay, from: 0, to: 1e-5, run: run),
        change(.labelSmoothing, from: 0, to: 0.15, run: run),
      ]
    }
    let state = ScriptedEvents.dashboard(ScriptedEvents.eightRuns + changes).state
    let lines = ScriptedEvents.dashboard(ScriptedEvents.eightRuns + changes).render(width: 80, height: 24)
      .lines
    #expect(state.runs.count == 8)
    #expect(lines.contains { $0.contains("changed: settings of 8 runs, see L Log") })
  }

  @Test(arguments: [80, 100, 160]) func thePagesStandInALineWithTheirNames(width: Int) {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    let pages = dashboard.pages.filter { $0.isAvailable(in: dashboard.state) && !$0.tab.isEmpty }
    #expect(dashboard.pages.filter(\.tab.isEmpty).map(\.key) == ["Y", "H"])
    for page in pages {
      let surface = dashboard.pressing(String(page.key)).render(width: width, height: 24)
      for other in pages {
        // On 80 columns the last ones have their keys only, but never those with a number, nor the one that is shown.
        let hasName = width >= 100 || other.key.isNumber && page.key.isNumber || other.key == page.key
        #expect(!hasName || surface.lines[0].contains(other.tab.dropFirst()), "\(surface.lines[0])")
        #expect(surface.lines[0].contains(" \(other.key)"))
      }
      let marked = surface.row(0).filter(\.style.isReversed).compactMap(\.character)
      #expect(marked.first == page.key && String(marked).hasSuffix(page.tab.dropFirst()))
    }
  }

  /// Brackets around the selected layer, or a star, used to make one bar shorter than the other.
  @Test(
    arguments: [80, 100, 160], [ScriptedEvents.middle, ScriptedEvents.finished, ScriptedEvents.threeRuns])
  func barsAndFiguresStandBelowEachOther(width: Int, events: [TrainingEvent]) {
    let events =
      events + [change(.learningRate, from: 0.5, to: 1.22), change(.weightDecay, from: 0, to: 1e-5)]
    let dashboard = ScriptedEvents.dashboard(events)
    let lines = dashboard.render(width: width, height: 30).lines.dropFirst(2).prefix(
      dashboard.state.runs.count)
    for text in ["% ", "epoch ", "  lr ", " p ", "images/s"] {
      let places = lines.map { line in
        line.range(of: text).map { line.distance(from: line.startIndex, to: $0.lowerBound) }
      }
      #expect(Set(places).count == 1, "\(lines.joined(separator: "\n"))")
    }
  }

  @Test func theFooterTellsHowToChangeDropoutWhileRunsTrain() {
    for width in [80, 100] {
      let training = ScriptedEvents.dashboard(ScriptedEvents.middle).render(width: width, height: 24).lines
        .last
      #expect(training?.contains("space pause   ←→ dropout") == true, "\(training ?? "")")
      let ended = ScriptedEvents.dashboard(ScriptedEvents.finished).render(width: width, height: 24).lines
        .last
      #expect(ended?.contains("e E more epochs   r R restart") == true, "\(ended ?? "")")
    }
  }

  @Test func theCaptionIsNeverCut() {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    let parts = Set(dashboard.state.caption.components(separatedBy: " · "))
    for width in 60...140 {
      let line = dashboard.render(width: width, height: 24).lines[1]
      let shown = line.components(separatedBy: "training").last?.components(separatedBy: " · ") ?? []
      for part in shown {
        let text = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        #expect(text.isEmpty || parts.contains(String(text)), "\(line)")
      }
    }
  }

  // MARK: Early stopping

  private func stopping(_ reason: RunEnded?) -> DashboardScreen {
    let started = ScriptedEvents.started(0) {
      $0.earlyStopping = 3
      $0.epochs = 60
    }
    var events = [started] + (1...14).map { ScriptedEvents.evaluated(0, epoch: $0) }
    for epoch in 15...17 {
      var event = ScriptedEvents.evaluated(0, epoch: epoch)
      if case .epochEvaluated(var evaluated) = event.kind {
        evaluated.metrics[.testAccuracy] = 0.5
        event = TrainingEvent(.epochEvaluated(evaluated), at: event.position)
      }
      events.append(event)
      if reason == nil, epoch == 16 { break }
    }
    if let reason {
      events.append(TrainingEvent(.runEnded(reason), at: ScriptedEvents.position(0, step: 340)))
    }
    return ScriptedEvents.dashboard(events)
  }

  @Test(arguments: [100, 160]) func patienceIsShownWhileItLasts(width: Int) {
    let lines = stopping(nil).render(width: width, height: 30).lines
    #expect(lines.contains { $0.contains("no better for 2 of 3") })
  }

  @Test(arguments: [80, 100, 160]) func theEndTellsThatARunStoppedEarly(width: Int) {
    let lines = stopping(RunEnded(.completed, restoredEpoch: 14)).render(width: width, height: 30).lines
    #expect(lines.contains { $0.contains("stopped early, epoch 17 of 60, best 14") })
    #expect(!lines.joined().contains("no better"))
  }

  // MARK: In few words

  @Test func aSentenceTellsHowFarHowGoodAndWhatItShows() {
    func sentence(_ events: [TrainingEvent]) -> String {
      SentenceView(state: ScriptedEvents.dashboard(events).state).sentence
    }
    #expect(
      sentence(ScriptedEvents.middle)
        == "After 5 of 10 epochs: with dropout 79.7 %, without dropout 79.2 %. Too early to tell.")
    #expect(sentence(ScriptedEvents.beginning) == "No epoch is complete yet.")
    #expect(sentence([]) == "Starting.")
    #expect(sentence(ScriptedEvents.finished).hasSuffix("No difference shown."))
    #expect(sentence(ScriptedEvents.eightRuns).contains(" and 5 more."))
  }

  @Test(arguments: GlyphSet.allCases) func aSmallScreenHasTheSentenceAndBars(glyphs: GlyphSet) {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle, glyphs: glyphs)
    let lines = dashboard.render(width: 40, height: 10).lines
    let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(words.contains("Too early to tell."))
    #expect(!lines.contains { $0.hasPrefix("%") }, "a number keeps its unit")
    let bars = lines.filter { $0.contains(String(repeating: glyphs.bar, count: 4)) }
    #expect(bars.count == 2 && bars.allSatisfy { $0.hasSuffix(" %") })
    for width in 0...60 { for height in 0...16 { _ = dashboard.render(width: width, height: height) } }
  }

  @Test func aRoomSeesOneChartAndTheSentence() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("P")
    let lines = dashboard.renderPage(width: 100, height: 30).lines
    #expect(lines.contains { $0.contains("After 5 of 10 epochs") })
    #expect(lines.contains { $0.hasPrefix("╭ accuracy ─") })
    #expect(!lines.joined().contains("comparison"))
    _ = dashboard.press(.escape)
    #expect(!dashboard.charts.isPresenting)
  }

  // MARK: Themes

  @Test func theTerminalsBackgroundChoosesTheColoursUntilAPersonDoes() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    func colors() -> Set<UInt8> {
      let surface = dashboard.render(width: 80, height: 24)
      return Set((0..<24).flatMap { surface.row($0).compactMap(\.style.foreground?.palette256) })
    }
    #expect(colors().contains(75) && colors().contains(214))
    #expect(dashboard.press(.reply("11;rgb:ffff/ffff/ffff")).isEmpty)
    #expect(dashboard.state.theme == .light)
    #expect(!colors().contains(75) && !colors().contains(214) && !colors().contains(228))
    dashboard = dashboard.pressing("T")
    #expect(dashboard.state.settings.theme == .contrast)
    _ = dashboard.press(.reply("11;rgb:0000/0000/0000"))
    #expect(dashboard.state.theme == .contrast)
    let row = dashboard.render(width: 80, height: 24).row(5)
    #expect(!row.contains { $0.style.isDim })
  }

  // MARK: Layers

  @Test func gradientsThatVanishAreToldApart() throws {
    let tiny = (0..<3).map { layer in
      LayerObservation(
        inputs: 256, units: 256, weightNorm: 8, gradientNorm: [3.1e-8, 2e-5, 0.5][layer],
        activations: layer == 2
          ? nil
          : ActivationObservation(
            zeroShare: 0.5, silentUnits: 0, smallest: 0, largest: 1, histogram: [1, 2], mask: []))
    }
    let event = TrainingEvent(
      .layersObserved(LayersObserved(layers: tiny)), at: ScriptedEvents.position(0, step: 105))
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle + [event]).pressing("4")
    let lines = dashboard.renderPage(width: 100, height: 30).lines
    for text in ["gradient 3.1e-08", "gradient 2.0e-05", "gradient 5.0e-01"] {
      #expect(lines.contains { $0.contains(text) }, "\(lines.joined(separator: "\n"))")
    }
    let widths = [3.1e-8, 2e-5, 0.5].map { LayerView.gradientBar($0, width: 22) }
    #expect(widths == widths.sorted() && Set(widths).count == 3)
    #expect([0.0, .nan, .infinity, 1e300].map { LayerView.gradientBar($0, width: 9) } == [0, 0, 9, 9])
  }

  @Test func whatDoesNotFitIsToldAndReached() {
    var configuration = ScriptedEvents.configuration()
    configuration.hiddenWidths = Array(repeating: 64, count: 6)
    configuration.dropout = Array(repeating: 0.1, count: 6)
    let started = ScriptedEvents.started(0) { $0 = configuration }
    let layer = LayerObservation(
      inputs: 64, units: 64, weightNorm: 1, gradientNorm: 1,
      activations: ActivationObservation(
        zeroShare: 0.5, silentUnits: 0, smallest: 0, largest: 1, histogram: [1, 2], mask: []))
    let output = LayerObservation(inputs: 64, units: 10, weightNorm: 1, gradientNorm: 1, activations: nil)
    let event = TrainingEvent(
      .layersObserved(LayersObserved(layers: Array(repeating: layer, count: 6) + [output])),
      at: ScriptedEvents.position(0, step: 20))
    var dashboard = ScriptedEvents.dashboard([started] + ScriptedEvents.steps(1...20) + [event]).pressing("4")
    var seen: Set<String> = []
    for _ in 0..<6 {
      let text = dashboard.renderPage(width: 80, height: 24).lines.joined()
      for name in (1...6).map({ "layer \($0) ·" }) + ["output ·"] where text.contains(name) {
        seen.insert(name)
      }
      #expect(text.contains("more below") || text.contains("more above"))
      _ = dashboard.press(.down)
    }
    #expect(seen.count == 7, "\(seen)")
  }
}

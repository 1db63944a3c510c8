import Experiment
import Foundation
import TerminalUI
import Testing

@testable import Dashboard
@testable import Reports

@Suite struct SweepScreenTests {
  static func progress(_ texts: [Setting: String], seeds: Int = 3, finished: Int? = nil) throws
    -> SweepProgress
  {
    var options = GivenSettings()
    for (setting, text) in texts { options[setting] = text }
    let plan = try SweepSpecification(options: options, over: [], seeds: seeds, steps: 2350)
      .plan(trainingImages: 60_000)
    var progress = SweepProgress(plan, trainingImages: 60_000)
    let runs = progress.runs
    for (index, run) in runs.prefix(finished ?? runs.count).enumerated() {
      progress.record(result(run, index, plan.configuration(of: run.key)))
    }
    progress.running = progress.waiting.prefix(2).enumerated().map {
      SweepProgress.Running(run: $1, share: 0.25 + 0.5 * Double($0))
    }
    return progress
  }

  /// Figures that look like those of a sweep; the last but one cell's second seed diverges.
  private static func result(
    _ run: SweepRun, _ index: Int, _ configuration: RunConfiguration
  ) -> SweepResult {
    let size = Double(configuration.trainSize ?? 60_000)
    let dropout = configuration.dropout.first ?? 0
    let test = 0.72 + 0.03 * (size / 1000).squareRoot() * 0.6 - (dropout - 0.3) * (dropout - 0.3) * 0.2
    let wobble = Double(index * 37 % 11) / 1000
    let train = (loss: 0.2 + dropout / 10, accuracy: min(1, test + 0.2 * (1 - dropout)))
    guard configuration.seed != 2 || run.key.cell != 4 else {
      return SweepResult(
        key: run.key, step: 9, epoch: 1, seconds: 1, divergence: "the training loss became NaN")
    }
    return SweepResult(
      key: run.key, step: 2350, epoch: configuration.epochs, seconds: 8,
      metrics: [
        .runningTrainLoss: train.loss,
        .runningTrainAccuracy: train.accuracy,
        .trainLoss: train.loss,
        .trainAccuracy: train.accuracy,
        .testLoss: 0.4 + wobble,
        .testAccuracy: test + wobble,
      ])
  }

  static let grid: [Setting: String] = [.dropout: "0,0.1,...,0.7", .trainSize: "1000,10000,60000"]

  static let sizes: [Setting: String] = [.hidden: "4,16,64,256,1024", .labelNoise: "0.2"]

  static func state(
    _ progress: SweepProgress, glyphs: GlyphSet = .braille, colors: TerminalTraits.Colors = .palette256
  ) -> SweepState {
    var state = SweepState(
      progress, caption: "24 cells · 3 seeds · 60,000 + 10,000 images (cache) · 2 at a time",
      terminalGlyphs: glyphs, terminalColors: colors)
    // The speed is known from two times on.
    for step in 1...2 {
      var later = progress
      later.running = later.running.map { .init(run: $0.run, share: $0.share + Double(step) / 100) }
      state.update(later, at: 10 * Double(step))
    }
    return state
  }

  static let states: [(name: String, state: @Sendable (GlyphSet) throws -> SweepState)] = [
    ("sweep-beginning", { try state(progress(grid, finished: 0), glyphs: $0) }),
    ("sweep-middle", { try state(progress(grid, finished: 41), glyphs: $0) }),
    ("sweep-finished", { try state(progress(grid), glyphs: $0) }),
    ("sweep-curve", { try state(progress(sizes), glyphs: $0) }),
    (
      "sweep-list",
      {
        try state(
          progress([.dropout: "0,0.5", .trainSize: "1000,60000", .hidden: "64,256x256,1024"], finished: 20),
          glyphs: $0)
      }
    ),
  ]

  @Test(arguments: states.map(\.name), GoldenFrameTests.glyphSets)
  func framesAreAsRecorded(name: String, glyphs: GlyphSet) throws {
    let state = try #require(Self.states.first { $0.name == name }).state(glyphs)
    for (width, height) in GoldenFrameTests.sizes {
      try GoldenFrameTests.compare(
        state.render(width: width, height: height), "\(name)-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  @Test func everySizeCanBeDrawn() throws {
    for (_, make) in Self.states {
      var state = try make(.braille)
      for key in [
        Key.character("t"), .down, .tab, .enter, .character("?"), .character("q"), .character("q"),
      ] {
        for (width, height) in [(0, 0), (1, 1), (60, 16), (61, 17), (80, 24), (300, 5), (59, 99), (200, 70)] {
          let surface = state.render(width: width, height: height)
          #expect(surface.width == width && surface.height == height)
        }
        _ = state.press(key)
      }
    }
  }

  @Test func arrowsMoveOverTheMapAndStopAtItsEdges() throws {
    var state = Self.state(try Self.progress(Self.grid, finished: 30))
    _ = state.press(.up)
    _ = state.press(.left)
    #expect(state.selected == 0)
    _ = state.press(.down)
    #expect(state.progress.plan.cells[state.selected].values == ["0.1", "1000"])
    _ = state.press(.right)
    #expect(state.progress.plan.cells[state.selected].values == ["0.1", "10000"])
    for _ in 0..<20 { _ = state.press(.down) }
    for _ in 0..<20 { _ = state.press(.right) }
    #expect(state.selected == 23)
  }

  @Test func theLongerAxisGoesDown() throws {
    let progress = try Self.progress([.dropout: "0,0.5", .learningRate: "0.1,0.2,0.3"])
    let map = try #require(SweepMap(progress, figure: .testAccuracy, glyphs: .ascii))
    #expect(map.neighbour(of: 0, rows: 2, columns: 1) == 5)
    #expect(map.neighbour(of: 0, rows: 1, columns: 0) == 1)
    #expect(map.neighbour(of: 0, rows: 0, columns: 1) == 3)
    #expect(map.size.height == 5)
  }

  @Test func aMapThatDoesNotFitShowsTheSelectedCell() throws {
    var state = Self.state(
      try Self.progress([.dropout: "0,0.01,...,0.4", .learningRate: "0.01,0.02,...,0.3"], seeds: 1))
    for _ in 0..<50 { _ = state.press(.down) }
    for _ in 0..<50 { _ = state.press(.right) }
    let text = state.render(width: 80, height: 24).lines.joined(separator: "\n")
    #expect(text.contains("["))
    #expect(text.contains("\n│ 0.4 "))
    #expect(text.contains("-30 of 30"))
  }

  @Test func leavingIsAskedForWhileRunsAreMissing() throws {
    var state = Self.state(try Self.progress(Self.grid, finished: 41))
    /// Whether the person leaves with these keys, the last of them.
    func leaves(_ keys: Key...) -> Bool { keys.map { state.press($0) }.last ?? false }
    let (asked, stayed) = (leaves(.character("q")), leaves(.character("n"), .escape, .character("y")))
    #expect(!asked && !stayed)
    #expect(state.question == nil)
    let (answered, interrupted) = (leaves(.character("q"), .character("y")), leaves(.control("c")))
    #expect(answered && interrupted)
    var finished = Self.state(try Self.progress(Self.grid))
    let left = finished.press(.character("q"))
    #expect(left)
  }

  /// The screen as text.
  private func text(_ state: SweepState, _ width: Int = 100, _ height: Int = 30) -> String {
    state.render(width: width, height: height).lines.joined(separator: "\n")
  }

  private func pressing(_ keys: Key..., in state: SweepState) -> SweepState {
    var state = state
    for key in keys { _ = state.press(key) }
    return state
  }

  @Test func pagesOfTheScreenAreAsRecorded() throws {
    let middle = Self.state(try Self.progress(Self.grid, finished: 41))
    for (name, keys) in [
      ("ranked", [Key.character("t")]), ("open", [.right, .enter, .down]), ("help", [.character("?")]),
      ("paused", [.character(" ")]),
    ] {
      var state = middle
      for key in keys { _ = state.press(key) }
      for (width, height) in [(80, 24), (100, 30), (40, 10)] {
        try GoldenFrameTests.compare(
          state.render(width: width, height: height), "sweep-\(name)-\(width)x\(height)")
      }
    }
    let ascii = Self.state(try Self.progress(Self.grid), glyphs: .ascii, colors: .none)
    try GoldenFrameTests.compare(ascii.render(width: 40, height: 10), "sweep-ascii-40x10")
  }

  @Test func theHelpTellsEveryKeyAndNothingBehindItHearsAny() throws {
    var state = Self.state(try Self.progress(Self.grid, finished: 41))
    _ = state.press("?")
    let help = text(state)
    for words in ["enter", "its runs, with commands", "space", "pause, go on", "list or map", "q", "leave"] {
      #expect(help.contains(words), "\(words)")
    }
    for key in [Key.character(" "), .down, "t", "x"] { _ = state.press(key) }
    #expect(!state.isPaused && state.selected == 0 && !state.showsTable)
    _ = state.press("?")
    #expect(text(state).contains("The star marks the best mean"))
    _ = state.press("?")
    state.closeHelp(behindLastPageOf: 100, 30)
    #expect(state.helpPage == nil)
    _ = state.press("?")
    let leaves = state.press("q")
    #expect(!leaves && state.helpPage == nil && state.question == nil)
  }

  @Test func spaceLetsTheRunsWaitAndGoOn() throws {
    var state = Self.state(try Self.progress(Self.grid, finished: 41))
    _ = state.press(" ")
    #expect(state.isPaused)
    #expect(text(state).contains("sweep paused"))
    #expect(text(state).contains("space go on"))
    _ = state.press(" ")
    #expect(!state.isPaused && !text(state).contains("paused"))
    let over = pressing(" ", in: Self.state(try Self.progress(Self.grid)))
    #expect(!over.isPaused)
  }

  @Test func pausesAreNoPartOfTheTime() throws {
    let progress = try Self.progress(Self.grid, finished: 3)
    var state = SweepState(progress, caption: "", terminalGlyphs: .braille, terminalColors: .none)
    var loop = SweepLoop(screen: KeyScreen([nil, " ", nil, " ", nil]))
    var shown = progress
    for seconds in [0.0, 10, 20, 1020, 1030] {
      shown.running[0].share += 0.01
      _ = loop.turn(&state, progress: shown, at: seconds)
    }
    shown = try Self.progress(Self.grid)
    _ = loop.turn(&state, progress: shown, at: 1040)
    #expect(state.clock == "took 0:00:30")
  }

  @Test func whoWatchesOthersSeesHowLongTheyTake() throws {
    func seen(_ finished: Int) throws -> SweepProgress {
      var progress = try Self.progress([.dropout: "0,0.1,...,0.7"], finished: finished)
      progress.running = []
      return progress
    }
    var state = SweepState(
      try seen(4), caption: "", terminalGlyphs: .braille, terminalColors: .none, isWatching: true)
    #expect(state.clock == "-:--:-- left")
    // Four of 24 runs in ten seconds, and then none in ten.
    state.update(try seen(8), at: 10)
    #expect(state.clock == "0:00:40 left")
    state.update(try seen(8), at: 20)
    #expect(state.clock == "0:01:20 left")
    state.update(try seen(24), at: 30)
    #expect(state.clock == "complete")
  }

  @Test func nothingIsCutInTheMiddleOfAWord() throws {
    let state = Self.state(try Self.progress(Self.grid, finished: 41))
    let best = text(state, 80, 24).split(separator: "\n").first { $0.hasPrefix(" ★") }
    #expect(best?.split(separator: " ").last == "60000")
  }

  @Test func theTopOfTheListIsSeenAtFirst() throws {
    let state = pressing("t", in: Self.state(try Self.progress(Self.grid)))
    let first = text(state, 80, 24).split(separator: "\n").first { $0.contains("★0.3") }
    #expect(first?.contains("86.48 ± 0.40") == true)
  }

  @Test func theBestCellIsMarkedAndNamed() throws {
    var state = Self.state(try Self.progress(Self.grid))
    #expect(text(state).contains("★ best test accuracy 86.48 ± 0.40 %: dropout 0.3, train-size 60000"))
    #expect(text(state).contains("★ 86.48"))
    // Of the gap the smallest is best.
    _ = state.press("x")
    #expect(
      text(state).contains("★ best generalisation gap 5.43 ± 0.40 points: dropout 0.7, train-size 10000"))
    _ = state.press(.home)
    #expect(state.progress.plan.cells[state.selected].values == ["0.7", "10000"])
    #expect(text(Self.state(try Self.progress(Self.grid, finished: 0))).contains("no best cell yet"))
  }

  /// Dark to bright goes from the worst to the best in both maps, although a small gap is better than a large one.
  @Test func bothMapsHaveTheSameColourScaleAndTellItsEnds() throws {
    let progress = try Self.progress(Self.grid)
    for (figure, legend) in [
      (Figure.testAccuracy, " worst 71.07    to    best 86.48 "),
      (.generalizationGap, " worst 19.40    to    best 5.43 "),
    ] {
      let map = try #require(SweepMap(progress, figure: figure, glyphs: .ascii))
      var surface = Surface(width: map.size.width, height: map.size.height + 1)
      map.draw(on: &surface, in: surface.bounds)
      let best = try #require(progress.best(by: figure))
      let worst = try #require(progress.ranking(by: figure).last)
      func background(of cell: Int) -> Color? {
        let text = map.figure.bareText(progress.mean(figure, of: cell)?.mean ?? 0)
        for y in 2..<map.size.height {
          let line = surface.lines[y]
          if let range = line.range(of: text) {
            return surface[line.distance(from: line.startIndex, to: range.lowerBound), y].style.background
          }
        }
        return nil
      }
      #expect(background(of: best) == Color.heat(1).background)
      #expect(background(of: worst) == Color.heat(0).background)
      map.drawLegend(on: &surface, x: 0, y: map.size.height, limit: 99)
      #expect(surface.lines[map.size.height].hasPrefix(legend.prefix(surface.width)))
    }
  }

  @Test func theListIsSortedByTheChosenFigure() throws {
    var state = pressing("t", in: Self.state(try Self.progress(Self.grid)))
    #expect(state.order.first == state.progress.best(by: .testAccuracy))
    let accuracies = state.order.compactMap { state.progress.mean(.testAccuracy, of: $0)?.mean }
    #expect(accuracies == accuracies.sorted(by: >))
    _ = state.press("x")
    let gaps = state.order.compactMap { state.progress.mean(.generalizationGap, of: $0)?.mean }
    #expect(gaps == gaps.sorted())
    #expect(text(state).contains("cells by generalisation gap, best first"))
    #expect(state.selected == state.order.first)
    _ = state.press(.down)
    let chosen = state.selected
    #expect(chosen == state.order[1])
    _ = state.press("o")
    #expect(state.order == Array(state.progress.plan.cells.indices))
    #expect(state.selected == chosen)
    #expect(text(state).contains("in the order of the lists"))
    _ = state.press(.down)
    #expect(state.selected == min(chosen + 1, 23))
  }

  @Test func aCellOpensWithItsRunsAndTheirCommands() throws {
    var state = pressing(
      .down, .down, .right, .enter, .down, in: Self.state(try Self.progress(Self.grid, finished: 41)))
    let open = text(state)
    for words in [
      "dropout 0.2, train-size 10000: 2 of 3 seeds", "seed 1     done", "seed 3     waiting", ">seed 2",
      "seed 2 as a session of its own:",
      "fmnist-tui --no-compare --dropout 0.2,0.2 --epochs 59 --seed 2 --train-size 10000",
    ] { #expect(open.contains(words), "\(words)\n\(open)") }
    _ = state.press(.escape)
    #expect(text(state).contains("train-size 10000: 2 of 3 seeds, waiting"))
    // The run of this cell with the second seed diverged.
    state = pressing(.escape, .up, .enter, .down, in: state)
    #expect(text(state).contains("seed 2 diverged: the training loss became NaN"))
    let leaves = state.press("q")
    #expect(!leaves && state.question != nil)
  }

  @Test func wordsOfACommandAreQuotedForAShell() throws {
    let state = pressing(
      .enter,
      in: Self.state(
        try Self.progress(
          [.network: "linear 8 relu dropout 0.5 linear 10,linear 10"], seeds: 1, finished: 0)))
    #expect(text(state, 120).contains("'linear 8"))
  }

  @Test func aCornerOfAScreenIsEnough() throws {
    for keys in [[], [Key.enter], [.character("?")], [.character("q")]] {
      var state = Self.state(try Self.progress(Self.grid, finished: 41))
      for key in keys { _ = state.press(key) }
      let lines = state.render(width: 40, height: 10).lines
      #expect(!lines.joined().contains("needs"))
      #expect(lines.filter { !$0.allSatisfy { $0 == " " } }.count >= 8)
    }
    let small = text(Self.state(try Self.progress(Self.grid, finished: 41)), 40, 10)
    #expect(small.contains("41/72 runs") && small.contains("★ best test accuracy"))
    #expect(small.contains(">"))
  }

  @Test func aLightTerminalGetsColoursForIt() throws {
    let state = Self.state(try Self.progress(Self.grid, finished: 41))
    let light = pressing(.reply("11;rgb:ffff/ffff/ffff"), in: state)
    #expect(light.theme == .light)
    #expect(light.render(width: 80, height: 24) != state.render(width: 80, height: 24))
    #expect(pressing("T", in: state).theme == .light)
  }

  @Test func withoutColoursTheNumbersRemain() throws {
    let progress = try Self.progress(Self.grid)
    let (colored, plain) = (Self.state(progress), Self.state(progress, colors: .none))
    let (first, second) = (colored.render(width: 100, height: 30), plain.render(width: 100, height: 30))
    #expect(first.lines.dropFirst(2) == second.lines.dropFirst(2))
    let styles = (0..<30).flatMap { second.row($0).map(\.style) }
    #expect(styles.allSatisfy { $0.foreground == nil && $0.background == nil })
    #expect((0..<30).contains { first.row($0).contains { $0.style.background != nil } })
  }

  @Test func whatAsciiLacksIsNeverDrawn() throws {
    for (_, make) in Self.states {
      var state = try make(.ascii)
      for key in [Key.character("x"), .character("t"), .character("q")] {
        let lines = state.render(width: 120, height: 40).lines
        #expect(lines.allSatisfy { $0.allSatisfy(\.isASCII) })
        _ = state.press(key)
      }
    }
  }

  /// A screen that plays keys.
  private final class KeyScreen: Screen {
    var size = (width: 80, height: 24)
    var listensToMouse = false
    var keys: [Key?]
    private(set) var frames = 0

    init(_ keys: [Key?]) { self.keys = keys }
    func present(_ surface: Surface) { frames += 1 }
    func readKey(timeout seconds: Double) -> Key? { keys.isEmpty ? nil : keys.removeFirst() }
  }

  @Test func theLoopDrawsWhatHasChangedAndEndsWithThePerson() throws {
    let progress = try Self.progress(Self.grid, finished: 3)
    var state = Self.state(progress)
    let screen = KeyScreen([nil, nil, .down, nil, .control("c")])
    var loop = SweepLoop(screen: screen)
    let shown = state.progress
    var turns = 1
    while !loop.turn(&state, progress: shown, at: 11) { turns += 1 }
    #expect(turns == 5)
    #expect(screen.frames == 2)
  }
}

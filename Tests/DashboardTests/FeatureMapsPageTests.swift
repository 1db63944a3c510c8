import Experiment
import NeuralNetwork
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

/// The page of layers of networks for images.
@Suite struct FeatureMapsPageTests {
  private static let text =
    "conv 16x3 no-bias bn relu pool 2 residual(conv 16x3 bn relu conv 16x3 bn) relu "
    + "residual(conv 32x3 stride 2 bn relu conv 32x3 bn | conv 32x1 stride 2) relu dropout 0.25 gap linear 10"

  private static func started(_ run: Int) throws -> TrainingEvent {
    let network = try NetworkSpecification(text: text)
    return ScriptedEvents.started(run) { $0.writtenNetwork = network }
  }

  private static func layers(_ run: Int, step: Int) -> TrainingEvent {
    let hidden = (0..<6).map { layer in
      LayerObservation(
        inputs: layer == 0 ? 9 : 144, units: layer < 3 ? 16 : 32, weightNorm: 3 + Double(layer),
        gradientNorm: 0.01,
        activations: ActivationObservation(
          zeroShare: 0.4, silentUnits: layer, smallest: 0, largest: 2, histogram: (0..<32).map { 9000 >> $0 },
          mask: []))
    }
    let output = LayerObservation(inputs: 32, units: 10, weightNorm: 2, gradientNorm: 0.1, activations: nil)
    return TrainingEvent(
      .layersObserved(LayersObserved(layers: hidden + [output])), at: ScriptedEvents.position(run, step: step)
    )
  }

  /// Waves of which each channel has other ones.
  private static func pictured(
    _ run: Int, layer: Int, image: Int, step: Int, side: Int, count: Int, colors: Bool = false
  )
    -> TrainingEvent
  {
    let channels = colors ? 3 : 1
    let filters = (0..<16 * 9 * channels).map { Float($0 * 7 % 19 - 9) / 9 }
    let maps = (0..<min(count, 64)).flatMap { channel in
      (0..<side * side).map {
        Float(($0 / side * (channel + 1) + $0 % side * (run + 2)) % side) / Float(side)
      }
    }
    return TrainingEvent(
      .featureMapsPictured(
        FeatureMapsPictured(
          image: image, layer: layer,
          filters: ChannelPictures(
            count: 16, height: 3, width: 3, channels: channels, smallest: -1, largest: 1, values: filters),
          maps: side == 0
            ? nil
            : ChannelPictures(
              count: count, height: side, width: side, channels: 1, smallest: 0, largest: 1.5, values: maps))),
      at: ScriptedEvents.position(run, step: step))
  }

  private static func events() throws -> [TrainingEvent] {
    try [started(0), started(1)] + ScriptedEvents.steps(1...105) + [
      layers(0, step: 105), layers(1, step: 105),
    ]
  }

  private static func pictured() throws -> [TrainingEvent] {
    try events() + (0..<2).map { pictured($0, layer: 0, image: 0, step: 105, side: 14, count: 16) }
  }

  @Test(arguments: [GlyphSet.braille, .ascii], [(80, 24), (100, 30), (160, 50)])
  func picturesAreAsRecorded(glyphs: GlyphSet, size: (width: Int, height: Int)) throws {
    let dashboard = ScriptedEvents.dashboard(try Self.pictured(), glyphs: glyphs).pressing("4v")
    try GoldenFrameTests.compare(
      dashboard.renderPage(width: size.width, height: size.height),
      "feature-maps-\(glyphs.rawValue)-\(size.width)x\(size.height)")
  }

  @Test func pagesOfNetworksForImagesAreAsRecorded() throws {
    var dashboard = ScriptedEvents.dashboard(try Self.events()).pressing("4")
    for (width, height) in [(80, 24), (100, 30)] {
      try GoldenFrameTests.compare(
        dashboard.renderPage(width: width, height: height), "layers-of-images-\(width)x\(height)")
    }
    _ = dashboard.press(.end)
    try GoldenFrameTests.compare(dashboard.renderPage(width: 80, height: 24), "layers-of-images-end-80x24")
  }

  private func questions(_ dashboard: inout DashboardScreen) -> [TrainingCommand] {
    dashboard.takeQuestions().compactMap { effect in
      if case .send(.picture(let image, let layer), let run) = effect, run == RunID(0) {
        .picture(image: image, layer: layer)
      } else {
        nil
      }
    }
  }

  @Test func layerAndImageAreChosenByKeys() throws {
    var dashboard = ScriptedEvents.dashboard(try Self.events()).pressing("4")
    #expect(questions(&dashboard).isEmpty, "nobody looks at pictures")
    dashboard = dashboard.pressing("v")
    #expect(questions(&dashboard) == [.picture(image: 0, layer: 0)])
    #expect(questions(&dashboard).isEmpty, "they were asked for")
    _ = dashboard.press(.down)
    #expect(questions(&dashboard) == [.picture(image: 0, layer: 1)])
    dashboard = dashboard.pressing("iiI")
    #expect(
      dashboard.keyGroups.flatMap(\.entries).contains {
        $0.caption == "i I" && $0.help == "image after, before"
      })
    #expect(questions(&dashboard) == [.picture(image: 1, layer: 1)])
    _ = dashboard.press(.end)
    #expect(questions(&dashboard) == [.picture(image: 1, layer: 6)])
    _ = dashboard.press(.home)
    dashboard = dashboard.pressing("IIII")
    #expect(questions(&dashboard) == [.picture(image: 0, layer: 0)])
    dashboard = dashboard.pressing("v")
    _ = dashboard.press(.down)
    #expect(questions(&dashboard).isEmpty)
  }

  @Test func theLayersDropoutIsSelectedWithIt() throws {
    var dashboard = ScriptedEvents.dashboard(try Self.events()).pressing("4")
    for _ in 0..<5 { _ = dashboard.press(.down) }
    #expect(dashboard.renderPage(width: 80, height: 24).lines.joined().contains("p [0.25]"))
    #expect(dashboard.state.selectedLayer == 0)
  }

  @Test func aRunThatMovesIsAskedOnceASecond() throws {
    var dashboard = ScriptedEvents.dashboard(try Self.events()).pressing("4v")
    _ = questions(&dashboard)
    func at(_ seconds: Double, step: Int) -> Int {
      dashboard.record(ScriptedEvents.step(0, step), at: seconds)
      dashboard.record(Self.layers(0, step: step), at: seconds)
      return questions(&dashboard).count
    }
    #expect(at(2.6, step: 106) == 0 || at(2.7, step: 107) == 0)
    #expect(at(9, step: 108) == 1)
    #expect(at(9.5, step: 109) == 0)
    #expect(at(10.1, step: 110) == 1)
    dashboard.record(TrainingEvent(.paused(Paused()), at: ScriptedEvents.position(0, step: 111)), at: 10.2)
    #expect(at(10.2, step: 111) == 1, "a single step is pictured at once")
  }

  @Test func theMapsThatDoNotFitAreReached() throws {
    var dashboard = ScriptedEvents.dashboard(
      try Self.events() + [Self.pictured(0, layer: 4, image: 3, step: 105, side: 14, count: 200)]
    ).pressing("4v")
    func text() -> String { dashboard.renderPage(width: 80, height: 24).lines.joined(separator: "\n") }
    #expect(text().contains("layer 5 of 7 · conv 32x3: maps 1-"))
    #expect(text().contains(" of 200, 14 × 14"))
    #expect(text().contains("image 3"))
    for _ in 0..<40 { _ = dashboard.press(.pageDown) }
    #expect(text().contains("-64 of 200"), "as many as are kept")
    for _ in 0..<40 { _ = dashboard.press(.pageUp) }
    #expect(text().contains("maps 1-"))
  }

  @Test func unitsInARowHaveNoPictures() throws {
    let events = try Self.events() + [Self.pictured(0, layer: 6, image: 0, step: 105, side: 0, count: 0)]
    let text = ScriptedEvents.dashboard(events).pressing("4v").renderPage(width: 80, height: 24).lines
      .joined()
    #expect(text.contains("layer 7 of 7 · linear 10: no pictures, its units stand in a row"))
  }

  @Test func aPerceptronHasNoKeyForPictures() {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.observed).pressing("4")
    let frame = dashboard.render(width: 160, height: 50).lines
    #expect(!frame.joined().contains("pictures"))
    #expect(dashboard.pressing("v").render(width: 160, height: 50).lines == frame)
  }

  @Test func filtersOfColourImagesAreInColour() throws {
    let events =
      try Self.events() + [Self.pictured(0, layer: 0, image: 0, step: 105, side: 14, count: 16, colors: true)]
    let surface = ScriptedEvents.dashboard(events).pressing("4v").renderPage(width: 80, height: 24)
    let colors = Set(
      surface.row(2).compactMap(\.style.foreground) + surface.row(3).compactMap(\.style.foreground))
    #expect(colors.count > 8)
    #expect(surface.lines[1].contains("first convolution: 11 of 16 filters"))
  }

  @Test(arguments: GlyphSet.allCases) func everySizeDraws(glyphs: GlyphSet) throws {
    for side in [0, 1, 3, 14, 64] {
      let events =
        try Self.events() + [Self.pictured(0, layer: 1, image: 0, step: 105, side: side, count: 70)]
      let dashboard = ScriptedEvents.dashboard(events, glyphs: glyphs).pressing("4v")
      for size in [(0, 0), (1, 1), (60, 16), (61, 17), (200, 16), (60, 90), (300, 100)] {
        #expect(dashboard.render(width: size.0, height: size.1).lines.count == size.1)
      }
    }
  }
}

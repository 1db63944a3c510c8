import Experiment
import TerminalUI
import Testing

@testable import Dashboard

/// The preview of augmentation on the page of samples.
@Suite struct AugmentationPreviewTests {
  /// What a session could answer, with a picture that tells left from right and up from down.
  static func augmented(_ request: AugmentedImage.Request) -> AugmentedImage {
    let original = pixels(flip: false, right: 0, down: 0)
    let augmentation = request.configuration.augmentation
    let versions = request.epochs.map { epoch in
      // Made up, but different from epoch to epoch.
      let flip = augmentation.flip && epoch % 3 != 1
      let right = augmentation.shift == 0 ? 0 : epoch % 5 - 2
      let down = augmentation.shift == 0 ? 0 : 2 - (epoch + 1) % 5
      return AugmentedImage.Version(
        epoch: epoch, isMirrored: flip, right: right, down: down,
        pixels: pixels(flip: flip, right: right, down: down))
    }
    return AugmentedImage(
      request: request, place: 2 * request.rank, label: UInt8(request.rank % 10), height: 28, width: 28,
      pixels: original, versions: versions)
  }

  /// A bright foot with the toe to the right, and a dim frame.
  private static func pixels(flip: Bool, right: Int, down: Int) -> [UInt8] {
    (0..<784).map { pixel in
      let (y, column) = (pixel / 28 - down, pixel % 28 - right)
      let x = flip ? 27 - column : column
      guard (0..<28).contains(y), (0..<28).contains(column) else { return 0 }
      if (6..<14).contains(x), (4..<24).contains(y) { return 230 }
      if (14..<25).contains(x), (18..<24).contains(y) { return 150 }
      return [0, 27].contains(x) || [0, 27].contains(y) ? 60 : 0
    }
  }

  static func dashboard(
    _ events: [TrainingEvent] = ScriptedEvents.observed, augment: String? = "flip,shift=2",
    glyphs: GlyphSet = .braille, keys: String = "3v"
  ) -> DashboardScreen {
    var augmentation = Augmentation()
    if let augment { augmentation = Augmentation(text: augment) ?? augmentation }
    let events = events.map { event -> TrainingEvent in
      guard case .runStarted(var start) = event.kind else { return event }
      start.configuration.augmentation = augmentation
      return TrainingEvent(.runStarted(start), at: event.position)
    }
    var dashboard = ScriptedEvents.dashboard(events, glyphs: glyphs).pressing(keys)
    answer(&dashboard)
    return dashboard
  }

  /// Does what the loop does after every key.
  static func answer(_ dashboard: inout DashboardScreen) {
    if let wanted = wanted(by: dashboard) { dashboard.state.augmentedImage = augmented(wanted) }
  }

  /// The training image that a dashboard asks for.
  static func wanted(by dashboard: DashboardScreen) -> AugmentedImage.Request? {
    var dashboard = dashboard
    for case .augment(let wanted) in dashboard.takeQuestions() { return wanted }
    return nil
  }

  private func text(_ dashboard: DashboardScreen, width: Int = 80, height: Int = 24) -> String {
    dashboard.render(width: width, height: height).lines.joined(separator: "\n")
  }

  @Test func theKeyGoesThereAndBack() {
    var dashboard = Self.dashboard(keys: "3")
    let samples = text(dashboard)
    #expect(Self.wanted(by: dashboard) == nil, "nothing is computed that nobody looks at")
    _ = dashboard.press(.character("v"))
    Self.answer(&dashboard)
    #expect(text(dashboard).contains("1 of 5,120: training image 0, T-shirt/top"))
    #expect(text(dashboard).contains("v samples"))
    #expect(dashboard.takeQuestions().isEmpty, "no test image is shown that a run could be asked about")
    _ = dashboard.press(.character("v"))
    #expect(text(dashboard) == samples)
    _ = dashboard.press(.character("1"))
    let charts = text(dashboard)
    _ = dashboard.press(.character("v"))
    #expect(text(dashboard) == charts && !dashboard.samples.showsTraining, "other pages have no such key")
  }

  @Test func whatIsAskedForAreTheSettingsOfTheSelectedRun() throws {
    var dashboard = Self.dashboard(keys: "3")
    _ = dashboard.press(.character("v"))
    let request = try #require(Self.wanted(by: dashboard))
    #expect(request.configuration == dashboard.state.runs[0].configuration)
    #expect(request.rank == 0 && request.epochs.lowerBound == 1)
    Self.answer(&dashboard)
    #expect(Self.wanted(by: dashboard) == nil, "what is there is not computed again")
    _ = dashboard.press(.tab)
    #expect(Self.wanted(by: dashboard)?.configuration == dashboard.state.runs[1].configuration)
  }

  @Test func arrowsLeafThroughTheTrainingImages() {
    var dashboard = Self.dashboard()
    let moves: [(Key, Int)] = [
      (.up, 0), (.down, 1), (.pageDown, 11), (.end, 5119), (.down, 5119), (.pageUp, 5109), (.home, 0),
      (.down, 1),
    ]
    for (key, rank) in moves {
      _ = dashboard.press(key)
      Self.answer(&dashboard)
      #expect(dashboard.samples.trainingImage(in: dashboard.state)?.request.rank == rank)
    }
    #expect(text(dashboard).contains("2 of 5,120: training image 2, Trouser"))
    #expect(
      dashboard.samples.selected == nil && dashboard.state.selectedLayer == 0, "and through nothing else")
  }

  @Test func originalAndVersionsAreShownWithWhatWasDone() {
    let frame = text(Self.dashboard(), height: 26)
    for caption in [
      "original", "flip,shift=2", "seed 1", "epoch 1 ", "1 left", "epoch 2: mirrored", "1 up",
      "epoch 3: mirrored", "1 right, 2 up", "epoch 4",
    ] {
      #expect(frame.contains(caption), "\(caption)")
    }
  }

  @Test func captionsNameEveryChangeOnce() {
    func caption(_ flip: Bool, _ right: Int, _ down: Int) -> [String] {
      AugmentedImage.Version(epoch: 12, isMirrored: flip, right: right, down: down, pixels: []).caption
    }
    #expect(caption(true, -1, 2) == ["epoch 12: mirrored", "1 left, 2 down"])
    #expect(caption(false, 14, -14) == ["epoch 12", "14 right, 14 up"])
    #expect(caption(true, 0, 0) == ["epoch 12: mirrored", ""])
    #expect(caption(false, 0, 0) == ["epoch 12", "as it is"])
  }

  @Test func withoutAugmentationThePageSaysHowItIsTurnedOn() {
    var dashboard = Self.dashboard(augment: nil)
    #expect(text(dashboard).contains("Augmentation is off: every epoch"))
    #expect(text(dashboard).contains("a mirrors half of the images"))
    #expect(!text(dashboard).contains("epoch 1 "))
    #expect(
      dashboard.press(.character("a"))
        == [.send(.set(SettingChange(.augment, to: .text("flip"))), to: RunID(0))], "the key works here"
    )
    dashboard = Self.dashboard(ScriptedEvents.finished, augment: nil)
    #expect(
      text(dashboard).contains("--augment flip,shift=2 turns it on"), "a run that is over is not changed")
  }

  @Test func aLiveChangeIsShownFromTheNextEpochOn() {
    var dashboard = Self.dashboard(augment: nil)
    let change = Positioned(
      SettingChanged(.augment, from: .text("none"), to: .text("flip,shift=2")),
      at: ScriptedEvents.position(0, step: 105))
    dashboard.record(change.event(TrainingEvent.Kind.settingChanged), at: 2)
    Self.answer(&dashboard)
    // 20 steps an epoch: the sixth is under way.
    #expect(text(dashboard).contains("epoch 7"))
    #expect(!text(dashboard).contains("epoch 6 "))
  }

  @Test func beforeTheFirstEpochThereAreImagesToo() {
    let dashboard = Self.dashboard(ScriptedEvents.beginning)
    #expect(text(dashboard).contains("1 of 5,120: training image 0"))
  }

  @Test func whereNothingIsTrainedThePageSaysSo() {
    for origin in [DashboardState.Origin.recording, .folders] {
      var dashboard = DashboardScreen(
        DashboardState(
          caption: "", terminalGlyphs: .braille, testImages: ScriptedEvents.testImages, origin: origin))
      for event in ScriptedEvents.observed { dashboard.record(event, at: 0) }
      dashboard = dashboard.pressing("3v")
      #expect(Self.wanted(by: dashboard) == nil)
      #expect(text(dashboard).contains("Training images are at hand only while this program trains"))
      #expect(!text(dashboard).contains("↑↓ image"), "there is nothing to leaf through")
    }
    let dashboard = Self.dashboard([])
    #expect(text(dashboard).contains("as soon as a run begins"))
  }

  @Test(arguments: GlyphSet.allCases, [nil, "flip", "flip,shift=14"])
  func everySizeHoldsThePreview(glyphs: GlyphSet, augment: String?) {
    let dashboard = Self.dashboard(augment: augment, glyphs: glyphs)
    for (width, height) in [(40, 10), (60, 16), (61, 17), (200, 16), (60, 90), (300, 100)] {
      let surface = dashboard.render(width: width, height: height)
      #expect(surface.lines.count == height)
      if glyphs == .ascii { #expect(surface.lines.allSatisfy { $0.allSatisfy(\.isASCII) }) }
      guard width >= 60 else { continue }
      // The frame and the footer are whole.
      let edge = surface.lines[height - 2]
      let corners = glyphs.frame.corners
      #expect(edge.first == corners[3] && edge.last == corners[2])
      #expect(surface.lines[height - 1].contains("v samples"))
      if augment != nil { #expect(text(dashboard, width: width, height: height).contains("epoch 2")) }
    }
  }
}

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

  static func state(
    _ events: [TrainingEvent] = ScriptedEvents.observed, augment: String? = "flip,shift=2",
    glyphs: GlyphSet = .braille, keys: String = "3v"
  ) -> DashboardState {
    var augmentation = Augmentation()
    if let augment { augmentation = Augmentation(text: augment) ?? augmentation }
    let events = events.map { event -> TrainingEvent in
      guard case .runStarted(var start) = event else { return event }
      start.configuration.augmentation = augmentation
      return .runStarted(start)
    }
    var state = ScriptedEvents.state(events, glyphs: glyphs).pressing(keys)
    answer(&state)
    return state
  }

  /// Does what the loop does after every key.
  static func answer(_ state: inout DashboardState) {
    if let wanted = state.missingPreview { state.preview = augmented(wanted) }
  }

  private func text(_ state: DashboardState, width: Int = 80, height: Int = 24) -> String {
    state.render(width: width, height: height).lines.joined(separator: "\n")
  }

  @Test func theKeyGoesThereAndBack() {
    var state = Self.state(keys: "3")
    let samples = text(state)
    #expect(state.missingPreview == nil, "nothing is computed that nobody looks at")
    _ = state.press(.character("v"))
    Self.answer(&state)
    #expect(text(state).contains("1 of 5,120: training image 0, T-shirt/top"))
    #expect(text(state).contains("v samples"))
    #expect(state.takeQuestions().isEmpty, "no test image is shown that a run could be asked about")
    _ = state.press(.character("v"))
    #expect(text(state) == samples)
    _ = state.press(.character("1"))
    let charts = text(state)
    _ = state.press(.character("v"))
    #expect(text(state) == charts && !state.previewsAugmentation, "other pages have no such key")
  }

  @Test func whatIsAskedForAreTheSettingsOfTheSelectedRun() throws {
    var state = Self.state(keys: "3")
    _ = state.press(.character("v"))
    let request = try #require(state.missingPreview)
    #expect(request.configuration == state.runs[0].configuration)
    #expect(request.rank == 0 && request.epochs.lowerBound == 1)
    Self.answer(&state)
    #expect(state.missingPreview == nil, "what is there is not computed again")
    _ = state.press(.tab)
    #expect(state.missingPreview?.configuration == state.runs[1].configuration)
  }

  @Test func arrowsLeafThroughTheTrainingImages() {
    var state = Self.state()
    let moves: [(Key, Int)] = [
      (.up, 0), (.down, 1), (.pageDown, 11), (.end, 5119), (.down, 5119), (.pageUp, 5109), (.home, 0),
      (.down, 1),
    ]
    for (key, rank) in moves {
      _ = state.press(key)
      Self.answer(&state)
      #expect(state.shownPreview?.request.rank == rank)
    }
    #expect(text(state).contains("2 of 5,120: training image 2, Trouser"))
    #expect(state.selectedSample == nil && state.selectedLayer == 0, "and through nothing else")
  }

  @Test func originalAndVersionsAreShownWithWhatWasDone() {
    let frame = text(Self.state())
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
    var state = Self.state(augment: nil)
    #expect(text(state).contains("Augmentation is off: every epoch"))
    #expect(text(state).contains("a mirrors half of the images"))
    #expect(!text(state).contains("epoch 1 "))
    #expect(
      state.press(.character("a")).contains(.send(.set(.flip, to: 1), to: RunID(0))), "the key works here")
    state = Self.state(ScriptedEvents.finished, augment: nil)
    #expect(text(state).contains("--augment flip,shift=2 turns it on"), "a run that is over is not changed")
  }

  @Test func aLiveChangeIsShownFromTheNextEpochOn() {
    var state = Self.state(augment: nil)
    for (setting, value) in [(LiveSetting.flip, 1.0), (.shift, 2)] {
      let change = SettingChanged(
        position: ScriptedEvents.position(0, step: 105), setting: setting, oldValue: 0, newValue: value)
      state.record(.settingChanged(change), at: 2)
    }
    Self.answer(&state)
    // 20 steps an epoch: the sixth is under way.
    #expect(text(state).contains("epoch 7"))
    #expect(!text(state).contains("epoch 6 "))
  }

  @Test func beforeTheFirstEpochThereAreImagesToo() {
    let state = Self.state(ScriptedEvents.beginning)
    #expect(text(state).contains("1 of 5,120: training image 0"))
  }

  @Test func whereNothingIsTrainedThePageSaysSo() {
    for origin in [DashboardState.Origin.recording, .folders] {
      var state = DashboardState(
        caption: "", terminalGlyphs: .braille, testImages: ScriptedEvents.testImages, origin: origin)
      for event in ScriptedEvents.observed { state.record(event, at: 0) }
      state = state.pressing("3v")
      #expect(state.missingPreview == nil)
      #expect(text(state).contains("Training images are at hand only while this program trains"))
      #expect(!text(state).contains("↑↓ image"), "there is nothing to leaf through")
    }
    let state = Self.state([])
    #expect(text(state).contains("as soon as a run begins"))
  }

  @Test(arguments: GlyphSet.allCases, [nil, "flip", "flip,shift=14"])
  func everySizeHoldsThePreview(glyphs: GlyphSet, augment: String?) {
    let state = Self.state(augment: augment, glyphs: glyphs)
    for (width, height) in [(40, 10), (60, 16), (61, 17), (200, 16), (60, 90), (300, 100)] {
      let surface = state.render(width: width, height: height)
      #expect(surface.lines.count == height)
      if glyphs == .ascii { #expect(surface.lines.allSatisfy { $0.allSatisfy(\.isASCII) }) }
      guard width >= 60 else { continue }
      // The frame and the footer are whole.
      let edge = surface.lines[height - 2]
      #expect(edge.hasPrefix(glyphs == .ascii ? "+" : "╰") && edge.hasSuffix(glyphs == .ascii ? "+" : "╯"))
      #expect(surface.lines[height - 1].contains("v samples"))
      if augment != nil { #expect(text(state, width: width, height: height).contains("epoch 2")) }
    }
  }
}

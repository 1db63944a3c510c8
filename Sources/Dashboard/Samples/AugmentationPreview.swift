internal import Experiment
internal import TerminalUI

extension DashboardState {
  /// Epochs that are asked for: more than most screens have room for.
  private static let previewedEpochs = 24

  /// Whether the page shows training images as runs learn from them.
  var showsPreview: Bool { view == .samples && previewsAugmentation }

  /// Whether there are images on the page to leaf through.
  var showsImages: Bool { showsSamples || showsPreview && shownPreview != nil }

  /// The training image that is to be shown, if there are any at hand.
  private var wantedPreview: AugmentedImage.Request? {
    guard origin == .training, showsPreview, let selected, let started = selected.history.started,
      started.trainCount > 0
    else { return nil }
    let first = selected.augmentedSince
    return AugmentedImage.Request(
      configuration: selected.configuration, rank: min(previewRank, started.trainCount - 1),
      epochs: first..<first + Self.previewedEpochs)
  }

  /// The training image that is wanted and not there yet.
  var missingPreview: AugmentedImage.Request? { preview?.request == wantedPreview ? nil : wantedPreview }

  /// The training image that the page shows.
  var shownPreview: AugmentedImage? { preview?.request == wantedPreview ? preview : nil }

  /// Shows another training image, the first or last one at the ends.
  mutating func selectPreview(at rank: Int) {
    previewRank = min(max(rank, 0), max(0, (selected?.history.started?.trainCount ?? 1) - 1))
  }
}

extension RunState {
  /// The first epoch that is all learnt from images changed as they are now: the next one after a change.
  fileprivate var augmentedSince: Int {
    let changed = changes.last { $0.setting == .flip || $0.setting == .shift }?.position.step
    let step = changed ?? history.started?.forkedFrom?.step ?? 0
    return (step + stepsPerEpoch - 1) / stepsPerEpoch + 1
  }
}

extension AugmentedImage.Version {
  /// What is done to the image, in two lines of at most 18 columns while epochs have two digits.
  var caption: [String] {
    let moves = [(right, "right", "left"), (down, "down", "up")].filter { $0.0 != 0 }.map {
      pixels, to, back in
      "\(abs(pixels)) \(pixels > 0 ? to : back)"
    }
    let isChanged = isMirrored || !moves.isEmpty
    return [
      "epoch \(epoch)" + (isMirrored ? ": mirrored" : ""),
      isChanged ? moves.joined(separator: ", ") : "as it is",
    ]
  }
}

/// What a person can ask of a run; each takes effect at the next step boundary.
public enum TrainingCommand: Hashable, Sendable {
  /// Wait after the current step.
  case pause
  /// Go on after a pause.
  case resume
  /// While paused: make one step, then wait again.
  case advanceOneStep
  /// While paused: go on to the end of the epoch and its evaluation, then wait again.
  case advanceOneEpoch
  /// End the run in order; while a person looks on, it can go on.
  case halt
  /// End the run in order, for good.
  case stop
  /// Change a setting from the next step on, or from the next epoch on.
  case set(SettingChange)
  /// Begin a further run from here, with these settings changed and nothing else.
  case fork(changing: GivenSettings)
  /// Tell what the network says of all test images and how its layers look: runs that train tell it by themselves.
  case observe
  /// Tell what the network says of some test images, also in so many passes with dropout.
  case examine(images: [Int], passes: Int)
  /// Tell how sure the network is of every test image, by so many passes with dropout or fewer if it is large.
  case measureUncertainty(passes: Int)
  /// Picture the filters, and what the layer with weights at a place makes of a test image.
  case picture(image: Int, layer: Int)
  /// Tell of the weights, layer by layer.
  case observeWeights
}

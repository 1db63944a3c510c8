package import Datasets
package import Experiment
internal import NeuralNetwork

extension LabeledImages {
  /// A training image, this being the training set, as the epochs of a run learn from it.
  ///
  /// It is gathered as it is for training. `nil` if the run does not have so many images.
  package func augmented(_ request: AugmentedImage.Request) -> AugmentedImage? {
    let configuration = request.configuration
    let indices = configuration.trainIndices(available: count)
    guard indices.indices.contains(request.rank) else { return nil }
    let index = indices[request.rank]
    let place = Int(index)
    let team = ThreadTeam(threads: 1)
    var row = Tensor(rows: 1, shape: shape)
    let versions = request.epochs.map { epoch in
      let augmentation = configuration.augmentation(epoch: epoch)
      row.gather(
        [index], of: pixels, width: width, channels: channels, augmentation: augmentation, team: team)
      let change = augmentation.change(of: place, height: height, width: width)
      return AugmentedImage.Version(
        epoch: epoch, isMirrored: change.isMirrored, right: change.right, down: change.down,
        isCut: augmentation.cutout > 0,
        pixels: row.elements.map { UInt8(($0 * 255).rounded()) })
    }
    return AugmentedImage(
      request: request, place: place, label: labels[place], height: height, width: width, channels: channels,
      pixels: Array(pixels[place * pixelsPerImage..<(place + 1) * pixelsPerImage]), versions: versions)
  }
}

extension RunConfiguration {
  /// The changes of the training images in an epoch, from 1.
  func augmentation(epoch: Int) -> RandomAugmentation {
    RandomAugmentation(
      seed: seed, epoch: epoch, flip: augmentation.flip, shift: max(augmentation.shift, augmentation.crop),
      reflects: augmentation.crop > 0, cutout: augmentation.cutout)
  }
}

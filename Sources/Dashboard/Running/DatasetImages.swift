internal import Datasets
internal import Sessions

extension TestImages {
  /// The images of the test set.
  init?(_ dataset: Dataset) {
    guard dataset.test.numbers == nil else { return nil }
    self.init(dataset.test, of: dataset.description)
  }

  /// Images of a data set.
  init(_ images: LabeledImages, of dataset: DatasetDescription) {
    self.init(
      height: images.height, width: images.width, channels: images.channels, pixels: images.pixels,
      labels: images.labels,
      classNames: dataset.shownClassNames)
  }
}

extension CheckpointFindings {
  init(_ findings: RecordedCheckpoints.Findings) {
    self.init(
      images: findings.images.map { TestImages($0.test, of: $0.dataset) }, origins: findings.origins)
  }
}

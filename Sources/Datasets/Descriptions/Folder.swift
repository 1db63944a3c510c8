internal import NeuralNetwork

extension DatasetDescription {
  /// A person's own pictures.
  ///
  /// Classes and shape are those of the files; until these are read, there are some.
  public static let folder = DatasetDescription(
    key: "folder", name: "image folder", storedShape: .image(channels: 3, height: 64, width: 64),
    imageSize: nil,
    task: .classification(classNames: ["first", "second"]), layout: .folders, files: [], archive: nil,
    archiveFolder: nil, counts: [], environmentVariable: "IMAGE_FOLDER", cacheDirectory: "fmnist-tui/folder",
    systemPackage: nil, bundledSample: nil, sources: [],
    instructions:
      "Name a folder that has 'train' and 'test' with --data; in both, each class has a folder of PNG files.",
    license: "your own",
    pictureStyle: PictureStyle(subject: "thing", margin: 0, isWhole: true), augmentations: [.flip, .shift])
}

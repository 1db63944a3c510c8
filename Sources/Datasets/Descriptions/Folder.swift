internal import Messages
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
    instructing: Wording(
      "Name a folder that has 'train' and 'test' with --data; in both, each class has a folder of PNG files.",
      "请用 --data 指定含有 'train' 和 'test' 的文件夹；两者中每个类别各有一个 PNG 文件夹。"),
    licensing: Wording("your own", "您自己的"),
    pictureStyle: PictureStyle(subject: Wording("thing", "物体"), margin: 0, isWhole: true),
    augmentations: [.flip, .shift])
}

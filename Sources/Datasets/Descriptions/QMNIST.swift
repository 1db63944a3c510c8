internal import Messages

extension DatasetDescription {
  /// MNIST made again from its sources, with all 60,000 test digits (Yadav and Bottou, 2019).
  public static let qmnist = idx(
    key: "qmnist", name: "QMNIST", classNames: (0..<10).map(String.init), counts: (60_000, 60_000),
    style: IDXStyle(hasLabelRows: true),
    names: ["train", "test"].flatMap { ["qmnist-\($0)-images-idx3-ubyte", "qmnist-\($0)-labels-idx2-int"] },
    files: [
      (.compressedMD5("ed72d4157d28c017586c42bc6afe6370"), nil),
      (.compressedMD5("0058f8dd561b90ffdd0f734c6a30e5e4"), nil),
      (.compressedMD5("1394631089c404de565df7b7aeaf9412"), nil),
      (.compressedMD5("5b5b05890a5e13444e108efe57b788aa"), nil),
    ],
    environmentVariable: "QMNIST_DATA", cacheDirectory: "fmnist-tui/qmnist",
    sources: ["https://raw.githubusercontent.com/facebookresearch/qmnist/master"],
    license: Wording(
      "BSD 3-Clause, Facebook, derived from NIST's data", "BSD 3-Clause，Facebook，源自 NIST 的数据"),
    pictureStyle: PictureStyle(subject: Wording("digit", "数字"), margin: 4), augmentations: [.shift])
}

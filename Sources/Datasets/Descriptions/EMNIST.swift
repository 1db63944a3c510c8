internal import Messages

extension DatasetDescription {
  /// Handwritten letters and digits in six ways to divide them (Cohen et al., 2017).
  static let emnist: [DatasetDescription] = {
    let digits = (0..<10).map(String.init)
    let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
    let small = capitals.map { $0.lowercased() }
    // Where small letters look like capitals, those are one class.
    let merged = digits + capitals + ["a", "b", "d", "e", "f", "g", "h", "n", "q", "r", "t"]
    return [
      emnist("balanced", merged, train: 112_800, test: 18_800),
      emnist("byclass", digits + capitals + small, train: 697_932, test: 116_323),
      emnist("bymerge", merged, train: 697_932, test: 116_323),
      emnist("digits", digits, train: 240_000, test: 40_000),
      emnist("letters", zip(capitals, small).map { $0 + $1 }, train: 124_800, test: 20_800, firstLabel: 1),
      emnist("mnist", digits, train: 60_000, test: 10_000),
    ]
  }()

  private static func emnist(
    _ split: String, _ classNames: [String], train: Int, test: Int, firstLabel: Int = 0
  ) -> DatasetDescription {
    idx(
      key: "emnist-\(split)", name: "EMNIST \(split)", classNames: classNames, counts: (train, test),
      style: IDXStyle(isTransposed: true, firstLabel: firstLabel),
      names: ["train", "test"].flatMap { part in
        ["images-idx3", "labels-idx1"].map { "emnist-\(split)-\(part)-\($0)-ubyte" }
      },
      environmentVariable: "EMNIST_DATA", cacheDirectory: "fmnist-tui/emnist", archiveFolder: "gzip",
      instructions: Wording(
        "Get gzip.zip from https://www.nist.gov/itl/products-and-services/emnist-dataset, unpack it, "
          + "and name its folder with --data.",
        "请从 https://www.nist.gov/itl/products-and-services/emnist-dataset 取得 gzip.zip，解包后用 --data 指定它的文件夹。"),
      license: Wording("public domain, NIST", "公有领域，NIST"),
      pictureStyle: PictureStyle(subject: Wording("character", "字符"), margin: 2), augmentations: [.shift])
  }
}

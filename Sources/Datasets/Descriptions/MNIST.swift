internal import Messages

extension DatasetDescription {
  /// Handwritten digits (LeCun, Cortes and Burges, 1998).
  public static let mnist = idx(
    key: "mnist", name: "MNIST", classNames: (0..<10).map(String.init),
    files: [
      (.compressedMD5("f68b3c2dcbeaaa9fbdd348bbdeb94873"), 9_912_422),
      (.compressedMD5("d53e105ee54ea40749a09fcbcd1e9432"), 28_881),
      (.compressedMD5("9fb629c4189551a2d022fa330f9573f3"), 1_648_877),
      (.compressedMD5("ec29112dd5afa0611ce80d1b7f02629c"), 4_542),
    ],
    environmentVariable: "MNIST_DATA", cacheDirectory: "fmnist-tui/mnist",
    sources: [
      "https://ossci-datasets.s3.amazonaws.com/mnist", "https://storage.googleapis.com/cvdf-datasets/mnist",
    ],
    license: Wording(
      "CC BY-SA 3.0, Yann LeCun and Corinna Cortes, derived from NIST's data",
      "CC BY-SA 3.0，Yann LeCun 和 Corinna Cortes，源自 NIST 的数据"),
    pictureStyle: PictureStyle(subject: Wording("digit", "数字"), margin: 4), augmentations: [.shift])

  /// Cursive characters of classical Japanese, one of each row of Hiragana (Clanuwat et al., 2018).
  public static let kmnist = idx(
    key: "kmnist", name: "KMNIST", classNames: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"],
    files: [
      (.compressedMD5("bdb82020997e1d708af4cf47b453dcf7"), 18_165_135),
      (.compressedMD5("e144d726b3acfaa3e44228e80efcd344"), 29_497),
      (.compressedMD5("5c965bf0a639b31b8f53240b1b52f4d7"), 3_041_136),
      (.compressedMD5("7320c461ea6c1c855c0b718fb2a4b134"), 5_120),
    ],
    environmentVariable: "KMNIST_DATA", cacheDirectory: "fmnist-tui/kmnist",
    sources: ["https://codh.rois.ac.jp/kmnist/dataset/kmnist"],
    license: Wording(
      "CC BY-SA 4.0, 'KMNIST Dataset' (created by CODH), adapted from 'Kuzushiji Dataset' (created by NIJL and "
        + "others), doi:10.20676/00000341",
      "CC BY-SA 4.0，“KMNIST Dataset”（CODH 制作），改编自“Kuzushiji Dataset”（NIJL 等制作），doi:10.20676/00000341"),
    pictureStyle: PictureStyle(subject: Wording("character", "字符"), margin: 0), augmentations: [.shift])
}

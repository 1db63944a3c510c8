internal import Messages
internal import NeuralNetwork

extension DatasetDescription {
  /// Small colour photographs of ten kinds of things (Krizhevsky, 2009), in the binary version.
  public static let cifar10 = records(
    files: (1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"],
    hashes: [
      "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
      "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
      "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
      "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
      "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
      "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
    ],
    archive: (
      "cifar-10-binary.tar.gz", "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
      170_052_171
    ),
    sources: ["https://www.cs.toronto.edu/~kriz"])

  /// CIFAR-10 in records, the last file those of the test set, with the SHA-256 of each, and of the archive with its size.
  static func records(
    files: [String], hashes: [String], archive: (name: String, hash: String, size: Int), sources: [String]
  ) -> DatasetDescription {
    let shape = Shape.image(channels: 3, height: 32, width: 32)
    let batches = files.indices.map { index in
      File(
        role: index == files.indices.last ? .test : .train, name: files[index],
        checksum: .contentsSHA256(hashes[index]), compressedSize: nil,
        contentsSize: 10_000 * (1 + shape.count))
    }
    return DatasetDescription(
      key: "cifar10", name: "CIFAR-10", storedShape: shape, imageSize: nil,
      task: .classification(classNames: [
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
      ]),
      layout: .records,
      files: batches + [
        File(
          role: .classNames, name: "batches.meta.txt", checksum: nil, compressedSize: nil, contentsSize: 4096)
      ],
      archive: File(
        role: .archive, name: archive.name, checksum: .fileSHA256(archive.hash), compressedSize: archive.size,
        contentsSize: archive.size),
      archiveFolder: "cifar-10-batches-bin", counts: [50_000, 10_000], environmentVariable: "CIFAR10_DATA",
      cacheDirectory: "fmnist-tui/cifar10", systemPackage: nil, bundledSample: nil, sources: sources,
      instructing: nil,
      licensing: Wording(
        "licence unknown: fetched on request, never bundled (Alex Krizhevsky, University of Toronto)",
        "许可不明：只应要求获取，从不随程序分发（Alex Krizhevsky，多伦多大学）"),
      pictureStyle: PictureStyle(subject: Wording("thing", "物体"), margin: 0, isWhole: true),
      augmentations: [.flip, .shift])
  }
}

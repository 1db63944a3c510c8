import Foundation
import Messages
import NeuralNetwork
import TestSupport
import Testing

@testable import Datasets

/// What people read of data, in Chinese.
@Suite struct ChineseDatasetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The text of the error that a body throws in Chinese.
  private func error(_ body: () throws -> Void) -> String {
    Language.$scoped.withValue(.chinese) {
      do {
        try body()
        return ""
      } catch {
        return "\(error)"
      }
    }
  }

  private func picture(_ path: String, width: Int = 6) throws {
    let url = URL(filePath: folder.path + "/" + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(PNGPicture(width: width, height: 6, colorType: .grey) { _, _ in [9] }.bytes).write(to: url)
  }

  @Test(
    arguments: [
      ([], "0 字节"), ([0, 0, 8, 3, 0, 0], "6 字节"), ([0, 0, 8, 1] + [0, 0, 0, 1, 0], "标签文件（魔数 2049）"),
      ([0, 0, 9, 9] + [UInt8](repeating: 0, count: 12), "魔数 2313"),
      ([0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 28, 0, 0, 0, 28], "9 × 28 × 28 字节"),
      ([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4], "2 × 2 像素"),
      ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], "gzip 数据过早结束"),
    ] as [([UInt8], String)])
  func aDamagedFileOfImagesIsTold(bytes: [UInt8], found: String) throws {
    var bytes = bytes
    // Long enough for the check of the magic number.
    if bytes.count == 9 { bytes += [UInt8](repeating: 0, count: 20) }
    let path = try folder.write("images", bytes)
    ChineseText.expect(
      error { _ = try IDXFile.read(path, contents: .images, sampleSizes: [28, 28]) },
      names: [path + "：", found, "应为", "'fmnist-tui data fetch'"])
  }

  @Test func labelsThatDoNotFitAreTold() throws {
    let images = try folder.write(
      "images", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7] as [UInt8])
    for (bytes, found) in [([0, 0, 0, 1, 12], "12"), ([0, 0, 0, 2, 1, 1], "2 个标签")] as [([UInt8], String)] {
      let labels = try folder.write("labels", [0, 0, 8, 1] + bytes)
      ChineseText.expect(
        error { _ = try LabeledImages(imagesPath: images, labelsPath: labels, classes: 10) },
        names: [labels, found])
    }
  }

  @Test func aFolderThatLacksTheFilesIsTold() throws {
    for dataset in DatasetDescription.found {
      let missing = folder.path + "/none"
      ChineseText.expect(
        error { _ = try Dataset.load(dataset, directory: missing, environment: [:]) },
        names: [missing, "没有这个文件夹", "应为含有"])
      let what = dataset.layout == .folders ? "没有文件夹 'train'" : "没有 \(dataset.files[0].name)"
      ChineseText.expect(
        error { _ = try Dataset.load(dataset, directory: folder.path, environment: [:]) },
        names: [folder.path, what])
    }
    let archive = try folder.write("data.tar.gz", [1])
    ChineseText.expect(
      error { _ = try Dataset.load(.cifar10, directory: archive, environment: [:]) },
      names: [archive, "归档", "'tar -xf'"])
    ChineseText.expect(
      error { _ = try Dataset.load(.linear, directory: "/data", environment: [:]) },
      names: ["/data", "--data"])
    ChineseText.expect(
      error { _ = try Dataset.load(.mnist, directory: nil, environment: ["XDG_CACHE_HOME": folder.path]) },
      names: ["MNIST", "'fmnist-tui data fetch mnist'"])
  }

  @Test func picturesThatDoNotFitAreTold() throws {
    for name in ["train/a/0.png", "train/b/0.png", "test/a/0.png"] { try picture(name) }
    try picture("train/a/1.png", width: 7)
    func load(_ dataset: DatasetDescription = .folder) -> String {
      error { _ = try Dataset.load(dataset, directory: folder.path, environment: [:]) }
    }
    ChineseText.expect(load(), names: ["train/a/1.png", "7 × 6", "6 × 6", "--image-size"])
    try folder.write("train/a/1.png", "no picture, but a text that is long enough")
    ChineseText.expect(load(), names: ["train/a/1.png", "不是 PNG 文件", "'magick "])
    try FileManager.default.removeItem(atPath: folder.path + "/train/a/1.png")
    try picture("test/c/0.png")
    ChineseText.expect(load(), names: ["test/c", "'train'"])
    try FileManager.default.removeItem(atPath: folder.path + "/train/b/0.png")
    ChineseText.expect(load(), names: ["train/b", "没有 PNG 文件"])
    try FileManager.default.removeItem(atPath: folder.path + "/train/b")
    ChineseText.expect(load(), names: ["/train", "1 个文件夹", "256"])
  }

  @Test func recordsAndArchivesThatAreDamagedAreTold() throws {
    for (bytes, found) in [
      ([], "空文件"), ([1, 2, 3, 4], "4 字节"), ([0x1F, 0x8B, 0, 0], "gzip"), ([9, 1, 1], "9"),
    ]
      as [([UInt8], String)]
    {
      let path = try folder.write("data_batch_1.bin", bytes)
      ChineseText.expect(
        error {
          var contents = RecordFile.Contents()
          try RecordFile.read(path, shape: .units(2), classes: 3, limit: 99, into: &contents)
        }, names: [path, found])
    }
    let names = try folder.write("names", "a\n\nb")
    ChineseText.expect(
      error { _ = try RecordFile.readNames(names, count: 2, limit: 99) }, names: [names, "3 行，其中有空行"])
    ChineseText.expect(
      error { try TarFile.read(names, sizes: [:]) { _, _ in } }, names: [names, "tar 归档"])
    ChineseText.expect(
      error { _ = try FileBytes.read(folder.path) }, names: [folder.path, "不是文件"])
    ChineseText.expect(
      error { _ = try FileBytes.read(folder.path + "/none") }, names: ["/none", "没有那个文件或目录"])
  }

  @Test func aDownloadThatFailsIsTold() throws {
    let file = DatasetDescription.fashionMNIST.files[3]
    let text = error {
      try Download(file, of: .fashionMNIST, from: ["http://127.0.0.1:9/"], into: folder.path).run { _ in true
      }
    }
    // What curl itself says is curl's.
    #expect(
      text.hasPrefix("http://127.0.0.1:9/\(file.fetchedName)：") && text.hasSuffix("否则程序使用自带的小样本。"), "\(text)")
    ChineseText.expect(
      error {
        try Download(file, of: .mnist, from: ["http://127.0.0.1:9/"], into: folder.path).run { _ in false }
      },
      names: ["已中断", "'fmnist-tui data fetch mnist'"])
  }

  @Test func whatIsDoneToAPictureIsTold() throws {
    for dataset in [DatasetDescription.fashionMNIST, .mnist, .cifar10] {
      for level in [0, 200] as [UInt8] {
        let path = try folder.write(
          "picture.png",
          Array(
            PNGPicture(width: 50, height: 40, colorType: .rgba) { x, y in
              x > 9 && y > 9 && x < 30 ? [255 - level, 90, 30, 255] : [level, level, level, y < 3 ? 0 : 255]
            }.bytes))
        let notes = try Language.$scoped.withValue(.chinese) {
          try SamplePicture(pngPath: path, for: dataset).notes
        }
        #expect(!notes.isEmpty)
        for note in notes { ChineseText.expect(note, names: []) }
      }
    }
  }

  @Test func everyDataSetIsDescribedInBothLanguages() {
    for dataset in DatasetDescription.all {
      Language.$scoped.withValue(.chinese) {
        ChineseText.expect(dataset.pictureStyle.subject, names: [])
        #expect(ChineseText.englishWords(in: dataset.instructions ?? "") == nil)
        ChineseText.expect(dataset.remedy, names: ["--data"])
        ChineseText.expect(dataset.task.kind.samplesWord, names: [])
        if let formula = dataset.synthesis?.formula { ChineseText.expect(formula, names: ["N(0, 1)"]) }
      }
      #expect(dataset.licensing.english != dataset.licensing.chinese)
      // What is kept and compared is the same in both.
      let (english, chinese) = (
        Language.$scoped.withValue(.english) { DatasetDescription(key: dataset.key) },
        Language.$scoped.withValue(.chinese) { DatasetDescription(key: dataset.key) }
      )
      #expect(english == chinese)
    }
  }

  /// Files keep the names of the classes, and so do pictures in folders of one's own.
  @Test func knownClassesHaveChineseNames() {
    for dataset in [DatasetDescription.fashionMNIST, .cifar10] {
      let (english, chinese) = inBoth { dataset.shownClassNames }
      #expect(english == dataset.task.classNames)
      #expect(Set(chinese).count == 10 && chinese.allSatisfy { $0.hasChinese })
    }
    let own = DatasetDescription.cifar10.found(
      classNames: ["cat", "dog"], storedShape: DatasetDescription.cifar10.storedShape)
    for dataset in [own, DatasetDescription.mnist] {
      #expect(inBoth { dataset.shownClassNames }.chinese == dataset.task.classNames)
    }
  }
}

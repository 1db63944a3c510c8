import Foundation
import NeuralNetwork
import TestSupport
import Testing

@testable import Datasets

@Suite struct ImageFolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func picture(
    _ path: String, width: Int = 6, height: Int = 6, kind: PNGPicture.ColorType = .grey, level: UInt8 = 100
  ) throws {
    let url = URL(filePath: folder.path + "/" + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    let pixel: [UInt8] =
      switch kind {
      case .rgb: [level, 0, 255]
      case .rgba: [level, 0, 255, 0]
      default: [level]
      }
    try Data(PNGPicture(width: width, height: height, colorType: kind) { _, _ in pixel }.bytes).write(to: url)
  }

  /// Two classes with two training pictures each and one to test.
  private func fill(kind: PNGPicture.ColorType = .grey) throws {
    for (index, name) in ["cat", "Zebra"].enumerated() {
      for number in 0..<2 {
        try picture("train/\(name)/\(number).png", kind: kind, level: UInt8(100 * index + number))
      }
      try picture("test/\(name)/0.PNG", kind: kind, level: UInt8(50 * index))
    }
  }

  private func load(_ description: DatasetDescription = .folder) throws -> Dataset {
    try Dataset.load(description, directory: folder.path, environment: [:])
  }

  private func error(_ description: DatasetDescription = .folder) -> DatasetError? {
    #expect(throws: DatasetError.self) { try load(description) }
  }

  @Test func classesAreTheFoldersInTheOrderOfTheirNames() throws {
    try fill()
    let dataset = try load()
    // Capitals come before small letters, as Python sorts names.
    #expect(dataset.description.task.classNames == ["Zebra", "cat"])
    #expect(dataset.train.labels == [0, 0, 1, 1] && dataset.test.labels == [0, 1])
    #expect(dataset.train.shape == .image(channels: 1, height: 6, width: 6))
    #expect(
      dataset.train.pixels[0] == 100 && dataset.train.pixels[36] == 101 && dataset.train.pixels[72] == 0)
    #expect(dataset.description.foundShape == [1, 6, 6])
    #expect(DatasetDescription.folder.resized(to: 32).shape == .image(channels: 3, height: 32, width: 32))
  }

  @Test func oneColouredPictureMakesAllColoured() throws {
    try fill()
    try picture("train/cat/9.png", kind: .rgb, level: 7)
    let dataset = try load()
    #expect(dataset.train.shape == .image(channels: 3, height: 6, width: 6))
    #expect(Array(dataset.train.pixels.suffix(3)) == [7, 0, 255])
    #expect(Array(dataset.train.pixels.prefix(3)) == [100, 100, 100])
  }

  @Test func transparentPartsAreBlack() throws {
    try fill(kind: .rgba)
    #expect(try load().train.pixels.allSatisfy { $0 == 0 })
  }

  @Test func otherNamesAndWhatBeginsWithADotArePassedOver() throws {
    try fill()
    try picture("train/.hidden/0.png")
    try picture("train/cat/.0.png", width: 3)
    try folder.write("train/cat/notes.txt", "no picture")
    try folder.write("train/README", "no class")
    #expect(try load().train.count == 4)
  }

  @Test func differentSizesNeedOneThatIsGiven() throws {
    try fill()
    try picture("train/cat/5.png", width: 9, height: 4)
    let found = error()
    #expect(found?.found == "9 × 4 pixels" && found?.remedy.contains("--image-size") == true)
    let dataset = try load(.folder.resized(to: 8))
    #expect(dataset.train.shape == .image(channels: 1, height: 8, width: 8) && dataset.train.count == 5)
  }

  @Test func aFolderThatIsNoDataSetIsSaidToBe() throws {
    #expect(error()?.found == "no folder 'train'")
    try picture("train/cat/0.png")
    #expect(error()?.found == "no folder 'test'")
    try picture("test/cat/0.png")
    #expect(error()?.found == "1 folder")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/train/dog", withIntermediateDirectories: true)
    let empty = error()
    #expect(empty?.found == "no PNG files" && empty?.path.hasSuffix("train/dog") == true)
    try folder.write("train/dog/0.jpeg", "no picture")
    #expect(error()?.found == "no PNG files among 1 names")
    try picture("train/dog/0.png")
    #expect(try load().test.count == 1)
    try picture("test/horse/0.png")
    #expect(error()?.found == "a class that 'train' does not have")
    #expect(error()?.kind == .invalid)
  }

  @Test func testPicturesThereMustBe() throws {
    try picture("train/a/0.png")
    try picture("train/b/0.png")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/test/a", withIntermediateDirectories: true)
    #expect(error()?.found == "no PNG files" && error()?.path.hasSuffix("/test") == true)
  }

  @Test func damagedAndHostileFilesAreNamed() throws {
    try fill()
    let path = "train/cat/7.png"
    func error(_ bytes: [UInt8]) throws -> DatasetError? {
      try folder.write(path, bytes)
      let error = self.error()
      #expect(error?.path.hasSuffix(path) == true)
      return error
    }
    #expect(try error(Array("GIF89a".utf8))?.found == "no PNG file")
    #expect(try error([])?.found == "no PNG file")
    var huge = PNGPicture(width: 6, height: 6) { _, _ in [1] }.bytes
    huge.replaceSubrange(16..<24, with: [0x7F, 255, 255, 255, 0x7F, 255, 255, 255])
    #expect(try error(huge)?.expected == "at most 67 million")
    let whole = PNGPicture(width: 6, height: 6) { _, _ in [1] }.bytes
    #expect(try error(Array(whole.prefix(50)))?.kind == .invalid)
    try FileManager.default.removeItem(atPath: "\(folder.path)/\(path)")
    #expect(mkfifo("\(folder.path)/\(path)", 0o600) == 0)
    #expect(self.error()?.found == "not a file")
    unlink("\(folder.path)/\(path)")
    #expect(symlink("/nonexistent", "\(folder.path)/\(path)") == 0)
    #expect(self.error()?.kind == .missing)
  }

  @Test func aLinkThatLeadsInACircleIsNoClass() throws {
    try fill()
    #expect(symlink("..", folder.path + "/train/loop") == 0)
    #expect(error()?.found.hasPrefix("no PNG files") == true)
    unlink(folder.path + "/train/loop")
    #expect(symlink(folder.path + "/train/circle", folder.path + "/train/circle") == 0)
    #expect(try load().description.task.classNames == ["Zebra", "cat"])
  }

  @Test func namesWithEscapeSequencesStayNames() throws {
    try fill()
    try picture("train/\u{1B}[31mred/0.png")
    #expect(try load().description.task.classNames.first == "\u{1B}[31mred")
  }

  @Test func moreImagesThanTheMemoryHoldsAreRefusedWithTheFigure() throws {
    try fill()
    // 67 million pixels each by their headers: nothing of them is read.
    for number in 0..<3000 {
      let path = "\(folder.path)/train/cat/h\(number).png"
      if number > 0 {
        #expect(link("\(folder.path)/train/cat/h0.png", path) == 0)
        continue
      }
      var bytes = PNGPicture(width: 6, height: 6) { _, _ in [1] }.bytes
      bytes.replaceSubrange(16..<24, with: [0, 0, 0x20, 0, 0, 0, 0x20, 0])
      try Data(bytes).write(to: URL(filePath: path))
    }
    for name in ["train/cat/0.png", "train/cat/1.png", "train/Zebra/0.png", "train/Zebra/1.png"] {
      try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
    }
    try FileManager.default.removeItem(atPath: "\(folder.path)/test")
    for path in ["train/Zebra", "test/cat"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/\(path)", withIntermediateDirectories: true)
      #expect(link("\(folder.path)/train/cat/h0.png", "\(folder.path)/\(path)/0.png") == 0)
    }
    let error = error()
    #expect(error?.found == "3002 images of 1 × 8192 × 8192 numbers, which need 201.5 GB of memory")
    #expect(error?.expected.contains(" GB ") == true)
  }

  @Test func learnedClassesMustBeThere() throws {
    try fill()
    let learned = try load().description
    #expect(try load(learned).description == learned)
    let size = error(
      learned.found(classNames: ["Zebra", "cat"], storedShape: .image(channels: 1, height: 7, width: 7)))
    #expect(size?.found == "images of 6 × 6 pixels" && size?.expected.hasPrefix("7 × 7") == true)
    // Colours are learned from in colour, whatever the pictures are.
    let coloured = learned.found(
      classNames: ["Zebra", "cat"], storedShape: .image(channels: 3, height: 6, width: 6))
    #expect(try load(coloured).train.channels == 3)
    try picture("train/dog/0.png")
    let error = error(learned)
    #expect(error?.found == "the classes Zebra, cat, dog")
  }

  @Test func aFolderIsDescribedAtAGlance() throws {
    try fill(kind: .rgb)
    let described = try Dataset.description(of: .folder, directory: folder.path, environment: [:])
    #expect(try described == load().description)
    #expect(try Dataset.description(of: .mnist, directory: "/nonexistent", environment: [:]) == .mnist)
  }
}

import Foundation
import TestSupport
import Testing

/// The program with data sets of other kinds than Fashion-MNIST, small ones made up.
@Suite struct OtherDatasetTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private static let names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]

  /// CIFAR's files, of 30 images each: the class is a bright bar in the colour of the class.
  private func records() throws -> String {
    let files = (1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"]
    for file in files {
      var bytes: [UInt8] = []
      for image in 0..<30 {
        let label = image % 10
        bytes.append(UInt8(label))
        for channel in 0..<3 {
          let level: UInt8 = (label + channel) % 3 > 0 ? 230 : 40
          for place in 0..<1024 { bytes.append(place / 96 == label ? level : UInt8(image)) }
        }
      }
      try folder.write(file, bytes)
    }
    try folder.write("batches.meta.txt", Self.names.joined(separator: "\n") + "\n\n")
    return folder.path
  }

  private func train(
    _ data: [String], _ options: [String] = [], classes: Int = 10
  ) throws -> Executable.Result {
    let network = "conv 4x3 stride 2 relu gap linear \(classes)"
    return try Executable.run(
      [
        "train", "--no-compare", "--format", "text", "--network", network, "--epochs", "1", "--lr", "0.1",
        "--batch-size", "32", "--runs-dir", folder.path + "/runs",
      ] + data + options)
  }

  @Test func colourIsTrainedPredictedExportedAndGoneOnWith() throws {
    let data = ["--dataset", "cifar10", "--data", try records()]
    let trained = try train(data, ["--normalize", "train", "--augment", "flip,crop=4,cutout=8"])
    #expect(trained.status == 0, "\(trained.error)")
    #expect(trained.output.contains("CIFAR-10") && trained.output.contains("pixels normalised by 0."))
    let record = try folder.text("runs/exp1/run.json")
    #expect(record.contains("\"dataset_classes\"") && !record.contains("\"normalize\": \"train\""))
    let shown = try Executable.run(["data", "show", "3"] + data)
    #expect(shown.output.contains("label 3, four") && shown.status == 0)
    let checkpoint = folder.path + "/runs/exp1"
    // The data set, its classes and the normalisation are those of the session.
    let predicted = try Executable.run(
      [
        "predict", "--checkpoint", checkpoint, "--image", "3", "--mc", "1", "--data", folder.path, "--format",
        "jsonl",
      ])
    #expect(
      predicted.status == 0 && predicted.output.contains("\"label_name\":\"four\""), "\(predicted.error)")
    let picture = folder.path + "/picture.png"
    try PNGPicture(width: 40, height: 40) { x, _ in [UInt8(x)] }.write(to: picture)
    let grey = try Executable.run(
      ["predict", "--checkpoint", checkpoint, "--image", picture, "--mc", "1", "--format", "jsonl"])
    #expect(grey.status == 0 && grey.output.contains("a grey picture: red, green and blue are alike"))
    #expect(grey.output.contains("scaled from 40 × 40 to 32 × 32"))
    let exported = try Executable.run(["export", checkpoint, "--onnx", folder.path + "/model.onnx"])
    #expect(exported.status == 0, "\(exported.error)")
    let resumed = try Executable.run(
      ["train", "--resume", checkpoint, "--epochs", "2", "--data", folder.path, "--format", "text"])
    #expect(resumed.status == 0, "\(resumed.error)")
    let replayed = try Executable.run(["replay", checkpoint, "--data", folder.path])
    #expect(replayed.status == 0, "\(replayed.error)")
  }

  @Test func imagesAreResizedAndTheSizeIsKept() throws {
    let data = ["--dataset", "cifar10", "--data", try records()]
    let trained = try train(data, ["--image-size", "40"])
    #expect(trained.status == 0 && trained.output.contains("resized to 40 × 40"), "\(trained.error)")
    #expect(try folder.text("runs/exp1/run.json").contains("\"image-size\": 40"))
    let resumed = try Executable.run(
      [
        "train", "--resume", folder.path + "/runs/exp1", "--epochs", "2", "--data", folder.path, "--format",
        "text",
      ])
    #expect(resumed.status == 0, "\(resumed.error)")
    let refused = try Executable.run(["data", "info", "--image-size", "3"] + data)
    #expect(
      refused.status == 64 && refused.error.contains("--image-size 3: images have 4...512 pixels a side"))
  }

  @Test func aFolderOfPicturesIsTrained() throws {
    for (label, name) in ["cat", "dog", "\u{1B}[31mred"].enumerated() {
      for split in ["train", "test"] {
        let path = "\(folder.path)/pictures/\(split)/\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for number in 0..<(split == "train" ? 20 : 4) {
          try PNGPicture(width: 8 + number % 2, height: 8, colorType: .rgb) { x, _ in
            [UInt8(x * 20), UInt8(label * 100), UInt8(number)]
          }.write(to: "\(path)/\(number).png")
        }
      }
    }
    let data = ["--dataset", "folder", "--data", folder.path + "/pictures"]
    let refused = try train(data, classes: 3)
    #expect(refused.status != 0 && refused.error.contains("--image-size"))
    let trained = try train(data + ["--image-size", "8"], classes: 3)
    #expect(
      trained.status == 0 && trained.output.contains("60 training and 12 test images"), "\(trained.error)")
    let info = try Executable.run(["data", "info", "--image-size", "8"] + data)
    #expect(info.output.contains("8 x 8 pixels in colour, 3 classes") && !info.output.contains("\u{1B}"))
    let predicted = try Executable.run(
      [
        "predict", "--checkpoint", folder.path + "/runs/exp1", "--mc", "1", "--image", "0", "--data",
        folder.path + "/pictures", "--format", "jsonl",
      ])
    #expect(predicted.status == 0, "\(predicted.error)")
    let sweep = try Executable.run(
      [
        "sweep", "--lr", "0.1,0.2", "--epochs", "1", "--format", "text", "--runs-dir",
        folder.path + "/sweeps",
        "--network", "conv 4x3 relu gap linear 3", "--image-size", "8",
      ] + data)
    #expect(sweep.status == 0, "\(sweep.error)")
  }

  @Test func whatIsNotFetchedSaysWhereItComesFrom() throws {
    for (name, place) in [("emnist-letters", "gzip.zip"), ("folder", "'train' and 'test'")] {
      let result = try Executable.run(["data", "fetch", name])
      #expect(result.status == 64 && result.error.contains(place), "\(result.error)")
    }
    let help = try Executable.run(["data", "fetch", "--help"])
    #expect(help.output.contains("licence unknown: fetched on request, never bundled"))
  }

  @Test func anArchiveThatIsNotTheOfficialOneIsNotKept() throws {
    let path = folder.path + "/cache"
    let result = try Executable.run(
      script: "XDG_CACHE_HOME='\(path)' exec \"$@\"",
      ["data", "fetch", "cifar10", "--from", "http://127.0.0.1:1"])
    #expect(result.status == 69 && result.error.contains("127.0.0.1:1/cifar-10-binary.tar.gz"))
  }
}

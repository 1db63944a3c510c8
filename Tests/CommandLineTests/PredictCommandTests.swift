import Datasets
import Foundation
import TestSupport
import Testing

/// A trained session and pictures in a folder that is removed with its owner.
private final class PredictionFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "fmnist-tui-\(UUID())")
      .path(percentEncoded: false)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    _ = try Executable.run(
      Executable.short + ["--no-tui", "--quiet", "--runs-dir", runs, "--name", "trained"])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var runs: String { path + "/runs" }

  func picture(_ name: String, _ picture: PNGPicture) throws -> String {
    try picture.write(to: "\(path)/\(name)")
    return "\(path)/\(name)"
  }

  func predict(_ arguments: [String]) throws -> Executable.Result {
    try Executable.run(["predict", "--data", Executable.sample, "--runs-dir", runs] + arguments)
  }

  func objects(_ arguments: [String]) throws -> [[String: Any]] {
    let result = try predict(arguments + ["--format", "jsonl"])
    return try result.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }
}

/// Pictures of a dark shirt (or a bright one), 5 × 4 blocks of 8 pixels on the background.
enum ShirtPicture {
  private static let shape = [
    "#.###.#.", "########", "#.####.#", "..####..", "..####..", "..####..",
  ]

  static func isGarment(_ x: Int, _ y: Int) -> Bool {
    let (row, column) = (y / 8 - 1, x / 8 - 2)
    guard shape.indices.contains(row), (0..<8).contains(column) else { return false }
    return Array(shape[row])[column] == "#"
  }

  static func rgb() -> PNGPicture {
    PNGPicture(width: 96, height: 64, colorType: .rgb) {
      isGarment($0, $1) ? [20, 30, 90] : [255, 255, 255]
    }
  }

  static func deepGrey() -> PNGPicture {
    PNGPicture(width: 96, height: 64, depth: 16) { isGarment($0, $1) ? [0xC8, 0x12] : [0, 0] }
  }

  static func palette() -> PNGPicture {
    PNGPicture(width: 96, height: 64, colorType: .palette, palette: [240, 240, 240, 0, 0, 0]) {
      [isGarment($0, $1) ? 1 : 0]
    }
  }

  static func transparent(garment: UInt8) -> PNGPicture {
    PNGPicture(width: 96, height: 64, colorType: .rgba) {
      isGarment($0, $1) ? [garment, garment, garment, 255] : [77, 77, 77, 0]
    }
  }

  static func pixel() -> PNGPicture { PNGPicture(width: 1, height: 1) { _, _ in [200] } }
}

@Suite struct GarmentPictureTests {
  private func read(_ picture: PNGPicture) throws -> GarmentPicture {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).png")
      .path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try picture.write(to: path)
    return try GarmentPicture(pngPath: path)
  }

  @Test func everyKindOfPictureBecomesABrightGarmentOnBlack() throws {
    let kinds: [(PNGPicture, [String], brightness: ClosedRange<UInt8>)] = [
      (ShirtPicture.rgb(), ["colours became greys", "inverted"], 200...230),
      (ShirtPicture.deepGrey(), [], 195...205),
      (ShirtPicture.palette(), ["colours became greys", "inverted"], 255...255),
      (
        ShirtPicture.transparent(garment: 0), ["colours became greys", "laid on white", "inverted"], 255...255
      ),
      (ShirtPicture.transparent(garment: 250), ["colours became greys", "laid on black"], 250...250),
    ]
    for (picture, notes, brightness) in kinds {
      let garment = try read(picture)
      for note in notes { #expect(garment.notes.contains { $0.hasPrefix(note) }, "\(garment.notes)") }
      #expect(garment.notes.contains("cropped to the garment, 64 × 48 of 96 × 64 pixels from (16, 8)"))
      #expect(garment.notes.contains("scaled from 64 × 48 to fit into 28 × 28"))
      #expect(garment.notes.count == notes.count + 2)
      #expect(garment.pixels.count == 784)
      // 64 × 48 becomes 28 × 21, with three empty rows above and four below.
      #expect(garment.pixels[0..<84].allSatisfy { $0 == 0 } && garment.pixels[672...].allSatisfy { $0 == 0 })
      #expect(brightness.contains(garment.pixels[14 * 28 + 13]), "\(garment.pixels[14 * 28 + 13])")
      #expect(garment.pixels[14 * 28 + 1] == 0, "beside the shirt")
    }
  }

  @Test func anImageOfTheDataSetStaysAsItIs() throws {
    let pixels = (0..<784).map { place in
      let (y, x) = place.quotientAndRemainder(dividingBy: 28)
      return (5..<20).contains(x) && (3..<25).contains(y) ? UInt8(x * 9 + y) : 0
    }
    let picture = PNGPicture(width: 28, height: 28) { [pixels[$1 * 28 + $0]] }
    let garment = try read(picture)
    #expect(garment.pixels == pixels && garment.notes.isEmpty)
    let negative = PNGPicture(width: 28, height: 28) { [255 - pixels[$1 * 28 + $0]] }
    #expect(try read(negative).pixels == pixels)
  }

  @Test func aPictureOfOneColourSaysSo() throws {
    let garment = try read(ShirtPicture.pixel())
    #expect(garment.notes.contains("no garment found: the picture has one colour"))
    #expect(garment.pixels.allSatisfy { $0 == 0 })
    let black = try read(PNGPicture(width: 28, height: 28) { _, _ in [0] })
    #expect(black.notes == ["no garment found: the picture has one colour"])
  }

  @Test func whatCannotBeReadIsRefusedByName() throws {
    let whole = ShirtPicture.rgb().bytes
    var huge = whole
    huge.replaceSubrange(16..<24, with: [0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0])
    var hollow = whole
    hollow.replaceSubrange(16..<24, with: [0, 0, 0x1F, 0x40, 0, 0, 0x1F, 0x40])
    var damaged = whole
    damaged[200] ^= 0xFF
    let cases: [([UInt8], String)] = [
      ([], "no PNG file"), (Array("GIF89a".utf8), "no PNG file"),
      (Array(repeating: 7, count: 100), "no PNG file"), (Array(whole.prefix(30)), "damaged"),
      (Array(whole.prefix(whole.count / 2)), "damaged"), (damaged, "damaged"),
      (huge, "100000 × 100000 pixels"), (hollow, "8000 × 8000 pixels declared by"),
    ]
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).png")
      .path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    for (bytes, found) in cases {
      try Data(bytes).write(to: URL(filePath: path))
      let error = try #require(throws: DatasetError.self) { try GarmentPicture(pngPath: path) }
      #expect(error.kind == .invalid && error.path == path && error.found.hasPrefix(found), "\(error)")
      #expect(error.remedy.contains("magick"))
    }
    let missing = try #require(throws: DatasetError.self) { try GarmentPicture(pngPath: "/nonexistent.png") }
    #expect(missing.kind == .missing)
    let folder = try #require(throws: DatasetError.self) { try GarmentPicture(pngPath: "/") }
    #expect(folder.found == "not a file")
  }
}

@Suite struct PredictCommandTests {
  @Test func aTestImageIsAnsweredInEveryFigure() throws {
    let folder = try PredictionFolder()
    let objects = try folder.objects(
      ["--checkpoint", "trained", "--image", "0", "--image", "999", "--mc", "50"])
    #expect(objects.map { $0["image"] as? Int } == [0, 999])
    let first = try #require(objects.first)
    #expect(first["schema"] as? Int == 1)
    #expect((first["checkpoint"] as? String)?.hasSuffix("trained/checkpoints/A-best.safetensors") ?? false)
    #expect(first["label"] as? Int == 9 && first["label_name"] as? String == "Ankle boot")
    #expect(first["file"] is NSNull && first["mc_passes"] as? Int == 50)
    let probabilities = try #require(first["probabilities"] as? [Double])
    let means = try #require(first["mc_mean_probabilities"] as? [Double])
    let deviations = try #require(first["mc_standard_deviations"] as? [Double])
    #expect(probabilities.count == 10 && abs(probabilities.reduce(0, +) - 1) < 1e-5)
    #expect(means.count == 10 && abs(means.reduce(0, +) - 1) < 1e-5)
    #expect(deviations.contains { $0 > 1e-5 }, "run A has dropout")
    let prediction = try #require(first["mc_prediction"] as? Int)
    #expect(means.max() == means[prediction])
    for key in [
      "entropy_nats", "mc_agreement", "mc_predictive_entropy_nats", "mc_mutual_information_nats",
    ] {
      #expect((first[key] as? Double).map { $0 >= 0 && $0 < 2.31 } ?? false, "\(key)")
    }
    let again = try folder.objects(["--image", "0", "--mc", "50"])
    #expect(
      again.count == 1 && again[0]["mc_mean_probabilities"] as? [Double] == means, "'latest' is the default")
    let other = try folder.objects(["--image", "0", "--mc", "50", "--of", "B", "--weights", "latest"])
    let spread = try #require(other[0]["mc_standard_deviations"] as? [Double])
    #expect(spread.allSatisfy { $0 < 1e-7 }, "run B has no dropout")
  }

  @Test func textNamesTheClassesAndTheSpread() throws {
    let folder = try PredictionFolder()
    let shirt = try folder.picture("shirt.png", ShirtPicture.rgb())
    let result = try folder.predict(["--image", "3", "--image", shirt, "--mc", "20"])
    #expect(result.status == 0 && result.error.isEmpty)
    let lines = result.output.components(separatedBy: "\n")
    #expect(lines[0].hasPrefix("test image 3: label "))
    #expect(lines.count(where: { $0.hasPrefix("20 passes with dropout") }) == 2)
    #expect(lines.count(where: { $0.contains("agreement") && $0.hasSuffix("nats") }) == 2)
    #expect(lines.count(where: { $0.hasPrefix("Ankle boot") && $0.contains("±") }) == 2)
    #expect(result.output.contains("right") || result.output.contains("wrong"))
    #expect(lines.contains(shirt))
    #expect(result.output.contains("inverted, because the background is bright"))
    let ascii = try folder.predict(["--image", shirt, "--ascii"])
    #expect(ascii.output.allSatisfy { $0.isASCII })
  }

  @Test func aFolderGoesOnAfterAPictureThatCannotBeRead() throws {
    let folder = try PredictionFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/pictures", withIntermediateDirectories: true)
    _ = try folder.picture("pictures/a.png", ShirtPicture.rgb())
    try Data(ShirtPicture.rgb().bytes.prefix(1000)).write(to: URL(filePath: folder.path + "/pictures/b.png"))
    _ = try folder.picture("pictures/c.PNG", ShirtPicture.deepGrey())
    try Data("no picture".utf8).write(to: URL(filePath: folder.path + "/pictures/notes.txt"))
    let result = try folder.predict(["--image", folder.path + "/pictures", "--format", "jsonl"])
    #expect(result.status == 65)
    #expect(result.output.split(separator: "\n").count == 2)
    #expect(result.output.contains("pictures/a.png") && result.output.contains("pictures/c.PNG"))
    #expect(result.error.hasPrefix("Error: \(folder.path)/pictures/b.png: damaged"))
    #expect(result.error.split(separator: "\n").count == 1)
  }

  @Test func weightsThatTellNothingAreGivenTheirDropout() throws {
    let folder = try PredictionFolder()
    let bare = folder.path + "/bare.safetensors"
    try Self.withoutMetadata(folder.runs + "/trained/checkpoints/A-best.safetensors").write(
      to: URL(filePath: bare))
    let plain = try folder.predict(["--checkpoint", bare, "--image", "0", "--mc", "30"])
    #expect(plain.status == 0)
    #expect(plain.error.hasPrefix("\(bare) does not tell --dropout and --activation: assuming 0 and relu."))
    let told = try folder.objects(
      ["--checkpoint", bare, "--image", "0", "--mc", "30", "--dropout", "0.2", "--activation", "relu"])
    let known = try folder.objects(["--image", "0", "--mc", "30"])
    #expect(told[0]["mc_standard_deviations"] as? [Double] == known[0]["mc_standard_deviations"] as? [Double])
  }

  /// The same tensors in a file that says nothing about them.
  private static func withoutMetadata(_ path: String) throws -> Data {
    let file = try Data(contentsOf: URL(filePath: path))
    let length = file[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    var header = try #require(
      try JSONSerialization.jsonObject(with: file[8..<8 + length]) as? [String: Any])
    header["__metadata__"] = nil
    let text = try JSONSerialization.data(withJSONObject: header)
    return Data((0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }) + text
      + file[(8 + length)...]
  }

  @Test func whatCannotBeAnsweredSaysWhatToDo() throws {
    let folder = try PredictionFolder()
    let cases: [([String], Int32, String)] = [
      (["--image", "1000"], 64, "0...999"), (["--image", "0", "--mc", "0"], 64, "1...10000"),
      ([], 64, "--image"), (["--image", "0", "--checkpoint", "nowhere"], 66, "nowhere"),
      (["--image", "/nonexistent.png"], 66, "/nonexistent.png: No such file"),
      (["--image", folder.path], 66, "no PNG files"),
      (["--image", "0", "--dropout", "0.1,0.2"], 64, "--dropout"),
      (["--image", "0", "--of", "C"], 66, "A, B"),
    ]
    for (arguments, status, text) in cases {
      let result = try folder.predict(arguments)
      #expect(result.status == status, "\(arguments) \(result.error)")
      #expect(result.error.contains(text), "\(arguments) \(result.error)")
      #expect(result.output.isEmpty)
    }
  }
}

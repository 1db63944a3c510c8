import Datasets
import Foundation
import Sessions
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
    let isFile = arguments.contains { $0.hasSuffix(".safetensors") }
    let asksForTest = zip(arguments, arguments.dropFirst()).contains { $0 == "--image" && Int($1) != nil }
    return try Executable.run(
      ["predict"] + (asksForTest ? ["--data", Executable.sample] : []) + (isFile ? [] : ["--runs-dir", runs])
        + arguments)
  }

  func objects(_ arguments: [String]) throws -> [[String: Any]] {
    let result = try predict(arguments + ["--format", "jsonl"])
    return try result.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
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

  /// A file is one whatever it is called, and what is wrong with it is not blamed on right options.
  @Test func weightsOfOtherNamesAreTold() throws {
    let folder = try PredictionFolder()
    let trained = folder.runs + "/trained/checkpoints/A-best.safetensors"
    let copy = folder.path + "/weights.bin"
    try FileManager.default.copyItem(atPath: trained, toPath: copy)
    let arguments = ["--image", "0", "--mc", "1", "--data", Executable.sample]
    #expect(try Executable.run(["predict", "--checkpoint", copy] + arguments).status == 0)
    let tensors = try SafetensorsFile(path: trained).tensors
    let others = tensors.map { tensor in
      StoredTensor(
        "fc" + tensor.name.replacing(".", with: "_"), shape: tensor.shape, .float32(tensor.float32 ?? []))
    }
    try SafetensorsFile(others).write(to: copy)
    let result = try Executable.run(["predict", "--checkpoint", copy, "--dropout", "0.2"] + arguments)
    #expect(result.status == 65, "\(result.error)")
    #expect(result.error.contains("its tensors are called 'fc1_bias'"), "\(result.error)")
    // A sweep is no session.
    try FileManager.default.createDirectory(
      atPath: folder.runs + "/sweep1", withIntermediateDirectories: false)
    try Data("{}".utf8).write(to: URL(filePath: folder.runs + "/sweep1/sweep.json"))
    let sweep = try folder.predict(["--checkpoint", "sweep1", "--image", "0"])
    #expect(sweep.status == 66 && sweep.error.contains("it is a sweep, and no session"), "\(sweep.error)")
    let none = try Executable.run(["predict", "--checkpoint", folder.path + "/", "--image", "0"])
    #expect(none.error.contains("there is no session (no run.json)"), "\(none.error)")
  }

  @Test func hugeWeightsThatGiveNaNHaveNoAnswerAndInfiniteOnesAreRefused() throws {
    let folder = try PredictionFolder()
    let file = try SafetensorsFile(path: folder.runs + "/trained/checkpoints/A-best.safetensors")
    func write(_ value: Float, _ name: String) throws -> String {
      let tensors = file.tensors.map { tensor in
        guard tensor.name == "1.weight", let values = tensor.float32 else { return tensor }
        return StoredTensor(tensor.name, shape: tensor.shape, .float32(values.map { _ in value }))
      }
      try SafetensorsFile(tensors, metadata: file.metadata).write(to: folder.path + name)
      return folder.path + name
    }
    for value in [Float.infinity, -.infinity] {
      let path = try write(value, "/infinite.safetensors")
      let refused = try folder.predict(["--checkpoint", path, "--image", "0"])
      #expect(
        refused.status == 65 && refused.error.contains("the tensor 1.weight has a number that is infinite"))
    }
    let infinite = try write(.greatestFiniteMagnitude, "/huge.safetensors")
    let object = try #require(folder.objects(["--checkpoint", infinite, "--image", "0"]).first)
    for key in ["prediction", "prediction_name", "mc_prediction", "mc_prediction_name"] {
      #expect(object[key] is NSNull, "\(key)")
    }
    let text = try folder.predict(["--checkpoint", infinite, "--image", "0"]).output
    #expect(text.contains("no answer: what the network calculates is NaN"))
    #expect(!text.contains("wrong") && !text.contains("right"))
  }

  @Test func whatCannotBeAnsweredSaysWhatToDo() throws {
    let folder = try PredictionFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/drawn", withIntermediateDirectories: true)
    let picture = try folder.picture("drawn/shirt.png", ShirtPicture.rgb())
    let cases: [([String], Int32, String)] = [
      (["--image", "1000"], 64, "0...999"), (["--image", "0", "--mc", "0"], 64, "1...10000"),
      ([], 64, "--image"), (["--image", "0", "--checkpoint", "nowhere"], 66, "nowhere"),
      (["--image", "/nonexistent.png"], 66, "/nonexistent.png: No such file"),
      (["--image", folder.path], 66, "no PNG files"),
      (["--image", "0", "--dropout", "0.1,0.2"], 64, "--dropout"),
      (["--image", "0", "--of", "C"], 66, "A, B"),
      (["--image", picture, "--data", "/nonexistent"], 64, "--data /nonexistent has no effect on pictures"),
    ]
    for (arguments, status, text) in cases {
      let result = try folder.predict(arguments)
      #expect(result.status == status, "\(arguments) \(result.error)")
      #expect(result.error.contains(text), "\(arguments) \(result.error)")
      #expect(result.output.isEmpty)
    }
  }
}

import Foundation
import TestSupport
import Testing

@Suite struct DataCommandTests {
  @Test func infoTellsWhereHowMuchAndWhetherItIsOfficial() throws {
    let result = try Executable.run(["data", "info", "--data", Executable.sample])
    #expect(result.status == 0)
    #expect(
      result.output.hasPrefix(
        "--data \(Executable.sample)\nFashion-MNIST, MIT, Zalando SE\n28 x 28 pixels, 10 classes\n"))
    let rows = result.output.components(separatedBy: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    #expect(rows.contains("9 Ankle boot 600 100"))
    #expect(rows.contains("all 6,000 1,000"))
    #expect(result.output.components(separatedBy: "not official").count == 5)
  }

  /// Fetches into an empty cache with another program called `curl`, after what the shell does `before`.
  private func fetch(curl: String, before: String = "") throws -> Executable.Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fmnist-tui-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let program = folder.appending(path: "curl").path(percentEncoded: false)
    try Data("#!/bin/sh\n\(curl)\n".utf8).write(to: URL(filePath: program))
    #expect(chmod(program, 0o755) == 0)
    let path = folder.path(percentEncoded: false)
    return try Executable.run(
      script: "export PATH='\(path)':$PATH XDG_CACHE_HOME='\(path)'; \(before)exec \"$@\"", ["data", "fetch"])
  }

  @Test func nothingThatCurlSaysFillsAPipe() throws {
    let result = try fetch(
      curl: "head -c 500000 /dev/zero | tr '\\0' x >&2; echo >&2; echo no; exit 7")
    #expect(result.status == 69)
  }

  @Test(arguments: [
    ("exit 7", "no reason given, exit status 7"), ("kill -9 $$", "ended by signal 9"),
    ("exec 2>&- >&-; sleep 0.3; exit 22", "no reason given, exit status 22"),
  ])
  func howCurlEndedIsTold(curl: String, told: String) throws {
    let result = try fetch(curl: curl)
    #expect(result.status == 69 && result.error.contains(told), "\(result.error)")
  }

  @Test func nobodyWaitsForWhatCurlLeavesBehind() throws {
    let began = ContinuousClock.now
    let result = try fetch(curl: "sleep 60 & echo gone >&2; exit 7")
    #expect(result.status == 69 && result.error.contains("gone"), "\(result.error)")
    #expect(ContinuousClock.now - began < .seconds(40))
  }

  @Test func aHomeThatIsNoPathFromTheRootIsNoPlaceForTheCache() throws {
    let result = try Executable.run(
      script: #"unset XDG_CACHE_HOME; HOME=here exec "$@""#,
      ["data", "fetch", "--from", "http://127.0.0.1:1"])
    #expect(result.status == 73 && result.error.contains("set HOME or XDG_CACHE_HOME"), "\(result.error)")
    #expect(!FileManager.default.fileExists(atPath: Executable.folder.appending(path: "here").path))
  }

  @Test func curlIsToldNothingByTheUsersSettings() throws {
    let result = try fetch(curl: "echo \"curl: $1\" >&2; exit 7")
    #expect(result.status == 69)
    #expect(result.error.contains("curl: --disable"))
  }

  @Test func curlInheritsNothingThatTheProgramWasStartedWith() throws {
    let curl = "[ -e /proc/$$/fd/7 ] && echo inherited >&2 || echo alone >&2; exit 7"
    let result = try fetch(curl: curl, before: "exec 7</dev/null; ")
    #expect(result.status == 69 && result.error.contains("alone"), "\(result.error)")
  }

  @Test func anIgnoredSignalOfEndingChildrenDoesNotHideHowCurlEnded() throws {
    let result = try Executable.run(
      script: "trap '' CHLD; XDG_CACHE_HOME=$(mktemp -d) exec \"$@\"",
      ["data", "fetch", "--from", "http://127.0.0.1:1"])
    #expect(result.status == 69 && result.error.contains("127.0.0.1:1"))
  }

  /// Five megabytes of zeros after a header of some gigabytes of images: the memory is that of what is in the file.
  @Test(.disabled(if: Executable.isSanitized, "a sanitizer needs more addresses than the limit leaves"))
  func aHeaderGetsNoMemoryThatTheFileDoesNotFill() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fmnist-tui-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: URL(filePath: Executable.sample), to: folder)
    let images = folder.appending(path: "train-images-idx3-ubyte.gz")
    // One stored block of 16 bytes: 6,000,000 images of 28 × 28.
    let header: [UInt8] = [0, 0, 8, 3, 0, 0x5B, 0x8D, 0x80, 0, 0, 0, 28, 0, 0, 0, 28]
    let member: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 16, 0, 0xEF, 0xFF] + header
    try Data(member + [UInt8](repeating: 0, count: 5_000_000)).write(to: images)
    let result = try Executable.run(
      script: "ulimit -v 2000000; exec \"$@\"",
      ["data", "info", "--data", folder.path(percentEncoded: false)])
    #expect(result.status == 65, "\(result.error)")
    #expect(result.error.contains("train-images-idx3-ubyte.gz"))
  }

  @Test func showDrawsAnImageInSevenBitCharactersIntoAPipe() throws {
    let result = try Executable.run(["data", "show", "0", "--split", "test", "--data", Executable.sample])
    let lines = result.output.components(separatedBy: "\n")
    #expect(result.status == 0)
    #expect(lines.count == 28 + 1 + 1)
    #expect(lines[28] == "test image 0: label 9, Ankle boot")
    #expect(result.output.allSatisfy { $0.isASCII })
    #expect(lines.prefix(28).contains { $0.contains("%%") })
  }

  @Test(arguments: ["1000", "-1"])
  func anImageThatThereIsNotIsStatus64(number: String) throws {
    let result = try Executable.run(["data", "show", "--data", Executable.sample, "--", number])
    #expect(result.status == 64)
    #expect(result.error.contains("images 0...999"))
  }

  @Test func aSessionSaysWhatItWasTrainedOn() throws {
    let runs = FileManager.default.temporaryDirectory.appending(path: "fmnist-tui-\(UUID())")
      .path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: runs) }
    let trained = try Executable.run(
      Executable.short + [
        "--dataset", "fashion-mnist", "--no-compare", "--runs-dir", runs, "--format", "jsonl", "--no-tui",
      ])
    #expect(trained.status == 0 && trained.output.contains(#""dataset":"fashion-mnist""#))
    let record = try String(contentsOfFile: runs + "/exp1/run.json", encoding: .utf8)
    #expect(record.contains(#""dataset": "fashion-mnist""#))
    let shown = try Executable.run(["runs", "show", "latest", "--runs-dir", runs])
    #expect(shown.output.contains("Fashion-MNIST"))
    let doctor = try Executable.run(["doctor", "--format", "json", "--data", Executable.sample])
    #expect(doctor.output.contains(#""dataset":"fashion-mnist""#))
    let unknown = try Executable.run(["train", "--dataset", "nothing"])
    #expect(unknown.status == 64 && unknown.error.contains("fashion-mnist"))
  }

  @Test(arguments: [("mnist", "MNIST", "7"), ("kmnist", "KMNIST", "tsu")])
  func anotherDataSetIsTrainedShownReplayedAndAsked(key: String, name: String, aClass: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fmnist-tui-\(UUID())")
      .path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (split, count) in [("train", 200), ("t10k", 100)] {
      let number: [UInt8] = [0, 0, 0, UInt8(count)]
      let pixels = (0..<count * 28 * 28).map { UInt8($0 % 251) }
      try Data([0, 0, 8, 3] + number + [0, 0, 0, 28, 0, 0, 0, 28] + pixels)
        .write(to: URL(filePath: "\(folder)/\(split)-images-idx3-ubyte"))
      try Data([0, 0, 8, 1] + number + (0..<count).map { UInt8($0 % 10) })
        .write(to: URL(filePath: "\(folder)/\(split)-labels-idx1-ubyte"))
    }
    let (data, runs) = (["--data", folder], ["--runs-dir", folder + "/runs"])
    let arguments = [
      "--dataset", key, "--hidden", "8", "--dropout", "0.2", "--epochs", "1", "--threads", "1",
      "--no-compare",
      "--no-tui",
    ]
    let trained = try Executable.run(arguments + data + runs)
    #expect(trained.status == 0 && (trained.output + trained.error).contains(name), "\(trained.error)")
    let record = try String(contentsOfFile: folder + "/runs/exp1/run.json", encoding: .utf8)
    #expect(record.contains("\"dataset\": \"\(key)\""))
    #expect(try Executable.run(["runs", "show", "latest"] + runs).output.contains(name))
    let replayed = try Executable.run(["replay", "latest"] + data + runs)
    #expect(replayed.status == 0, "\(replayed.error)")
    let asked = try Executable.run(["predict", "--image", "7"] + data + runs)
    #expect(asked.status == 0 && asked.output.contains("\n\(aClass) "), "\(asked.output) \(asked.error)")
    let info = try Executable.run(["data", "info", "--dataset", key] + data)
    #expect(info.output.contains("\(name), CC BY-SA"))
    #expect(try Executable.run(["doctor", "--dataset", key] + data).output.contains("not all of \(name)"))
    #expect(try Executable.run(["data", "fetch", "--help"]).output.contains("\(key): \(name)"))
    let mirrored = try Executable.run(arguments + ["--augment", "flip"] + data + runs)
    #expect(mirrored.status == 64 && mirrored.error.contains("mirrored"), "\(mirrored.error)")
  }

  @Test func missingDataIsStatus66() throws {
    let result = try Executable.run(["data", "info", "--data", "/nonexistent"])
    #expect(result.status == 66)
    #expect(result.error.hasPrefix("Error: /nonexistent: no such folder"))
  }

  @Test func aServerThatIsNotThereIsStatus69AndLeavesNoFile() throws {
    let cache = FileManager.default.temporaryDirectory.appending(path: "fmnist-tui-\(UUID())")
    defer { try? FileManager.default.removeItem(at: cache) }
    let result = try Executable.run(
      ["data", "fetch", "--from", "http://127.0.0.1:1"],
      environment: ["XDG_CACHE_HOME": cache.path(percentEncoded: false)])
    #expect(result.status == 69)
    #expect(result.error.contains("http://127.0.0.1:1/train-images-idx3-ubyte.gz"))
    #expect(result.error.contains("dataset-fashion-mnist"))
    #expect(result.error.contains("bundled sample"))
    let left = try FileManager.default.contentsOfDirectory(
      atPath: cache.appending(path: "fmnist-tui").path(percentEncoded: false))
    #expect(left.isEmpty)
  }
}

import Foundation
import TestSupport
import Testing

/// Whatever files, names and the command line say, a terminal is told nothing that it would obey or not show.
struct HostileTextTests {
  /// Controls (C0 without the line break, DEL, C1), marks of direction, separators, and what has no width.
  private static let hostile: [Unicode.Scalar] =
    (Array(1...9) + Array(0xB...0x1F) + Array(0x7F...0x9F) + [0xAD, 0x61C] + Array(0x200B...0x200F)
    + Array(0x2028...0x202E) + Array(0x2060...0x206F) + [0xFEFF, 0xE0001]).compactMap {
      Unicode.Scalar($0 as UInt32)
    }
  /// All of them, each behind a letter, so that none can hide in another's sequence.
  private static let text = hostile.map { "x\($0)" }.joined()

  private let folder = FileManager.default.temporaryDirectory.appending(path: "hostile-\(UUID())")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

  /// Runs the program and looks for what must not come out of it.
  private func check(
    _ arguments: [String], environment: [String: String] = [:], allowed: Set<Unicode.Scalar> = ["\n"],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try Executable.run(arguments, environment: environment)
    let raw = (result.output + result.error).unicodeScalars.filter {
      Self.hostile.contains($0) && !allowed.contains($0)
    }
    #expect(
      raw.isEmpty, "\(arguments.prefix(3)): \(Set(raw.map { String($0.value, radix: 16) }))",
      sourceLocation: sourceLocation)
    #expect(result.status < 128, sourceLocation: sourceLocation)
  }

  @Test func recordsOfARun() throws {
    try #require(
      Executable.run(Executable.short + ["--no-tui", "--quiet", "--runs-dir", path("runs"), "--name", "a"])
        .status == 0)
    let record = path("runs/a/run.json")
    var fields = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: record))) as? [String: Any])
    for key in ["kernels", "program_version", "data_directory"] where fields[key] != nil {
      fields[key] = Self.text
    }
    fields["machine"] = (fields["machine"] as? [String: Any])?.mapValues { $0 is String ? Self.text : $0 }
    fields["runs"] = (fields["runs"] as? [[String: Any]])?.map { $0.merging(["name": Self.text]) { $1 } }
    fields["data_files"] = (fields["data_files"] as? [[String: Any]])?.map {
      $0.mapValues { _ in Self.text }
    }
    try JSONSerialization.data(withJSONObject: fields).write(to: URL(filePath: record))
    let runs = ["--runs-dir", path("runs")]
    try check(["runs"] + runs)
    try check(["runs", "--format", "jsonl"] + runs)
    try check(["runs", "show", "a"] + runs)
    try check(["runs", "compare", "a"] + runs)
    try check(["runs", "plot", "a"] + runs)
    // Rows of a table for programs end in this.
    try check(["runs", "export", "a"] + runs, allowed: ["\n", "\r"])
    try check(["replay", "a", "--data", Executable.sample] + runs)
    try check(["--no-tui", "--resume", "a", "--epochs", "3", "--data", Executable.sample] + runs)
  }

  @Test(arguments: [
    ["--hidden"], ["--lr"], ["--versus"], ["--fork"], ["--data"], ["--init-from"], ["--resume"], ["--name"],
    ["--format"], ["sweep", "--over"], ["runs", "show"], ["runs", "plot", "--figure"],
    ["predict", "--image"], ["data", "show"], ["doctor", "--format"], ["unknown"], ["--unknown"],
  ])
  func arguments(arguments: [String]) throws {
    let runs = arguments.count == 1 && arguments[0] != "unknown" ? ["--runs-dir", path("runs")] : []
    try check(arguments + [Self.text] + runs)
    try check(arguments + ["a\n\u{1B}[2J"] + runs)
  }

  @Test func environment() throws {
    for name in ["TERM", "FMNIST_KERNELS", "FMNIST_DATA", "LC_ALL", "XDG_CACHE_HOME"] {
      try check(["doctor"], environment: [name: Self.text])
    }
    try check(["doctor", "--format", "json"], environment: ["TERM": Self.text])
  }

  @Test func filesOfWeightsAndPictures() throws {
    let header = try JSONSerialization.data(withJSONObject: [
      "__metadata__": ["activation": Self.text, Self.text: Self.text],
      "1.weight" + Self.text: ["dtype": "F32", "shape": [1], "data_offsets": [0, 4]],
    ])
    var bytes = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) } + header
    bytes += Data([0, 0, 0, 0])
    try bytes.write(to: URL(filePath: path("weights.safetensors")))
    try check(["predict", "--checkpoint", path("weights.safetensors"), "--image", "0"])
    try check(["export", path("weights.safetensors"), "--onnx", path("network.onnx")])
    try check(Executable.short + ["--no-tui", "--no-save", "--init-from", path("weights.safetensors")])
  }

  /// The names of folders are those of classes: in text and beside pictures, in tables, and where they were learned.
  @Test func namesOfClasses() throws {
    let names = stride(from: 0, to: Self.hostile.count, by: 40).map { start in
      Self.hostile[start..<min(start + 40, Self.hostile.count)].map { "x\($0)" }.joined()
    }
    for (index, name) in (names + ["y\nz"]).enumerated() {
      for split in ["train", "test"] {
        let place = folder.appending(path: "data").appending(path: split).appending(path: name)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let picture = PNGPicture(width: 6, height: 6) { x, _ in [x < 3 ? UInt8(40 * index) : 200] }
        try picture.write(to: place.appending(path: "1.png").path(percentEncoded: false))
      }
    }
    let data = ["--data", path("data")]
    let session = path("runs/a")
    try check(["data", "info", "--dataset", "folder"] + data)
    try check(["data", "show", "0", "--dataset", "folder"] + data)
    try check(
      [
        "--dataset", "folder", "--epochs", "1", "--hidden", "2", "--no-tui", "--runs-dir", path("runs"),
        "--name", "a",
      ]
        + data)
    try check(["runs", "show", session])
    for format in ["text", "jsonl"] {
      try check(["predict", "--checkpoint", session, "--image", "0", "--format", format] + data)
    }
    let answers = try Executable.run(["predict", "--checkpoint", session, "--image", "0"] + data).output
    #expect(answers.contains("y?z"))
  }

  @Test func namesThatAreNoUTF8AreKeptAndShownPrintable() throws {
    // A name in Latin-1, in which a terminal of that encoding would find a sequence too.
    let made = try Executable.run(
      script: #"""
        program=$1; cd "$2"; shift 2; d=$(printf 'd\351\2332J')
        "$program" "$@" --no-tui --quiet --no-compare --runs-dir "$d/runs" >/dev/null || exit 1
        [ -f "$d/runs/exp1/run.json" ] || exit 2
        [ "$(ls -d d* | wc -l)" = 1 ] || exit 3
        "$program" runs show exp1 --runs-dir "$d/runs"
        "$program" runs export exp1 --runs-dir "$d/runs" -o "$d/$(printf '\377').csv" || exit 4
        [ -f "$d/$(printf '\377').csv" ] || exit 5
        """#, [folder.path(percentEncoded: false)] + Executable.short)
    #expect(made.status == 0)
    #expect(made.output.contains("d??2J/runs/exp1"))
  }
}

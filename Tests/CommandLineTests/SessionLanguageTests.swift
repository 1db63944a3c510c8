import Foundation
import Sessions
import TestSupport
import Testing

/// A session that is made in Chinese leaves the files of one that is made in English.
@Suite struct SessionLanguageTests {
  /// A file's text without what tells of times.
  private func timeless(_ path: String) throws -> String {
    let text = try String(contentsOfFile: path, encoding: .utf8).replacing(
      #/"(?:time|created|ended|[a-z_]*seconds[a-z_]*|images_per_second)":\s*(?:"[^"]*"|[-0-9.eE+]+)/#,
      with: "")
    // Runs side by side take turns as chance has it.
    let lines = text.split(separator: "\n")
    return (path.hasSuffix(".jsonl") ? lines.sorted() : lines).joined(separator: "\n")
  }

  @Test(
    arguments: [
      ["--validation", "64", "--early-stopping", "1"], ["--versus", "lr=0.1"],
      // One that diverges: its message is kept.
      [
        "--lr", "1", "--no-compare", "--init", "normal=1", "--hidden", "64,64,64,64,64,64", "--dropout",
        "none",
      ],
    ])
  func aSessionLeavesTheSameFilesInBothLanguages(options: [String]) throws {
    let folder = try TemporaryFolder()
    var files: [String: [String: String]] = [:]
    for language in ["en", "zh"] {
      let runs = folder.path + "/" + language
      let result = try Executable.run(
        ["--lang", language, "train", "--runs-dir", runs, "--no-tui"] + Executable.short + options)
      #expect(result.status == (options.contains("normal=1") ? 1 : 0), "\(result.error)")
      var found: [String: String] = [:]
      let session = runs + "/exp1"
      for name in ["run.json", "metrics.jsonl", "commands.jsonl", "summary.json"] {
        found[name] = try timeless(session + "/" + name)
      }
      // A run that diverged at once has kept no weights.
      let kept = try? FileManager.default.contentsOfDirectory(atPath: session + "/checkpoints")
      let checkpoints = (kept ?? []).sorted()
      for name in checkpoints where !name.contains("resume") {
        let file = try SafetensorsFile(path: session + "/checkpoints/" + name)
        found[name] = "\(file.metadata.sorted { $0.key < $1.key }) \(file.tensors)"
      }
      files[language] = found
    }
    let (english, chinese) = (files["en"] ?? [:], files["zh"] ?? [:])
    #expect(english.count >= 4 && english.keys.sorted() == chinese.keys.sorted())
    for (name, text) in english { #expect(chinese[name] == text, "\(name)") }
  }
}

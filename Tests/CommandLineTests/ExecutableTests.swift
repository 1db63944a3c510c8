import Foundation
import Platform
import TestSupport
import Testing

@testable import fmnist_tui

#if canImport(Glibc)
  import Glibc
#endif

@Suite
struct ExecutableTests {
  @Test func aShortComparisonGoesFromHeaderToTable() throws {
    let result = try Executable.run(Executable.short)
    #expect(result.status == 0)
    #expect(result.error.isEmpty)
    let lines = result.output.split(separator: "\n")
    #expect(lines.first.map(String.init) == "fmnist-tui \(ProgramVersion.text)")
    #expect(lines.count { $0.hasPrefix("  1/2 ") || $0.hasPrefix("  2/2 ") } == 4)
    #expect(lines.contains { $0.hasPrefix("after epoch 2 ") && $0.hasSuffix("A − B") })
    #expect(lines.dropLast().last?.contains("images/s") == true)
    #expect(lines.last?.hasPrefix("Saved in runs/exp") == true)
  }

  @Test(arguments: [[], ["--format", "jsonl"]])
  func pipesGetNoControlCharacters(format: [String]) throws {
    let result = try Executable.run(Executable.short + format)
    #expect(result.output.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    #expect(result.error.isEmpty)
  }

  @Test func jsonLinesAreAllThereIs() throws {
    let result = try Executable.run(Executable.short + ["--format", "jsonl"])
    #expect(result.status == 0)
    let events = try result.output.split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(object?["schema"] as? Int == 2)
      return try #require(object?["event"] as? String)
    }
    #expect(events.first == "session_started")
    #expect(events.last == "session_ended")
    #expect(events.count { $0 == "epoch_evaluated" } == 4)
    #expect(events.count { $0 == "run_ended" } == 2)
    #expect(events.contains("steps_completed"))
  }

  @Test func quietIsOnlyTheTable() throws {
    let result = try Executable.run(Executable.short + ["--quiet", "--no-compare"])
    #expect(result.output.hasPrefix("after epoch 2 "))
    #expect(result.output.split(separator: "\n").count == 8)
  }

  @Test func theTargetDecidesTheStatus() throws {
    #expect(try Executable.run(Executable.short + ["--fail-under", "0"]).status == 0)
    let missed = try Executable.run(Executable.short + ["--fail-under", "1", "--quiet"])
    #expect(missed.status == 1)
    #expect(missed.error.hasPrefix("Error: test accuracy "))
    #expect(missed.error.hasSuffix("of run A (with dropout) is below --fail-under 1.0.\n"))
    #expect(missed.output.contains("test accuracy"))
  }

  @Test func aDivergedRunIsToldAndTheOtherGoesOn() throws {
    let result = try Executable.run(
      Executable.short + ["--batch-size", "16", "--versus", "weight-decay=1000", "--fail-under", "0"])
    #expect(result.status == 1)
    #expect(result.error.hasPrefix("Error: run B (weight-decay 1000) diverged: "))
    #expect(result.error.split(separator: "\n").count == 1)
    #expect(result.output.contains(" complete      diverged epoch 1\n"))
    #expect(result.output.contains("  2/2 A"))
  }

  @Test func wrongUseIsStatus64() throws {
    let result = try Executable.run(["--epochs", "0"])
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.error.hasPrefix("Error: --epochs 0: the number of epochs lies in 1...100000."))
  }

  @Test func moreImagesThanThereAreIsStatus64() throws {
    let result = try Executable.run(["--data", Executable.sample, "--train-size", "1000000"])
    #expect(result.status == 64)
    #expect(result.error.contains("--train-size 1000000: the training set holds 6000 images"))
  }

  @Test func missingDataIsStatus66() throws {
    let result = try Executable.run(["--data", "/nonexistent/fashion"])
    #expect(result.status == 66)
    #expect(result.error.contains("/nonexistent/fashion"))
  }

  @Test(arguments: [["--help"], ["--version"], ["train", "--help"], ["help", "data"]])
  func helpIsStatus0OnStandardOutput(arguments: [String]) throws {
    let result = try Executable.run(arguments)
    #expect(result.status == 0)
    #expect(!result.output.isEmpty)
    #expect(result.error.isEmpty)
  }

  @Test func theVersionIsSemanticAndMayTellACommit() throws {
    let version = try Executable.run(["--version"]).output
    #expect(version.wholeMatch(of: /\d+\.\d+\.\d+( \([0-9a-f]{10,}(-dirty)?\))?\n/) != nil, "\(version)")
  }

  @Test(arguments: [["--help"], [], ["--quiet"], ["--format", "jsonl"]])
  func aFullDiskIsStatus74(extra: [String]) throws {
    let result = try Executable.run(script: "exec \"$@\" > /dev/full", Executable.short + extra)
    #expect(result.status == 74)
    #expect(result.error == "Error: cannot write to standard output: No space left on device\n")
  }

  @Test(arguments: [["--help"], [], ["--quiet"], ["--format", "jsonl"]])
  func aClosedStandardOutputIsStatus74(extra: [String]) throws {
    let result = try Executable.run(script: "exec \"$@\" >&-", Executable.short + extra)
    #expect(result.status == 74)
    #expect(result.error == "Error: cannot write to standard output: Bad file descriptor\n")
  }

  @Test func aClosedStandardErrorDoesNotMatter() throws {
    #expect(try Executable.run(script: "exec \"$@\" 2>&- <&-", Executable.short).status == 0)
  }

  @Test func aReaderThatGoesAwayEndsItQuietly() throws {
    let result = try Executable.run(
      script: "{ \"$@\"; echo \"status $?\" >&2; } | head -n 1", Executable.long + ["--format", "jsonl"])
    #expect(result.error == "status 141\n")
    #expect(result.output.split(separator: "\n").count == 1)
  }

  @Test(arguments: zip([SIGINT, SIGTERM, SIGHUP], [130, 143, 129] as [Int32]))
  func aSignalEndsItWithTheTableSoFar(signal: Int32, status: Int32) throws {
    let process = Executable.process(Executable.long)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    var text = ""
    while !text.contains(" 1/100000 B") {
      let data = output.fileHandleForReading.availableData
      try #require(!data.isEmpty)
      text += String(decoding: data, as: UTF8.self)
    }
    kill(process.processIdentifier, signal)
    text += String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == status)
    #expect(text.contains("\nended "))
    #expect(text.contains("stopped epoch "))
    #expect(text.contains("images/s.\n"))
  }

  @Test func nohupKeepsItRunning() throws {
    let process = Executable.process([])
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "trap '' HUP; exec \"$@\"", "sh", Executable.path] + Executable.short
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    try #require(!output.fileHandleForReading.availableData.isEmpty)
    kill(process.processIdentifier, SIGHUP)
    _ = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test func aSecondSignalEndsItAtOnce() throws {
    let process = Executable.process(Executable.long + ["--format", "jsonl"])
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    // Nobody reads: once the pipe is full, the program cannot end in order.
    var (held, unchanged) = (Int32(0), 0)
    while held < 60_000 || unchanged < 30 {
      usleep(10_000)
      var waiting: Int32 = 0
      try #require(ioctl(output.fileHandleForReading.fileDescriptor, UInt(FIONREAD), &waiting) == 0)
      unchanged = waiting == held ? unchanged + 1 : 0
      held = waiting
    }
    kill(process.processIdentifier, SIGINT)
    usleep(300_000)
    #expect(process.isRunning)
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 130)
  }
}

/// `script` gives the program a terminal and copies what it writes there.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
struct TerminalProcessTests {
  /// What the program writes to a terminal that is its standard error.
  private func terminalText(environment: [String: String], _ extra: [String] = []) throws -> String {
    let settings = environment.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
    let command = ([Executable.path] + Executable.short + extra).map { "'\($0)'" }.joined(separator: " ")
    let result = try Executable.run(
      script: """
        export TERM=xterm-256color LC_ALL=C.UTF-8 NO_COLOR= \(settings)
        exec script -qec "\(command) > /dev/null" /dev/null
        """, [])
    #expect(result.status == 0, "\(result.output)")
    return result.output
  }

  @Test func barsAreDrawnInColourAndEndAtFull() throws {
    let text = try terminalText(environment: [:])
    let line = String(repeating: "━", count: 40)
    #expect(text.contains("A with dropout    \u{1B}[38;5;33m\(line)\u{1B}[0m 100% 0:00:0"))
    #expect(text.contains("B without dropout \u{1B}[38;5;208m\(line)\u{1B}[0m 100% 0:00:0"))
    #expect(text.hasSuffix("\u{1B}[K\r\n") || text.hasSuffix("\u{1B}[K\r\r\n"))
  }

  /// `script` types the end of its own input, which is nobody's key: the dashboard waited for ever.
  @Test(arguments: [("", true), ("--exit", false)])
  func theDashboardOfATerminalWithoutAPersonEnds(option: String, tellsWhy: Bool) throws {
    let command = ([Executable.path] + Executable.short + ["--no-save", option]).map { "'\($0)'" }
      .filter { $0 != "''" }.joined(separator: " ")
    let result = try Executable.run(
      script:
        "export TERM=xterm-256color LC_ALL=C.UTF-8; exec script -qec \"\(command)\" /dev/null </dev/null", [])
    #expect(result.status == 0 && result.output.contains("Took"), "\(result.output.suffix(500))")
    #expect(result.output.contains("Left by itself: no key was pressed") == tellsWhy)
  }

  @Test func noColorMeansNoColor() throws {
    let text = try terminalText(environment: ["NO_COLOR": "1"])
    #expect(text.contains("━ 100%"))
    #expect(!text.contains("m━"))
  }

  @Test func anAsciiLocaleGetsAnAsciiBar() throws {
    let text = try terminalText(environment: ["LC_ALL": "C"])
    #expect(text.contains("###"))
    #expect(text.allSatisfy { $0.isASCII })
  }

  @Test func aTableForProgramsIsNoCommandOnATerminalOfAnotherEncoding() throws {
    let runs = ResumeTests.Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    // The second byte of the first letter begins a sequence there.
    #expect(try runs.run(ResumeTests.Runs.settings + ["--name", "\u{21B}2J"]).status == 0)
    for command in ["export", "plot"] {
      let result = try Executable.run(
        script: """
          export LC_ALL=C
          exec script -qec "'$1' runs \(command) '\u{21B}2J' --runs-dir '$2'" /dev/null
          """, [runs.path("")])
      #expect(result.status == 0, "\(result.output)")
      #expect(result.output.contains("?2J") && result.output.utf8.allSatisfy { $0 < 128 })
    }
  }

  @Test func aTableForProgramsHasNoJoinersOnATerminal() throws {
    let runs = ResumeTests.Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    let name = "\u{1F469}\u{200D}\u{1F52C}"
    #expect(try runs.run(ResumeTests.Runs.settings + ["--name", name]).status == 0)
    let shown = try Executable.run(
      script: """
        export LC_ALL=C.UTF-8
        exec script -qec "'$1' runs export '\(name)' --runs-dir '$2'" /dev/null
        """, [runs.path("")])
    #expect(shown.status == 0)
    #expect(shown.output.unicodeScalars.contains("\u{1F52C}"))
    #expect(!shown.output.unicodeScalars.contains("\u{200D}"))
    // Elsewhere it is what it is.
    #expect(try runs.run(["runs", "export", name]).output.unicodeScalars.contains("\u{200D}"))
  }

  @Test(arguments: [["TERM": "dumb"], ["TERM": ""]])
  func aTerminalThatCannotMoveItsCursorGetsNoBars(environment: [String: String]) throws {
    #expect(try terminalText(environment: environment).isEmpty)
  }

  @Test func quietMeansNoBars() throws {
    #expect(try terminalText(environment: [:], ["--quiet"]).isEmpty)
  }
}

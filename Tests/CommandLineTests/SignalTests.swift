import Foundation
import TestSupport
import Testing

/// However the program ends, the terminal is as it was, and what was trained is kept.
@Suite(.serialized) struct SignalTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "signals-\(UUID())")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

  private var long: String {
    (Executable.long + ["--runs-dir", path("runs"), "--name", "a"]).joined(separator: " ")
  }

  private var identifier: pid_t {
    get throws {
      let text = try String(contentsOf: URL(filePath: path("process")), encoding: .utf8)
      return try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
  }

  private func start(_ arguments: String, in terminal: Tmux, before: String = "") throws {
    let program = "echo $$ > \(path("process")); \(before) exec \(Executable.path) \(arguments)"
    try terminal.type("ulimit -c 0; sh -c '\(program)'; echo status=$?")
    try terminal.wait(for: "comparison after epoch")
  }

  private func states() throws -> [String] {
    let summary = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: path("runs/a/summary.json"))))
    let runs = (summary as? [String: Any])?["runs"] as? [[String: Any]]
    return try #require(runs).compactMap { $0["state"] as? String }
  }

  @Test(
    .enabled(if: Tmux.isInstalled, "needs tmux"),
    arguments: [SIGQUIT, SIGUSR1, SIGALRM, SIGSYS, SIGABRT, SIGSEGV])
  func aSignalThatEndsTheProgramGivesTheTerminalBack(signal: Int32) throws {
    let terminal = try Tmux()
    let before = try terminal.modes("before")
    try start(long, in: terminal)
    kill(try identifier, signal)
    let left = try terminal.wait(for: "status=\(128 + signal)")
    #expect(!left.contains("comparison after epoch"))
    #expect(try terminal.modes("after") == before)
  }

  @Test(.enabled(if: Tmux.isInstalled, "needs tmux"))
  func aTerminalThatIsGoneEndsTheProgramWhereHangingUpIsIgnored() throws {
    let process: pid_t
    do {
      let terminal = try Tmux()
      try start(long, in: terminal, before: "trap \"\" HUP;")
      process = try identifier
    }
    for _ in 0..<3000 where kill(process, 0) == 0 { usleep(20_000) }
    #expect(kill(process, 0) != 0)
    #expect(try states() == ["stopped", "stopped"])
  }

  @Test(.enabled(if: Tmux.isInstalled, "needs tmux"))
  func whoeverStoppedTheProgramMayUseTheTerminal() throws {
    let terminal = try Tmux()
    // A shell that takes the terminal back would get the keys, if it were awake between the two signals.
    try terminal.type("set +m")
    try start(long, in: terminal)
    kill(try identifier, SIGSTOP)
    kill(try identifier, SIGCONT)
    try terminal.press("q")
    try terminal.wait(for: "stop and keep the run?")
    try terminal.press("y")
    try terminal.wait(for: "status=0")
  }

  @Test(arguments: ["INT", "TERM", "HUP"])
  func aSignalThatWasIgnoredStaysIgnored(signal: String) throws {
    let result = try Executable.run(
      script: """
        (trap '' \(signal); exec "$@" >/dev/null 2>&1) & sleep 1
        kill -\(signal) $!; sleep 0.5; kill -0 $!; ended=$?; kill -9 $!; exit $ended
        """, Executable.long + ["--no-tui", "--no-save"])
    #expect(result.status == 0)
  }

  @Test func noFileTakesThePlaceOfAClosedDescriptor() throws {
    let result = try Executable.run(
      script: #""$@" <&- >&- 2>&-"#,
      Executable.short + ["--no-tui", "--runs-dir", path("runs"), "--name", "a"])
    #expect(result.status == 74)
    #expect(try states().count == 2)
    let figures = try String(contentsOf: URL(filePath: path("runs/a/metrics.jsonl")), encoding: .utf8)
    #expect(figures.split(separator: "\n").allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
  }

  /// Dispatch would wait for its first thread without end, and trap without a descriptor.
  @Test(
    .disabled(if: Executable.isSanitized, "a sanitizer has threads and files of its own"),
    arguments: [("--nofile=5", "files cannot be opened"), ("--nproc=1", "threads cannot be started")])
  func aLimitThatLeavesNoRoomIsTold(limit: String, told: String) throws {
    // The superuser has no limit of processes.
    let somebody =
      limit.contains("nproc") && geteuid() == 0
      ? "setpriv --reuid=61234 --regid=61234 --clear-groups " : ""
    let result = try Executable.run(
      script: "cd /; exec prlimit \(limit) \(somebody)\"$@\"", Executable.short + ["--no-tui", "--no-save"])
    // Where somebody else may not start the program, that is what is told.
    guard result.status != 126, result.status != 127 else { return }
    #expect(result.status == 70 && result.error.contains(told), "\(result.status) \(result.error)")
  }

  @Test(.disabled(if: Executable.isSanitized, "a sanitizer writes files of its own"))
  func aSessionThatCannotBeginLeavesNothing() throws {
    let result = try Executable.run(
      script: #"ulimit -f 1; "$@""#,
      Executable.short + [
        "--no-tui", "--quiet", "--runs-dir", path("runs"), "--name", "a", "--versus", "lr=0.1", "--versus",
        "lr=0.2",
      ])
    #expect(result.status == 74 && result.error.contains("run.json"), "\(result.error)")
    #expect(!FileManager.default.fileExists(atPath: path("runs/a")))
  }

  @Test(.disabled(if: Executable.isSanitized, "a sanitizer writes files of its own"))
  func aLimitOfFileSizeIsAFailureThatIsTold() throws {
    let result = try Executable.run(
      script: #"ulimit -f 64; "$@""#,
      Executable.short + ["--no-tui", "--quiet", "--runs-dir", path("runs"), "--name", "a"])
    #expect(result.status == 74)
    #expect(result.error.contains("File too large"))
    #expect(try states() == ["completed", "completed"])
  }

  @Test(.disabled(if: Executable.isSanitized, "a sanitizer needs more of the stack"))
  func aSmallStackIsEnough() throws {
    let session = ["--no-tui", "--quiet", "--runs-dir", path("runs"), "--name", "a"]
    for arguments in [
      Executable.short + session, ["demo", "symmetry"], ["runs", "show", "a", "--runs-dir", path("runs")],
    ] {
      let result = try Executable.run(script: #"ulimit -s 64; exec "$@""#, arguments)
      #expect(result.status == 0, "\(arguments) \(result.status) \(result.error)")
    }
    #expect(try states() == ["completed", "completed"])
  }

  @Test func argumentsAreHeardWhereProcIsNotMounted() throws {
    let result = try Executable.run(
      script: """
        unshare --map-root-user --mount mount -t tmpfs none /proc 2>/dev/null || exit 9
        exec unshare --map-root-user --mount sh -c 'mount -t tmpfs none /proc; exec "$@"' sh "$@"
        """,
      ["explain", "dropout"])
    #expect(result.status == 9 || result.status == 0 && result.output.contains("dropout"), "\(result.error)")
  }

  @Test func aSmallStackLeavesInterruptionsInOrder() throws {
    let result = try Executable.run(
      script: #"ulimit -s 128; "$@" & sleep 2; kill -TERM $!; wait $!"#,
      Executable.long + ["--no-tui", "--quiet", "--runs-dir", path("runs"), "--name", "a"])
    #expect(result.status == 143)
    #expect(try states() == ["stopped", "stopped"])
  }

  @Test func aLimitOfProcessorTimeEndsTheProgramInOrder() throws {
    let result = try Executable.run(
      script: #"ulimit -t 3; "$@""#,
      Executable.long + ["--no-tui", "--quiet", "--runs-dir", path("runs"), "--name", "a"])
    #expect(result.status == 152)
    #expect(try states() == ["stopped", "stopped"])
  }

  @Test func theNumberOfThreadsFollowsTheAffinity() throws {
    let result = try Executable.run(
      script: #"command -v taskset >/dev/null || exit 9; taskset -c 0 "$@""#,
      [
        "--data", Executable.sample, "--train-size", "300", "--hidden", "8", "--epochs", "1", "--no-tui",
        "--no-save",
      ])
    #expect(result.status == 9 || result.output.contains("1 thread"))
    #expect(!result.output.contains("2 threads"))
  }
}

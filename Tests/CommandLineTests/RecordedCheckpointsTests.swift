import Datasets
import Experiment
import Foundation
import Sessions
import TestSupport
import Testing

/// The networks that recorded runs kept are asked in the background.
@Suite struct RecordedCheckpointsTests {
  private let folder: TemporaryFolder
  private let session: RecordedSession
  private let queue = EventQueue()

  init() throws {
    folder = try TemporaryFolder()
    let result = try Executable.run(Executable.short + ["--quiet", "--runs-dir", folder.path])
    try #require(result.status == 0, "\(result.error)")
    session = try RecordedSession(RunFolder(path: folder.path + "/exp1"))
  }

  private func checkpoint(_ name: String) -> String { "exp1/checkpoints/\(name).safetensors" }

  /// What is known once a run has answered all questions or cannot.
  private func findings(
    _ run: RunID = RunID(0), environment: [String: String] = [:], after questions: [TrainingCommand] = []
  ) -> (findings: RecordedCheckpoints.Findings, answers: [TrainingEvent]) {
    let checkpoints = RecordedCheckpoints([session], environment: environment)
    for question in [.observe] + questions { checkpoints.ask(question, of: run, answeringTo: queue) }
    var answers: [TrainingEvent] = []
    for _ in 0..<6000 where answers.count < 2 + questions.count {
      if case .nothing = checkpoints.findings.origins[run] { break }
      usleep(10_000)
      answers += queue.drain()
    }
    return (checkpoints.findings, answers)
  }

  @Test(arguments: [0, 1])
  func theAnswersAreThoseOfTheFinalWeights(index: Int) throws {
    let run = RunID(index)
    let (findings, events) = findings(
      run, after: [.examine(images: [3, 7], passes: 5), .measureUncertainty(passes: 5)])
    #expect(findings.origins[run] == .weights("latest, step 4"))
    let images = try #require(findings.images?.test)
    #expect(events.allSatisfy { $0.run == run && $0.position.step == 4 })
    let kinds = events.map(\.kind)
    guard kinds.count == 4, case .testPredicted(let answers) = kinds[0],
      case .layersObserved(let observed) = kinds[1],
      case .imagesExamined(let examined) = kinds[2], case .uncertaintyMeasured = kinds[3]
    else {
      Issue.record("\(kinds)")
      return
    }
    let correct = zip(answers.predictions, images.labels).count { $0 == $1 }
    let accuracy = session.runs[index].history.final?.metrics[.testAccuracy]
    #expect(Double(correct) / Double(images.count) == accuracy)
    #expect(observed.layers.map(\.units) == [16, 10])
    #expect(observed.layers.allSatisfy { $0.gradientNorm == nil && $0.weightNorm > 0 })
    #expect(examined.images.map(\.image) == [3, 7])
  }

  @Test func whatIsDamagedIsPassedOverAndNamed() throws {
    try folder.write(checkpoint("A-resume"), "no checkpoint")
    guard case .weights(let words) = findings().findings.origins[RunID(0)] else {
      Issue.record("nothing was read")
      return
    }
    #expect(words.contains("step 4") || words.contains("step 2"))
    #expect(words.contains("; A-resume.safetensors: "))
  }

  @Test func theBestWeightsAreTakenWhereThereAreNoLatestOnes() throws {
    for name in ["A-resume", "A-resume-previous", "A-latest"] {
      try? FileManager.default.removeItem(atPath: folder.path + "/" + checkpoint(name))
    }
    guard case .weights(let words) = findings().findings.origins[RunID(0)] else {
      Issue.record("nothing was read")
      return
    }
    #expect(words.hasPrefix("best, step "))
  }

  @Test func withoutACheckpointItSaysSo() throws {
    try FileManager.default.removeItem(atPath: folder.path + "/exp1/checkpoints")
    #expect(
      findings().findings.origins[RunID(0)] == .nothing("no checkpoint in \(folder.path)/exp1/checkpoints"))
  }
}

/// `runs open` in a real terminal: the pages of what runs say come from their checkpoints.
@Suite(.serialized, .enabled(if: Tmux.isInstalled, "needs tmux"))
struct RecordedPagesTests {
  @Test func samplesLayersAndCalibrationAreComputedFromCheckpoints() throws {
    let folder = try TemporaryFolder()
    try #require(
      try Executable.run(Executable.short + ["--quiet", "--runs-dir", folder.path]).status == 0)
    let terminal = try Tmux(width: 100, height: 30)
    try terminal.start("runs open latest --runs-dir '\(folder.path)'")
    try terminal.wait(for: "comparison after epoch 2")
    try terminal.press("3")
    let samples = try terminal.wait(for: "weights: ● latest, step 4 · ○ latest, step 4")
    #expect(!samples.contains("known after"))
    try terminal.wait(for: "agreement")
    try terminal.press("4")
    try terminal.wait(for: "at step 4")
    try terminal.wait(for: "gradient       -")
    try terminal.press("5")
    try terminal.wait(for: "accuracy of the rest")
    try terminal.press("q")
    try terminal.wait(for: "status=0")
    try FileManager.default.removeItem(atPath: folder.path + "/exp1/checkpoints")
    try terminal.start("runs open latest --runs-dir '\(folder.path)'")
    try terminal.wait(for: "comparison after epoch 2")
    try terminal.press("3")
    try terminal.wait(for: "● nothing: no checkpoint in")
    try terminal.press("q")
    try terminal.wait(for: "status=0")
  }

  @Test func aFinishedSessionThatIsGoneOnWithShowsItsNetworks() throws {
    let folder = try TemporaryFolder()
    try #require(
      try Executable.run(Executable.short + ["--quiet", "--runs-dir", folder.path]).status == 0)
    let terminal = try Tmux(width: 100, height: 30)
    try terminal.start("--resume latest --data '\(Executable.sample)' --runs-dir '\(folder.path)'")
    try terminal.wait(for: "comparison after epoch 2")
    try terminal.press("3")
    try terminal.wait(for: "agreement")
    try terminal.press("4")
    try terminal.wait(for: "at step 4")
    try terminal.press("q")
    try terminal.wait(for: "status=0")
  }
}

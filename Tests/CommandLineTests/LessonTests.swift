import Experiment
import Foundation
import Reports
import TestSupport
import Testing

@Suite struct LessonTests {
  @Test func lessonsHaveTextsAndNamesOfTheirOwn() {
    #expect(Set(Lesson.all.map(\.name)).count == Lesson.all.count)
    #expect(Set(Lesson.all.map(\.subject)).count == Lesson.all.count)
    for lesson in Lesson.all {
      #expect(lesson.question.hasSuffix("?") && !lesson.answer.isEmpty && !lesson.watch.isEmpty)
    }
    for demonstration in Lesson.Demonstration.allCases { #expect(Lesson(demonstration) != nil) }
  }

  @Test func lessonsAreListedWithoutAName() throws {
    let result = try Executable.run(["lesson"])
    #expect(result.status == 0)
    for lesson in Lesson.all { #expect(result.output.contains("fmnist-tui lesson \(lesson.name)")) }
  }

  @Test func aLessonStandsAroundTheReportInAPipe() throws {
    let result = try Executable.run(
      ["lesson", "polynomial", "--no-save", "--epochs", "20"])
    #expect(result.status == 0 && result.error.isEmpty)
    let parts = [
      "Lesson polynomial", "Watch: ", "after epoch", "Question: ", "Answer: ", "Measured here:",
      "  A 4 features: train loss",
    ]
    var rest = result.output[...]
    for part in parts {
      let place = try #require(rest.firstRange(of: part), "\(part)")
      rest = rest[place.upperBound...]
    }
  }

  @Test func aLessonLearnsAllImagesWhereThereAreFewerThanItIsMadeFor() throws {
    let lesson = [
      "lesson", "learning-rate-too-high", "--no-save", "--epochs", "1", "--data", Executable.sample,
    ]
    let result = try Executable.run(lesson)
    // One of its runs diverges.
    #expect(result.status == 3 || result.status == 0, "\(result.error)")
    let text = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("is made for 10,000 training images: all that there are here are used"))
    let given = try Executable.run(lesson + ["--train-size", "10000"])
    #expect(given.status == 64 && given.error.contains("the training set holds 6000 images"))
  }

  @Test func aLessonAboutABuildingBlockShowsIt() throws {
    let output = try Executable.run(["lesson", "dropout-layer"]).output
    #expect(output.contains("Lesson dropout-layer") && output.contains("p = 1.00: everything is dropped."))
    #expect(output.contains("Answer: So that the mean"))
  }

  @Test(arguments: [
    (["lesson", "nothing"], "no lesson is called that"),
    (["lesson", "--epochs", "3"], "without a name the lessons are listed"),
    (["lesson", "dropout-layer", "--lr", "3"], "lesson dropout-layer trains nothing"),
    (["lesson", "dropout-layer", "--format", "jsonl"], "options of training have no effect"),
    (["lesson", "polynomial", "--preset", "best"], "leave out --preset"),
    (["lesson", "weight-decay", "--weight-decay", "1"], "the runs of --preset weight-decay differ in it"),
  ]) func faultsSayWhatToDo(arguments: [String], part: String) throws {
    let result = try Executable.run(arguments)
    #expect(result.status == 64 && result.error.contains(part), "\(result.error)")
  }

  @Test func programsGetEventsOnly() throws {
    let result = try Executable.run(
      ["lesson", "polynomial", "--no-save", "--epochs", "1", "--format", "jsonl"])
    #expect(result.status == 0 && !result.output.contains("Watch") && result.output.hasPrefix("{"))
  }
}

/// A teacher's hour in short: lessons one after the other, by keys alone.
@Suite(.serialized, .enabled(if: Tmux.isInstalled, "needs tmux"))
struct LessonTerminalTests {
  @Test func lessonsFollowEachOtherByKeys() throws {
    let terminal = try Tmux()
    try terminal.start("lesson dropout --no-save --train-size 600 --hidden 32 --dropout 0.5 --epochs 2")
    try terminal.wait(for: "Watch: the test curves")
    try terminal.wait(for: "question, and what was measured")
    try terminal.press("6")
    try terminal.wait(for: "Measured here:")
    try terminal.press("x")
    try terminal.wait(for: "Answer: Ten epochs")
    try terminal.press("Down", "Enter")
    // The runs of the next session.
    try terminal.wait(for: "A 4 features")
    try terminal.wait(for: "finished")
    try terminal.press("6")
    try terminal.wait(for: "A 4 features: train loss")
    try terminal.press("Escape")
    try terminal.wait(for: "\(Lesson.all.count) lessons")
    try terminal.press("g", "/", "n", "o", "r", "m", "Enter")
    try terminal.wait(for: "weight norm")
    try terminal.press("q")
    let left = try terminal.wait(for: "status=0")
    #expect(left.contains("Answer: Hardly"))
  }

  /// `scripts/teachers-hour` waits for the runs too, on the real data.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "needs python3"))
  func everyLessonOpensAsksAndAnswersByKeys() throws {
    // That of least squares takes a debug build a minute, and is opened where pages are tested.
    let lessons = Lesson.all.filter { $0.demonstration != .leastSquares }.map(\.name)
    let process = Executable.process(
      ["--short", "--program", Executable.path, "--data", Executable.sample] + lessons)
    process.executableURL = URL(filePath: Executable.file("scripts/teachers-hour"))
    let result = try Executable.finish(process)
    #expect(result.status == 0, "\(result.error)")
    for lesson in lessons { #expect(result.output.contains(" s  \(lesson)\n")) }
  }
}

import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

/// Sessions that are found, labelled and tidied on the command line.
@Suite struct WorkbenchCommandTests {
  private let runs: RecordedRuns

  init() throws { runs = try RecordedRuns() }

  private func run(_ arguments: [String]) throws -> Executable.Result {
    try Executable.run(["runs"] + arguments + ["--runs-dir", runs.path])
  }

  /// The names that are listed, in order.
  private func names(_ arguments: [String]) throws -> [String] {
    let result = try run(["list", "--format", "jsonl"] + arguments)
    #expect(result.status == 0, "\(result.error)")
    return result.output.split(separator: "\n").compactMap { line in
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return (object?["folder"] as? String)?.split(separator: "/").last.map(String.init)
    }.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  @Test(arguments: [
    ("", ["kept", "exp1", "exp2"]), ("kept", ["kept"]), ("lr=0.1", ["exp2"]), ("lr<0.2", ["exp2"]),
    ("lr!=0.1", ["kept", "exp1"]), ("test>0.8 dropout=0.2", ["kept", "exp1", "exp2"]),
    // Of one run: A tests at 84 %, and B has no dropout.
    ("test>82% dropout=0", []), ("test<82% dropout=0", ["kept", "exp1", "exp2"]), ("test>=0.99", []),
    ("tag=good", ["exp1"]), ("tag!=good", ["kept", "exp2"]), ("old", ["exp2"]), ("note=OLD lr=0.1", ["exp2"]),
    ("name=exp*", ["exp1", "exp2"]), ("state=COMPLETED", ["kept", "exp1", "exp2"]),
    ("optimizer=sgd", ["kept", "exp1", "exp2"]), ("state=running", []),
    ("gap>9 gap<10", ["kept", "exp1", "exp2"]), ("best_test_accuracy>0.9", []),
    ("epochs=3", ["kept", "exp1", "exp2"]),
  ]) func aFilterFindsSessions(filter: String, expected: [String]) throws {
    for rate in [0.5, 0.1] { try runs.complete(learningRate: rate) }
    try runs.complete(name: "kept")
    #expect(try run(["tag", "good", "exp1"]).status == 0)
    #expect(try run(["note", "exp2", "the old rate"]).status == 0)
    #expect(try names(["--filter", filter]) == expected)
  }

  @Test(arguments: [
    ("tset>0.8", "nothing is called 'tset'"), ("test>", "the value is missing"),
    ("lr<low", "'low' is no number"), ("test>nan", "'nan' is no number"), ("test>0x1", "'0x1' is no number"),
    ("epochs=0x2", "'0x2' is no value of epochs"), ("state=foo", "no session is in the state 'foo'"),
    ("state>completed", "no session is in the state"), ("tag>a", "texts are not in order"),
    ("test>1e-400", "'1e-400' is no number"),
  ]) func aFilterThatCannotBeReadIsRefused(filter: String, part: String) throws {
    try runs.complete()
    let result = try run(["list", "--filter", filter])
    #expect(result.status == 64 && result.error.contains("--filter '\(filter)': \(part)"), "\(result.error)")
  }

  /// 2^53 + 1 and its neighbour are one floating-point number.
  @Test(arguments: [
    ("seed=9007199254740993", ["b"]), ("seed!=9007199254740993", ["a"]), ("seed>9007199254740992", ["b"]),
    ("seed<=9007199254740992", ["a"]), ("seed>5e15", ["a", "b"]),
    ("seed=9007199254740992", ["a"]),
  ]) func wholeNumbersAreComparedAsSuch(filter: String, expected: [String]) throws {
    try runs.complete(name: "a", seed: 9_007_199_254_740_992)
    try runs.complete(name: "b", seed: 9_007_199_254_740_993)
    #expect(try names(["--filter", filter]) == expected)
  }

  /// A script's variable that was not set is a name of nothing, not of the folder of all sessions.
  @Test func onlySessionsAreMovedAndLabelled() throws {
    try runs.complete(name: "kept")
    let elsewhere = runs.path + "/other"
    try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: false)
    try Data("mine".utf8).write(to: URL(filePath: elsewhere + "/mine.txt"))
    let nothing = try run(["delete", ""])
    #expect(nothing.status == 64 && nothing.error.contains("delete '': an empty text names nothing"))
    for name in [".", "..", "other", ".trash"] {
      for arguments in [
        ["delete", name], ["rename", name, "new"], ["tag", "x", name], ["note", name, "x"],
      ] {
        let result = try run(arguments)
        #expect(result.status == 66 && result.error.contains("there is no such run"), "\(result.error)")
      }
    }
    let named = try Executable.run(["runs", "delete", elsewhere + "/"])
    #expect(named.status == 66, "\(named.error)")
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: runs.path)) == ["kept", "other"])
    // A session may be named by a path that ends in dots or slashes.
    #expect(try Executable.run(["runs", "tag", "x", "\(runs.path)/kept/../kept/."]).status == 0)
    #expect(try Executable.run(["runs", "tag", "y", "\(runs.path)/kept//"]).status == 0)
    #expect(try names(["--filter", "tag=x tag=y"]) == ["kept"])
  }

  @Test func sessionsAreOrdered() throws {
    try runs.complete(learningRate: 0.1, age: 60)
    try runs.complete(age: 0)
    try runs.complete(age: 30)
    #expect(try names([]) == ["exp1", "exp2", "exp3"])
    #expect(try names(["--sort", "when"]) == ["exp2", "exp3", "exp1"])
    #expect(try names(["--sort", "when", "--reverse"]) == ["exp1", "exp3", "exp2"])
    #expect(try run(["list", "--sort", "colour"]).status == 64)
  }

  @Test func theBestRunIsNamed() throws {
    try runs.complete()
    try runs.complete(learningRate: 0.1)
    let best = try run(["best"])
    #expect(best.output.tidyLines == ["exp1 A 84.38% @3 with dropout", ""], "\(best.output)")
    let worst = try run(["best", "--by", "test_loss", "--count", "9", "--format", "jsonl"])
    #expect(worst.output.split(separator: "\n").count == 4 && worst.output.contains(#""figure":"test_loss""#))
    #expect(try run(["best", "--by", "weight_norm"]).status == 64)
    #expect(try run(["best", "--count", "0"]).status == 64)
    #expect(try run(["best", "--filter", "lr=9"]).status == 66)
  }

  @Test func tagsAndNotesAreWrittenAndTakenAway() throws {
    for _ in 0..<2 { try runs.complete() }
    #expect(try run(["tag", "a", "exp1", "exp2"]).status == 0)
    #expect(try run(["tag", "a", "--remove", "exp1"]).status == 0)
    #expect(try names(["--filter", "tag=a"]) == ["exp2"])
    let missing = try run(["tag", "a", "--remove", "exp1"])
    #expect(missing.status == 64 && missing.error.contains("exp1: it has no tag 'a'. It has none."))
    #expect(try run(["tag", "two words", "exp1"]).status == 64)
    // Nothing is written where one of several is not there.
    #expect(try run(["tag", "b", "exp1", "exp9"]).status == 66)
    #expect(try names(["--filter", "tag=b"]).isEmpty)
    #expect(try run(["note", "exp1", "a b\u{1B}[31m c"]).status == 0)
    #expect(
      try run(["note", "exp1"]).output == "a b\u{FFFD}[31m c\n"
        || !(try run(["note", "exp1"]).output.contains("\u{1B}")))
    #expect(try run(["note", "exp1", ""]).status == 0 && run(["note", "exp1"]).output.isEmpty)
  }

  @Test func sessionsAreRenamedDeletedAndPutBack() throws {
    for _ in 0..<3 { try runs.complete() }
    #expect(try run(["rename", "exp3", "third"]).status == 0)
    let taken = try run(["rename", "exp2", "third"])
    #expect(taken.status == 73 && taken.error.contains("third: there is something of this name already"))
    #expect(try run(["delete", "exp1", "exp2"]).status == 0)
    #expect(try names([]) == ["third"])
    #expect(
      try run(["trash"]).output.tidyLines.map { $0.split(separator: " ").first } == ["exp1", "exp2", nil])
    #expect(try run(["restore", "exp1"]).status == 0 && names([]) == ["third", "exp1"])
    #expect(try run(["restore", "exp9"]).status == 66)
    #expect(try run(["trash", "--empty"]).output == "1 session is gone for good.\n")
    #expect(try run(["trash"]).error.contains("nothing lies there"))
    #expect(try run(["delete", "exp9"]).status == 66)
  }
}

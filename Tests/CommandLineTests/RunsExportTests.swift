import Foundation
import TestSupport
import Testing

@testable import Reports
@testable import fmnist_tui

@Suite struct RunsExportTests {
  @Test func aLineForEachEpochHasTheSettingsInForce() throws {
    let runs = try RecordedRuns()
    let writer = try runs.begin()
    try runs.write(
      runs.steps(1...1) + [runs.changed(20, from: 0.5, to: 0.25)] + runs.steps(2...2), with: writer)
    let result = try Executable.run(["runs", "export", "exp1", "--csv", "--runs-dir", runs.path])
    withExtendedLifetime(writer) {}
    let lines = result.output.components(separatedBy: "\r\n")
    #expect(result.status == 0)
    #expect(lines.count == 1 + 4 + 1 && lines[5].isEmpty)
    #expect(lines[0].hasPrefix("folder,run,name,state,epoch,step,running_train_loss,"))
    #expect(
      lines[0].hasSuffix(
        ",label-smoothing,augment,batch-size,epochs,seed,train-size,validation,label-noise,early-stopping,"
          + "evaluate-every,"
          + "features,samples,test-samples,data-seed,loss")
    )
    #expect(
      lines[1].hasPrefix("exp1,A,with dropout,running,1,20,0.5,0.75,0.375,0.9375,0.71875,0.78125,0.15625,"))
    #expect(lines[1].contains(",\"256,256\",\"0.2,0.5\",0,relu,"))
    #expect(lines[2].contains(",\"256,256\",\"0.2,0.25\",0,relu,"))
    #expect(lines[3].hasPrefix("exp1,B,without dropout,running,1,20,"))
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"so\"", "\"say \"\"so\"\"\""),
    ("two\r\nlines", "\"two\r\nlines\""),
    ("", ""),
  ])
  func fieldsAreQuotedWhereTheyNeedIt(text: String, field: String) {
    #expect(RunsCSV.field(text) == field)
  }

  @Test func theFileIsTheSameAsStandardOutput() throws {
    let runs = try RecordedRuns()
    try runs.complete()
    let file = runs.path + "/runs.csv"
    let arguments = ["runs", "export", "exp1", "--runs-dir", runs.path]
    #expect(try Executable.run(arguments + ["-o", file]).output.isEmpty)
    #expect(try Data(contentsOf: URL(filePath: file)) == Data(Executable.run(arguments).output.utf8))
  }

  @Test func aFullDiskAndAClosedPipeAreTold() throws {
    let runs = try RecordedRuns()
    try runs.complete()
    let arguments = ["runs", "export", "exp1", "--runs-dir", runs.path]
    let full = try Executable.run(script: "\"$@\" >/dev/full", arguments)
    #expect(full.status == 74)
    #expect(full.error.contains("standard output"))
    let closed = try Executable.run(script: "{ sleep 0.5; \"$@\"; echo $? >&2; } | true", arguments)
    #expect(closed.error == "141\n")
  }
}

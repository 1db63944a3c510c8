import Experiment
import TestSupport
import Testing

@testable import Sessions

@Suite struct SweepLineScannerTests {
  private func scanned(_ line: String) -> SweepResult? {
    Array(line.utf8).withUnsafeBufferPointer { SweepLineScanner.result($0) }
  }

  private func decoded(_ line: String) throws -> SweepResult? {
    guard
      case .result(let result) = try JSONText.decode(
        RecordedSweepResult.self, Array(line.utf8), path: "log")
    else { return nil }
    return result
  }

  private func line(_ metrics: Measurements, seconds: Double = 1.5) -> String {
    RecordedSweepResult.json(
      of: SweepResult(
        key: SweepRunKey(cell: 12, seed: 345), step: 2350, epoch: 10, seconds: seconds,
        metrics: metrics)
    ).text
  }

  @Test func whatTheProgramWritesIsReadToTheBit() throws {
    var random = SystemRandomNumberGenerator()
    for exponent in -320...308 {
      var metrics = Measurements.alike(loss: 0.5, accuracy: 0.8)
      let number =
        Double(sign: .plus, exponent: exponent, significand: 1)
        * Double.random(in: 1..<2, using: &random)
      metrics[.testLoss] = number.isFinite ? number : 1
      metrics[.trainLoss] = -Double.random(in: 0..<1000, using: &random)
      metrics[.testAccuracy] = Double(Int.random(in: 0...10_000, using: &random)) / 10_000
      let line = line(metrics, seconds: Double.random(in: 0..<1e5, using: &random))
      let result = try #require(scanned(line), "\(line)")
      #expect(try result == decoded(line))
      #expect(result.metrics?.all.map(\.value.bitPattern) == metrics.all.map(\.value.bitPattern))
    }
  }

  /// Numbers that a person or another program may have written in other ways.
  @Test(arguments: [
    "0.30000000000000004", "5", "-0.0", "0.1e1", "1E-7", "123456789012345678", "0.123456789012345",
    "9007199254740993", "4.35", "0.000001", "1.7976931348623157e+308",
  ])
  func numbersAreReadAsJSONIs(number: String) throws {
    let line =
      #"{"cell":1,"seed":2,"step":3,"epoch":4,"seconds":0.5,"reason":"completed","test_loss":"#
      + number
      + #","test_accuracy":0.5}"#
    #expect(try scanned(line) == decoded(line))
    #expect(scanned(line)?.metrics?[.testLoss] == Double(number))
  }

  @Test func whatDiffersInTheLeastIsLeftToTheOther() {
    let line = line(.alike(loss: 0.5, accuracy: 0.25))
    #expect(scanned(line) != nil)
    for (text, other) in [
      ("\"cell\":12", "\"cell\": 12"), ("\"cell\":12", "\"cell\":012"),
      ("\"cell\":12", "\"cell\":-1"),
      ("\"cell\":12", "\"cell\":99999999999999999999"), ("\"seed\":345", "\"seed\":1.5"),
      ("\"seconds\":1.5", "\"seconds\":-1"), ("\"seconds\":1.5", "\"seconds\":1e12"),
      ("\"seconds\":1.5", "\"seconds\":.5"), ("\"seconds\":1.5", "\"seconds\":1."),
      ("\"seconds\":1.5", "\"seconds\":NaN"), ("completed", "diverged"), ("completed", "failed"),
      ("}", ",\"more\":1}"), ("}", "} "), ("}", ""), ("test_accuracy", "test_accurate"),
      ("\"test_loss\":0.5", "\"test_loss\":null,\"test_loss_non_finite\":\"nan\""),
    ] {
      #expect(line.contains(text))
      #expect(scanned(line.replacing(text, with: other)) == nil, "\(other)")
    }
    for count in 0..<line.utf8.count { #expect(scanned(String(line.prefix(count))) == nil) }
  }
}

import Experiment
import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import Reports
@testable import fmnist_tui

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct RunsPlotTests {
  @Test(arguments: ["loss", "accuracy", "gap"])
  func thePictureIsXMLWithALineForEachCurve(figure: String) throws {
    let runs = try RecordedRuns()
    try runs.complete()
    let result = try Executable.run(["runs", "plot", "exp1", "--figure", figure, "--runs-dir", runs.path])
    let document = try #require(ParsedXML(result.output))
    let lines = document.elements["polyline"] ?? []
    #expect(result.status == 0)
    #expect(lines.count == (figure == "gap" ? 2 : 4))
    #expect(lines.filter { $0["stroke-dasharray"] != nil }.count == (figure == "gap" ? 0 : 2))
    #expect(Set(lines.map { $0["stroke"] }) == ["#0072b2", "#d55e00"])
    #expect(document.texts.contains("exp1 A with dropout") && document.texts.contains("epoch"))
    #expect(document.texts.contains("1") && document.texts.contains("2") && document.texts.contains("3"))
  }

  @Test func namesAreEscaped() throws {
    let name = "a <b> & \"c\" \u{1}\u{FFFF}"
    let curve = Quantity.Curve(
      split: "", isDashed: false, points: [ChartSeries.Point(x: 1, y: 0.5), ChartSeries.Point(x: 2, y: 0.75)])
    let chart = SVGChart(
      title: "gap", runs: [SVGChart.Run(title: name, curves: [curve])], horizontal: Axis(1, 2), isShare: true)
    #expect(try #require(ParsedXML(chart.text)).texts.contains("a <b> & \"c\" ??"))
  }

  @Test func whatIsNotFiniteIsAGapAndALonePointADot() throws {
    let values = [0.5, .nan, 0.75, 0.5, .infinity]
    let points = values.enumerated().map { ChartSeries.Point(x: Double($0.offset + 1), y: $0.element) }
    let chart = SVGChart(
      title: "loss",
      runs: [
        SVGChart.Run(
          title: "A", curves: [Quantity.Curve(split: "", isDashed: false, points: points)])
      ], horizontal: Axis(1, 5), isShare: false)
    let document = try #require(ParsedXML(chart.text))
    #expect(document.elements["circle"]?.count == 1)
    #expect(document.elements["polyline"]?.count == 1)
    #expect(!chart.text.lowercased().contains("nan") && !chart.text.contains("inf"))
  }

  @Test func decadesOfALogarithmicAxisLieEquallyFarApart() throws {
    let values = [100, 10, 1, 0.1, 0.01]
    let points = values.enumerated().map { ChartSeries.Point(x: Double($0 + 1), y: $1) }
    let run = SVGChart.Run(title: "A", curves: [Quantity.Curve(split: "", isDashed: false, points: points)])
    func heights(isLogarithmic: Bool) throws -> [Double] {
      let chart = SVGChart(
        title: "loss", runs: [run], horizontal: Axis(1, 5), isShare: false, isLogarithmic: isLogarithmic)
      let line = try #require(ParsedXML(chart.text)?.elements["polyline"]?.first?["points"])
      return line.split(separator: " ").compactMap { $0.split(separator: ",").last.flatMap { Double($0) } }
    }
    func steps(_ heights: [Double]) -> [Double] { zip(heights, heights.dropFirst()).map { $1 - $0 } }
    let logarithmic = steps(try heights(isLogarithmic: true))
    #expect(logarithmic.count == 4 && logarithmic.allSatisfy { abs($0 - logarithmic[0]) < 0.2 })
    let linear = steps(try heights(isLogarithmic: false))
    #expect(linear[0] > 5 * linear[1])
  }

  @Test func lossesOfRegressionsHaveALogarithmicAxis() throws {
    let folder = try TemporaryFolder()
    let trained = try Executable.run(
      [
        "train", "--preset", "weight-decay", "--no-tui", "--quiet", "--runs-dir", folder.path, "--name",
        "decay",
      ])
    #expect(trained.status == 0, "\(trained.error)")
    let chart = try Executable.run(["runs", "plot", "decay", "--runs-dir", folder.path])
    let texts = try #require(ParsedXML(chart.output)).texts
    #expect(texts.contains { $0.contains("e−") }, "train losses of 1e-11: \(texts)")
  }

  @Test func aFileIsReplacedOnlyWithForce() throws {
    let runs = try RecordedRuns()
    try runs.complete()
    let file = runs.path + "/chart.svg"
    let arguments = ["runs", "plot", "exp1", "--runs-dir", runs.path, "-o", file]
    #expect(try Executable.run(arguments).status == 0)
    try Data("mine".utf8).write(to: URL(filePath: file))
    let refused = try Executable.run(arguments)
    #expect(refused.status == 73)
    #expect(refused.error.contains("\(file): there is a file already. Give another name, or --force"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    #expect(try Executable.run(arguments + ["--force"]).status == 0)
    #expect(try ParsedXML(String(contentsOfFile: file, encoding: .utf8)) != nil)
  }

  @Test func aDeviceIsNotReplacedEvenWithForce() throws {
    let runs = try RecordedRuns()
    try runs.complete()
    let result = try Executable.run(
      ["runs", "plot", "exp1", "--runs-dir", runs.path, "-o", "/dev/null", "--force"])
    #expect(result.status == 73)
    #expect(result.error.contains("/dev/null: it is there and no file"))
  }
}

/// The elements and texts of a well-formed XML document.
private final class ParsedXML: NSObject, XMLParserDelegate {
  var elements: [String: [[String: String]]] = [:]
  var texts: [String] = []
  private var text = ""

  init?(_ document: String) {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements[name, default: []].append(attributes)
    text = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    texts.append(text)
    text = ""
  }
}

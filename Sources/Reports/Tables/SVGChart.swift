package import Experiment
internal import Messages
import Platform
package import TerminalUI

/// A line chart as a picture (SVG 1.1): axes with round ticks, solid and dashed lines, and a legend below.
package struct SVGChart {
  /// What belongs to one run: lines of one colour.
  package struct Run {
    package let title: String
    package let curves: [Quantity.Curve]

    /// A run's curves under its title.
    package init(title: String, curves: [Quantity.Curve]) {
      self.title = title
      self.curves = curves
    }
  }

  package let title: String
  package let runs: [Run]
  package let horizontal: Axis
  package let isShare: Bool
  /// What all curves fit into.
  private let vertical: Axis

  /// Made of its parts; with a logarithmic axis if that is wanted.
  package init(title: String, runs: [Run], horizontal: Axis, isShare: Bool, isLogarithmic: Bool = false) {
    self.title = title
    self.runs = runs
    self.horizontal = horizontal
    self.isShare = isShare
    var chart = LineChart(
      title: "",
      series: runs.flatMap(\.curves).map {
        ChartSeries(label: "", mark: " ", style: .plain, points: $0.points)
      }, horizontal: horizontal, glyphs: .ascii)
    chart.isLogarithmic = isLogarithmic
    vertical = chart.verticalAxis
  }

  private static let width = 800.0
  private static let plot = (x: 72.0, y: 48.0, width: 704.0, height: 340.0)
  private static let legendTop = 452.0
  private static let legendRow = 22.0

  /// Colours of the same names as in the terminal, dark enough on white (Okabe and Ito, 2008; blue, vermilion, …).
  private static let colors = [
    "#0072b2", "#d55e00", "#009e73", "#a84f86", "#8a6d00", "#00549e", "#8c3b00", "#5a5a5a",
  ]

  /// The whole file.
  package var text: String {
    let isDashed = runs.contains { $0.curves.contains(where: \.isDashed) }
    let rows = runs.count + (isDashed ? 1 : 0)
    let height = Self.legendTop + Double(rows) * Self.legendRow
    let size = "\(number(Self.width)) \(number(height))"
    let legend = runs.enumerated().map { legendLines($0, $1.title) } + (isDashed ? [splitLegend] : [])
    let elements =
      [
        #"<?xml version="1.0" encoding="UTF-8"?>"#,
        #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(size)" width="\#(number(Self.width))" "#
          + ##"height="\##(number(height))" role="img" font-family="sans-serif" font-size="14" fill="#222222">"##,
        "<title>\(Self.escaped(title))</title>",
        ##"<rect width="100%" height="100%" fill="#ffffff"/>"##,
        label(title, x: Self.plot.x, y: 30, anchor: "start", size: 18),
      ] + grid + runs.indices.flatMap { index in runs[index].curves.flatMap { line($0, index) } }
    return (elements + legend.joined() + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  // MARK: Axes

  private var grid: [String] {
    let plot = Self.plot
    let bottom = plot.y + plot.height
    var elements: [String] = []
    let rows = vertical.ticks(limit: 7)
    for (value, text) in zip(rows, labels(rows, of: vertical, isShare: isShare)) {
      guard let y = y(of: value) else { continue }
      elements.append(stroke((plot.x, y), (plot.x + plot.width, y), color: "#dddddd"))
      elements.append(label(text, x: plot.x - 8, y: y + 5, anchor: "end"))
    }
    let columns = horizontal.wholeTicks(limit: 12)
    for (value, text) in zip(columns, labels(columns, of: horizontal, isShare: false)) {
      guard let x = x(of: value) else { continue }
      elements.append(stroke((x, bottom), (x, bottom + 5), color: "#666666"))
      elements.append(label(text, x: x, y: bottom + 21, anchor: "middle"))
    }
    elements.append(stroke((plot.x, bottom), (plot.x + plot.width, bottom), color: "#666666"))
    elements.append(label(says("epoch", "轮"), x: plot.x + plot.width / 2, y: bottom + 42, anchor: "middle"))
    return elements
  }

  private func labels(_ ticks: [Double], of axis: Axis, isShare: Bool) -> [String] {
    let shown = isShare ? ticks.map { $0 * 100 } : ticks
    // Over decades each has the digits of its own size.
    if axis.isLogarithmic {
      return shown.map { NumberText.significant($0, digits: 2) + (isShare ? "%" : "") }
    }
    let decimals = Axis.decimals(for: shown)
    return shown.map { NumberText.fixed($0, decimals: decimals) + (isShare ? "%" : "") }
  }

  private func x(of value: Double) -> Double? {
    horizontal.position(of: value).map { Self.plot.x + $0 * Self.plot.width }
  }

  private func y(of value: Double) -> Double? {
    vertical.position(of: value).map { Self.plot.y + (1 - $0) * Self.plot.height }
  }

  // MARK: Lines and legend

  /// A curve in pieces between the points that are not finite; a point alone is a dot.
  private func line(_ curve: Quantity.Curve, _ index: Int) -> [String] {
    let places = curve.points.map { point -> (x: Double, y: Double)? in
      guard let x = x(of: point.x), let y = y(of: point.y) else { return nil }
      return (x, y)
    }
    return places.split(omittingEmptySubsequences: true) { $0 == nil }.map { piece in
      let piece = piece.compactMap(\.self)
      if piece.count == 1 {
        return
          #"<circle cx="\#(number(piece[0].x))" cy="\#(number(piece[0].y))" r="3" fill="\#(color(index))"/>"#
      }
      let points = piece.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
      return #"<polyline points="\#(points)" fill="none" stroke="\#(color(index))" stroke-width="2" "#
        + #"stroke-linejoin="round"\#(dashes(curve.isDashed))/>"#
    }
  }

  private func legendLines(_ index: Int, _ title: String) -> [String] {
    let y = Self.legendTop + Double(index) * Self.legendRow
    return [
      stroke((Self.plot.x, y - 5), (Self.plot.x + 32, y - 5), color: color(index), width: 3),
      label(title, x: Self.plot.x + 42, y: y, anchor: "start"),
    ]
  }

  private var splitLegend: [String] {
    let y = Self.legendTop + Double(runs.count) * Self.legendRow
    let x = Self.plot.x
    return [
      stroke((x, y - 5), (x + 32, y - 5), color: "#666666"),
      label(says("test", "测试"), x: x + 42, y: y, anchor: "start"),
      stroke((x + 100, y - 5), (x + 132, y - 5), color: "#666666", isDashed: true),
      label(says("train, dropout off", "训练，关闭暂退"), x: x + 142, y: y, anchor: "start"),
    ]
  }

  private func color(_ index: Int) -> String { Self.colors[index % Self.colors.count] }

  private func dashes(_ isDashed: Bool) -> String { isDashed ? #" stroke-dasharray="7 5""# : "" }

  private func stroke(
    _ start: (x: Double, y: Double), _ end: (x: Double, y: Double), color: String, width: Double = 1.5,
    isDashed: Bool = false
  ) -> String {
    #"<line x1="\#(number(start.x))" y1="\#(number(start.y))" x2="\#(number(end.x))" y2="\#(number(end.y))" "#
      + #"stroke="\#(color)" stroke-width="\#(number(width))"\#(dashes(isDashed))/>"#
  }

  private func label(_ text: String, x: Double, y: Double, anchor: String, size: Double? = nil) -> String {
    let size = size.map { #" font-size="\#(number($0))""# } ?? ""
    return
      #"<text x="\#(number(x))" y="\#(number(y))" text-anchor="\#(anchor)"\#(size)>\#(Self.escaped(text))</text>"#
  }

  /// A tenth of a pixel is enough.
  private func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

  /// Text as XML 1.0 may hold it.
  package static func escaped(_ text: String) -> String {
    text.printable.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }
}

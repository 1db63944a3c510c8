package import Experiment
internal import Messages
package import Sessions
package import TerminalUI

/// The figures of a quantity of recorded runs as a chart in the terminal.
package struct RunsChart {
  package let runs: [ChosenRun]
  package let quantity: Quantity
  package let traits: TerminalTraits

  /// Made of its parts.
  package init(runs: [ChosenRun], quantity: Quantity, traits: TerminalTraits) {
    self.runs = runs
    self.quantity = quantity
    self.traits = traits
  }

  /// The chart as lines, with escape sequences where there are colours.
  package func lines(width: Int, height: Int) -> [String] {
    var surface = Surface(width: width, height: height)
    chart.draw(on: &surface, in: surface.bounds)
    return surface.lines(colors: traits.colors)
  }

  /// Without colours braille lines of several runs look alike, letters do not.
  private var glyphs: GlyphSet {
    traits.colors == .none && runs.count > 1 ? .ascii : traits.glyphs
  }

  private var chart: LineChart {
    let series = runs.flatMap { run in
      quantity.curves(of: run.run.history).map { curve in
        var style = run.id.style
        style.isBold = !curve.isDashed
        var series = ChartSeries(
          label: [run.title, curve.split].filter { !$0.isEmpty }.joined(separator: " "),
          mark: mark(of: run, isDashed: curve.isDashed), style: style, isDashed: curve.isDashed,
          points: curve.points)
        series.spacing = run.id.spacing(of: traits.colors)
        return series
      }
    }
    var chart = LineChart(
      title: quantity.title, series: series, horizontal: Quantity.horizontalAxis(runs.map(\.run.history)),
      glyphs: glyphs)
    chart.showsPercent = quantity.isShare
    chart.isLogarithmic = quantity.isLogarithmic(of: runs.map(\.run.history))
    chart.horizontalUnit = says("epoch", "轮")
    chart.hasWholePlaces = true
    return chart
  }

  /// Where lines are made of their marks, train has the small letter.
  private func mark(of run: ChosenRun, isDashed: Bool) -> Character {
    let mark = run.id.mark(in: glyphs)
    return glyphs == .ascii && isDashed ? Character(mark.lowercased()) : mark
  }
}

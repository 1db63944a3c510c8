internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// The exact solution by degree for few and for many samples: train and test error, and what is to be learnt from them.
struct DegreeCurveView {
  let glyphs: GlyphSet

  /// Over the data of 200 seeds, computed when first looked at.
  static let curves = [
    DegreeCurve(samples: 20, degrees: 12, seeds: 200), DegreeCurve(samples: 100, degrees: 19, seeds: 200),
  ]
  private static let shownDegrees = [1, 2, 3, 5, 6, 8, 10, 12, 19]

  func draw(on surface: inout Surface, in area: Rect) {
    let lines = lines(width: max(1, area.width - 2))
    let (top, text) = area.splitBottom(min(lines.count, max(0, area.height - 8)))
    chart.draw(on: &surface, in: top)
    surface.write(lines.map(glyphs.plain), in: text.splitLeft(1).rest)
  }

  var chart: LineChart {
    let series = Self.curves.enumerated().flatMap { index, curve in
      [false, true].map { isTest in
        var style = RunID(index).style
        style.isBold = isTest
        let letter = Character(index == 0 ? (isTest ? "A" : "a") : isTest ? "B" : "b")
        return ChartSeries(
          label: "n \(curve.samples) \(isTest ? says("test", "测试") : says("train", "训练"))",
          longLabel: isTest
            ? says("\(curve.samples) samples, test error", "\(curve.samples) 个样本，测试误差")
            : says("\(curve.samples) samples, train error", "\(curve.samples) 个样本，训练误差"),
          mark: glyphs == .ascii ? letter : index == 0 ? "●" : "○", style: style, isDashed: !isTest,
          points: curve.points.map { ChartSeries.Point(x: Double($0.degree), y: isTest ? $0.test : $0.train) }
        )
      }
    }
    var chart = LineChart(
      title: glyphs.plain(
        says(
          "error of the exact solution by degree, median of \(Self.curves[0].seeds) seeds",
          "精确解的误差随次数的变化，\(Self.curves[0].seeds) 个种子的中位数")),
      series: series, horizontal: Axis(0, 19), glyphs: glyphs)
    chart.isLogarithmic = true
    chart.hasWholePlaces = true
    chart.horizontalUnit = says("degree", "次数")
    return chart
  }

  /// A table of some degrees, and the sentence.
  func lines(width: Int) -> [String] {
    let degrees = Self.shownDegrees
    let rows = Self.curves.flatMap { curve in
      [(says("train", "训练"), \DegreeCurve.Point.train), (says("test", "测试"), \.test)].map { name, value in
        [says("\(curve.samples) samples, \(name)", "\(curve.samples) 个样本，\(name)")]
          + degrees.map { degree in
            curve.points.indices.contains(degree)
              ? NumberText.significant(curve.points[degree][keyPath: value], digits: 2) : "-"
          }
      }
    }
    let table = TextTable(rows: [[says("degree", "次数")] + degrees.map { String($0) }] + rows, spacing: 1)
      .lines
    return table + TextWrap.lines(Self.sentence, width: width)
  }

  private static var sentence: String {
    says(
      "Errors on \(DegreeCurve.testSamples) test samples. Below degree 3 both errors are large: underfitting. Beyond it the train error still falls while the test error "
        + "explodes: overfitting, the sooner the fewer samples. The book's figure of 20 features trained by steps does not "
        + "show it: gradient descent never reaches the directions of high order.",
      "在 \(DegreeCurve.testSamples) 个测试样本上的误差。次数低于 3 时两种误差都大：欠拟合。超过它之后，训练误差仍在下降，"
        + "测试误差却急剧上升：过拟合，样本越少来得越早。书中用 20 个特征逐步训练的图看不到这一点：梯度下降到不了高阶的方向。")
  }
}

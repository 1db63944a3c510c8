internal import Datasets
internal import Messages
internal import TerminalUI

/// Every key of the shown page, and on further pages what is explained beside them.
struct HelpView {
  let groups: [KeyGroup]
  let glyphs: GlyphSet
  /// What is explained, and the paragraphs that do it.
  let explanation: (title: String, paragraphs: [String])

  struct Row: Hashable {
    var caption: String
    var help = ""
  }

  /// A page: lines of text, keys below them, and the title that says what the next press brings.
  struct Page: Hashable {
    var title: String
    var text: [String] = []
    var keys: [Row] = []
  }

  /// The narrowest page whose keys stand in two columns.
  private static let twoColumnWidth = 78

  func draw(_ number: Int, on surface: inout Surface, in area: Rect) {
    let pages = pages(in: area)
    guard let page = pages.last, area.height > 2 else { return }
    draw(pages.indices.contains(number) ? pages[number] : page, on: &surface, in: area)
  }

  /// The pages on a screen of a size: the keys as they fit, what is explained, and below that the keys that are left.
  func pages(in area: Rect) -> [Page] {
    let inside = area.inset(by: 1)
    guard inside.height > 0 else { return [] }
    let columns = columns(of: inside)
    var rest = keys
    var pages: [Page] = []
    var text = Array(
      explanation.paragraphs.map { TextWrap.lines(glyphs.plain($0), width: inside.width - 2) }.joined(
        separator: [""]))
    // Below the end of the text there is room for keys, after an empty row, or on a page of their own where it fills its last.
    let end = text.count % inside.height
    let below = end == 0 ? inside.height : inside.height - end - 1
    repeat {
      pages.append(
        Page(title: says("keys", "按键"), keys: Self.taken(from: &rest, columns, rows: inside.height)))
    } while rest.count > columns * below
    while !text.isEmpty {
      pages.append(Page(title: explanation.title, text: Array(text.prefix(inside.height))))
      text = Array(text.dropFirst(inside.height))
    }
    if !rest.isEmpty {
      if end == 0 {
        pages.append(Page(title: says("keys", "按键")))
      } else {
        pages[pages.count - 1].text.append("")
      }
      pages[pages.count - 1].keys = Self.taken(from: &rest, columns, rows: below)
    }
    for index in pages.indices {
      let isLast = index == pages.count - 1
      let next =
        isLast
        ? ""
        : pages[index + 1].title == pages[index].title ? says("more", "更多") : pages[index + 1].title
      pages[index].title +=
        isLast ? says(" (? closes)", " (? 关闭)") : says(" (? for \(next))", " (? \(next))")
    }
    return pages
  }

  /// Takes the rows of a page's columns: no heading stands below all others of a column, away from its keys.
  private static func taken(from rest: inout [Row], _ columns: Int, rows: Int) -> [Row] {
    var page: [Row] = []
    for _ in 0..<columns {
      var column = Array(rest.prefix(rows))
      if column.count > 1, column.count < rest.count, column.last?.help == "" { column.removeLast() }
      rest.removeFirst(column.count)
      page += column
      if !rest.isEmpty { page += Array(repeating: Row(caption: ""), count: rows - column.count) }
    }
    return page
  }

  private func columns(of area: Rect) -> Int { area.width >= Self.twoColumnWidth ? 2 : 1 }

  private func draw(_ page: Page, on surface: inout Surface, in area: Rect) {
    surface.drawFrame(area, title: page.title, glyphs: glyphs)
    let inside = area.inset(by: 1)
    for (row, line) in page.text.enumerated() {
      surface.write(line, x: inside.x + 1, y: inside.y + row, limit: inside.maxX)
    }
    draw(page.keys, on: &surface, in: inside.splitTop(page.text.count).rest)
  }

  private func draw(_ rows: [Row], on surface: inout Surface, in area: Rect) {
    guard area.height > 0 else { return }
    let width = area.width / (rows.count > area.height ? columns(of: area) : 1)
    for (index, row) in rows.enumerated() {
      let x = area.x + index / area.height * width + 1
      let y = area.y + index % area.height
      surface.write(glyphs.plain(row.caption), x: x, y: y, style: .bold, limit: x + width - 2)
      surface.write(
        glyphs.plain(row.help), x: x + (row.help.isEmpty ? 0 : 10), y: y, limit: x + width - 2)
    }
  }

  private var keys: [Row] {
    groups.flatMap { group in
      [Row(caption: group.title)]
        + group.entries.filter { !$0.help.isEmpty }.map { Row(caption: $0.caption, help: $0.help) }
    }
  }

  /// The three curves that elsewhere share one name, and what is shown of several seeds.
  static func curves(of task: Task.Kind) -> [String] {
    let lines = [
      says(
        "running, dropout on (dim): the mean over an epoch's own steps. Units are dropped and the weights still move, so "
          + "it tells of a weaker network than the epoch ends with; that is why it may lie above the test loss.",
        "运行中，启用暂退（暗淡）：一轮中各步的均值。此时单元被丢弃，权重仍在变化，所以它反映的网络比这一轮结束时的弱；"
          + "因此它可能高于测试损失。"),
      says(
        "train, dropout off (dashed): the epoch's final weights on all training images. Only this may be compared with "
          + "test; the generalisation gap is \(task == .classification ? "train minus test accuracy" : "test minus train loss").",
        "训练，关闭暂退（虚线）：这一轮最终的权重在全部训练图像上的结果。只有它可以与测试比较；泛化差距是"
          + (task == .classification ? "训练精度减测试精度。" : "测试损失减训练损失。")),
      says(
        "test, dropout off (bold): the same weights on the test images.", "测试，关闭暂退（粗线）：同样的权重在测试图像上的结果。"),
      says(
        "Several seeds: lines are means, dots fill what lies between the lowest and the highest seed's test curve, ± is "
          + "the sample's standard deviation. Differences are paired by seed; a 95 % interval that spans zero shows no "
          + "difference. Of 20 figures that do not differ one is expected to seem to.",
        "多个随机种子：线是均值，点填满最低与最高的测试曲线之间的范围，± 是样本标准差。差异按种子配对；95 % 区间若包含零，"
          + "则未见差异。20 个并无差异的指标中，预期会有一个看似有差异。"),
    ]
    guard task == .regression else { return lines }
    return lines + [
      says(
        "Samples and Calibration are not among the pages: they tell of classes and their probabilities, and what is "
          + "learned here is a number for each sample. Page 3 shows how well the numbers are met.",
        "这里没有“样本”页和“校准”页：它们讲的是类别及其概率，而这里为每个样本学习的是一个数。第 3 页显示这些数拟合得有多好。")
    ]
  }
}

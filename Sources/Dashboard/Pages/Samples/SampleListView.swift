import Reports
internal import TerminalUI

/// The images that come next, one a line.
struct SampleListView {
  let page: SamplesPage
  let state: DashboardState
  let images: TestImages
  /// Place of the first one in the order.
  let first: Int

  func draw(on surface: inout Surface, in area: Rect) {
    guard area.height >= 3 else { return }
    surface.drawFrame(area, title: page.ordering.title(of: state.comparedRuns), glyphs: state.glyphs)
    let inside = area.inset(by: 1)
    let numberWidth = NumberText.grouped(images.count).count
    for row in 0..<inside.height where first + row < page.order.count {
      let y = inside.y + row
      let image = page.order[first + row]
      let number = NumberText.grouped(image).paddedLeft(to: numberWidth)
      var x = surface.write("\(number)  ", x: inside.x + 1, y: y, style: .dim)
      x =
        surface.write(images.labelName(of: image).padded(to: images.nameWidth), x: x, y: y, style: .bold) + 2
      for run in state.comparedRuns {
        let lead = state.lead(of: run)
        surface.put(lead.mark(in: state.glyphs), x: x, y: y, style: lead.style)
        let answer = state.answer(of: run, image: image, images: images)
        guard x + 2 + answer.cellWidth <= inside.maxX else { break }
        x = surface.write(answer, x: x + 2, y: y) + 2
      }
    }
  }
}

/// Draws lines with dots finer than cells.
///
/// Each dot belongs to the last line that was drawn through its cell: lines drawn later are on top. Lines of equal weight
/// share the cells that both go through: one has the even columns, the other the odd ones.
public struct DotCanvas: Sendable {
  private let area: Rect
  private let glyphs: GlyphSet
  private var dots: [UInt8]
  private var owners: [(style: Style, mark: Character, isLine: Bool)?]

  /// A canvas over a rectangle of cells.
  public init(area: Rect, glyphs: GlyphSet) {
    self.area = area
    self.glyphs = glyphs
    dots = [UInt8](repeating: 0, count: area.width * area.height)
    owners = Array(repeating: nil, count: dots.count)
  }

  /// Columns of dots.
  public var width: Int { area.width * glyphs.dotsPerCell.x }
  /// Rows of dots.
  public var height: Int { area.height * glyphs.dotsPerCell.y }

  /// Sets a dot, from the top left; outside nothing happens.
  ///
  /// `mark` stands for it where there are no dots.
  public mutating func set(x: Int, y: Int, style: Style, mark: Character) {
    set(x: x, y: y, style: style, mark: mark, isLine: false)
  }

  private mutating func set(x: Int, y: Int, style: Style, mark: Character, isLine: Bool) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let (dotsX, dotsY) = glyphs.dotsPerCell
    let cell = y / dotsY * area.width + x / dotsX
    let bit = UInt8(1) << UInt8(y % dotsY * dotsX + x % dotsX)
    if let owner = owners[cell], owner.style != style || owner.mark != mark {
      let areEqual = owner.style.isBold == style.isBold && owner.style.isDim == style.isDim
      if isLine, owner.isLine, areEqual, (x / dotsX).isMultiple(of: 2) { return }
      dots[cell] = 0
    }
    dots[cell] |= bit
    owners[cell] = (style, mark, isLine)
  }

  /// Draws a straight line between two dots, both included (Bresenham, 1965).
  ///
  /// A dashed line leaves out every other column of cells, except where cells show marks instead of dots; `spacing` is the
  /// distance of a line's dots, where that tells it from others of its colour.
  public mutating func line(
    from start: (x: Int, y: Int), to end: (x: Int, y: Int), style: Style, mark: Character,
    isDashed: Bool = false, spacing: Int = 1
  ) {
    let cellWidth = glyphs.dotsPerCell.x
    let (dx, dy) = (abs(end.x - start.x), -abs(end.y - start.y))
    let (stepX, stepY) = (start.x < end.x ? 1 : -1, start.y < end.y ? 1 : -1)
    var (x, y, error) = (start.x, start.y, dx + dy)
    while true {
      if glyphs == .ascii || (!isDashed || x / cellWidth % 2 == 0) && (x + y).isMultiple(of: max(1, spacing))
      {
        set(x: x, y: y, style: style, mark: mark, isLine: true)
      }
      if (x, y) == end { return }
      let doubled = 2 * error
      if doubled >= dy {
        error += dy
        x += stepX
      }
      if doubled <= dx {
        error += dx
        y += stepY
      }
    }
  }

  /// Puts the cells that have dots on a surface.
  public func draw(on surface: inout Surface) {
    for (index, owner) in owners.enumerated() {
      guard let owner else { continue }
      surface.put(
        glyphs.character(dots: dots[index], mark: owner.mark), x: area.x + index % area.width,
        y: area.y + index / area.width, style: owner.style)
    }
  }
}

/// One cell of a screen.
public struct Cell: Hashable, Sendable {
  /// What is drawn; `nil` for the right half of a wide character.
  public var character: Character?
  /// How.
  public var style: Style

  /// A cell.
  public init(_ character: Character?, style: Style = .plain) {
    self.character = character
    self.style = style
  }

  /// Nothing.
  public static let blank = Cell(" ")
}

/// A picture made of cells: what a view draws on and a screen shows.
///
/// Everything that lies outside is clipped, so that views can draw at any size.
public struct Surface: Hashable, Sendable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  private var cells: [Cell]

  /// A blank picture; negative sizes become 0.
  public init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    cells = [Cell](repeating: .blank, count: self.width * self.height)
  }

  /// All of it.
  public var bounds: Rect { Rect(width: width, height: height) }

  /// The cell at a place; blank outside.
  public subscript(x: Int, y: Int) -> Cell {
    contains(x, y) ? cells[y * width + x] : .blank
  }

  /// The cells of a row.
  public func row(_ y: Int) -> ArraySlice<Cell> { cells[y * width..<(y + 1) * width] }

  /// Puts one character of one cell at a place; wide and zero-width ones are for `write`.
  public mutating func put(_ character: Character, x: Int, y: Int, style: Style = .plain) {
    guard contains(x, y) else { return }
    freeHalves(x: x, y: y)
    cells[y * width + x] = Cell(character, style: style)
  }

  /// Writes text from a place to the right, up to column `limit`; returns the column after it.
  ///
  /// A wide character that would be cut in half is left out; combining marks stay with their character, and `?` stands
  /// for what a terminal would obey instead of showing it.
  @discardableResult
  public mutating func write(
    _ text: String, x: Int, y: Int, style: Style = .plain, limit: Int? = nil
  ) -> Int {
    let limit = min(limit ?? width, width)
    var column = x
    for character in text.lazy.flatMap(\.parts) {
      let cellWidth = character.cellWidth
      guard cellWidth > 0 else { continue }
      guard column + cellWidth <= limit else { break }
      put(character, x: column, y: y, style: style)
      if cellWidth == 2, contains(column + 1, y) {
        freeHalves(x: column + 1, y: y)
        cells[y * width + column + 1] = Cell(nil, style: style)
        if contains(column, y) { cells[y * width + column] = Cell(character, style: style) }
      }
      column += cellWidth
    }
    return column
  }

  /// Writes lines below each other from the upper left corner of an area, as far as it reaches.
  public mutating func write(_ lines: some Collection<String>, in area: Rect, style: Style = .plain) {
    for (row, line) in lines.prefix(max(0, area.height)).enumerated() {
      write(line, x: area.x, y: area.y + row, style: style, limit: area.maxX)
    }
  }

  /// Writes text that ends before column `end`.
  public mutating func write(_ text: String, endingAt end: Int, y: Int, style: Style = .plain) {
    write(text, x: end - text.cellWidth, y: y, style: style)
  }

  /// Changes the style of every cell of a rectangle.
  public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let rect = rect.intersection(bounds)
    for y in rect.y..<rect.maxY {
      for x in rect.x..<rect.maxX { change(&cells[y * width + x].style) }
    }
  }

  /// The characters, one line per row.
  public var lines: [String] {
    (0..<height).map { y in String(row(y).compactMap(\.character)) }
  }

  private func contains(_ x: Int, _ y: Int) -> Bool { x >= 0 && x < width && y >= 0 && y < height }

  /// Blanks the other half of a wide character that is about to be overwritten.
  private mutating func freeHalves(x: Int, y: Int) {
    let index = y * width + x
    if cells[index].character == nil, x > 0 { cells[index - 1] = Cell(" ", style: cells[index - 1].style) }
    if x + 1 < width, cells[index + 1].character == nil {
      cells[index + 1] = Cell(" ", style: cells[index + 1].style)
    }
  }
}

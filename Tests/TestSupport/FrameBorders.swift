package import TerminalUI

extension Surface {
  /// The rows in which something is written over the left or the right edge of a frame.
  package var brokenFrameRows: [String] {
    func rows(from corner: Character, to end: Character) -> [Int] {
      (0..<height).flatMap { y in
        (0..<width).filter { self[$0, y].character == corner }.flatMap { x in
          (y + 1..<height).prefix { self[x, $0].character != end }.filter { self[x, $0].character != "│" }
        }
      }
    }
    return Set(rows(from: "╮", to: "╯") + rows(from: "╭", to: "╰")).sorted().map { lines[$0] }
  }
}

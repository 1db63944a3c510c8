internal import Messages

/// Lines of a file that cannot be read: the first ones are told of, and how many more there are.
struct LeftOutLines {
  /// A damaged file may have no line that can be read.
  private static let most = 10

  private let path: String
  private let consequence: String
  private var first: [String] = []
  private var count = 0

  /// None yet of the file at `path`; `consequence` is what is done about each.
  init(of path: String, consequence: String = "") {
    self.path = path
    self.consequence = consequence
  }

  /// Takes in the line at `index`, from 0.
  mutating func add(_ index: Int, _ problem: String) {
    count += 1
    if count <= Self.most {
      first.append(
        says(
          "\(path): line \(index + 1) is left out\(consequence): \(problem).",
          "\(path)：第 \(index + 1) 行已略过\(consequence)：\(problem)。"))
    }
  }

  /// A sentence each.
  var notes: [String] {
    count > Self.most
      ? first + [
        says(
          "\(path): \(count - Self.most) more lines are left out\(consequence).",
          "\(path)：另有 \(count - Self.most) 行已略过\(consequence)。")
      ] : first
  }
}

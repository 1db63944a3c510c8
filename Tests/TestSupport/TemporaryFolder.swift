import Foundation

/// A folder that is removed with its owner.
package final class TemporaryFolder {
  /// Where it is.
  package let path: String

  /// An empty folder.
  package init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "fmnist-tui-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path(percentEncoded: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Everything in the folder.
  package var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  /// The text of a file.
  package func text(_ name: String) throws -> String {
    try String(decoding: Data(contentsOf: URL(filePath: path + "/" + name)), as: UTF8.self)
  }
}

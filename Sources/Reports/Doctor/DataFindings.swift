package import Datasets
internal import Messages

/// The data that would be used, or why there is none.
package enum DataFindings: Sendable {
  /// Found and read to the end.
  case found(source: DataSource, trainCount: Int, testCount: Int)
  /// What is wrong and what to do.
  case failed(DatasetError)

  /// Reads the data as a session would.
  package init(_ load: () throws(DatasetError) -> Dataset) {
    do {
      let dataset = try load()
      self = .found(source: dataset.source, trainCount: dataset.train.count, testCount: dataset.test.count)
    } catch {
      self = .failed(error)
    }
  }

  /// What can be done about what hinders.
  package var warnings: [String] {
    switch self {
    case .found(let source, let trainCount, _) where source.place == .sample:
      [
        says(
          "only the bundled sample of \(trainCount) training images was found: get all with '\(source.dataset.fetchCommand)'.",
          "只找到自带的 \(trainCount) 张训练图像样本：用 '\(source.dataset.fetchCommand)' 取得全部。")
      ]
    case .found: []
    case .failed(let error): [error.description]
    }
  }
}

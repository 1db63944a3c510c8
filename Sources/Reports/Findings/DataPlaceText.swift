package import Datasets
internal import Messages

extension DataSource.Place {
  /// Where data were found, in words; files have the key.
  package var words: String {
    switch self {
    case .argument: says(key, "指定的目录")
    case .environment: says(key, "环境变量")
    case .cache: says(key, "缓存")
    case .system: says(key, "系统")
    case .sample: says(key, "自带样本")
    case .synthesis: says(key, "生成")
    }
  }

  /// The words for the key that a file has; the key itself where it is of another version.
  package static func words(ofKey key: String) -> String {
    allCases.first { $0.key == key }?.words ?? key
  }
}

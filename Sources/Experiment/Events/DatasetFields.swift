package import Datasets
internal import Messages

extension FieldDecoder {
  /// The fields that tell of a data set.
  package static var ofDataset: Set<String> { ["dataset", "dataset_classes", "dataset_shape", "image-size"] }

  /// Reads the data set, as its files were found.
  package func dataset() throws -> DatasetDescription {
    let key = try decode(String.self, forKey: "dataset")
    guard DatasetDescription(key: key) != nil else {
      throw fault("dataset", says("no data set is called '\(key)'", "没有名为“\(key)”的数据集"))
    }
    let dataset = DatasetDescription(
      key: key, foundClassNames: try decodeIfPresent([String].self, forKey: "dataset_classes"),
      foundShape: try named("dataset_shape") { try decodeIfPresent([Int].self, forKey: "dataset_shape") },
      imageSize: try named("image-size") { try decodeIfPresent(Int.self, forKey: "image-size") })
    guard let dataset else {
      throw fault("dataset", says("no files of \(key) have such classes and images", "\(key) 的文件没有这样的类别和图像"))
    }
    return dataset
  }
}

extension JSONObject {
  /// Adds the data set: its key, and what its files say that the key does not.
  mutating func add(_ dataset: DatasetDescription) {
    add("dataset", dataset.key)
    if let names = dataset.foundClassNames { add("dataset_classes", names) }
    if let shape = dataset.foundShape { add("dataset_shape", shape) }
    if let imageSize = dataset.imageSize { add("image-size", imageSize) }
  }
}

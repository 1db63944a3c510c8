import Datasets

/// How many training images a folder has of each class.
func countsOfClasses(inFolder folder: String) throws -> [Int] {
  let dataset = try Dataset.load(directory: folder, environment: [:])
  return dataset.train.labels.reduce(into: Array(repeating: 0, count: 10)) { counts, label in
    counts[Int(label)] += 1
  }
}

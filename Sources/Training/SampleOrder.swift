internal import NeuralNetwork
internal import TrainingEvents

extension RunConfiguration {
  /// The training images that the run learns from: all, or a choice that depends on the seed only.
  func trainIndices(available: Int) -> [Int32] {
    guard let trainSize, trainSize < available else { return Array(0..<Int32(available)) }
    var stream = RandomStream(seed: seed, purpose: .subset)
    return stream.permutation(count: available).prefix(trainSize).sorted()
  }

  /// The order in which an epoch, from 1, visits `indices`.
  func order(of indices: [Int32], epoch: Int) -> [Int32] {
    var stream = RandomStream(seed: seed, purpose: .shuffle(epoch: epoch))
    return stream.permutation(count: indices.count).map { indices[Int($0)] }
  }
}

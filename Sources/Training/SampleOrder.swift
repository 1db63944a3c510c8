internal import Experiment
internal import NeuralNetwork

extension RunConfiguration {
  /// The training images that the run learns from: all that are not held out, or a choice of them, by the seed only.
  func trainIndices(available: Int) -> [Int32] {
    let heldOut = Set(validationIndices(available: available))
    let indices = (0..<Int32(available)).filter { !heldOut.contains($0) }
    guard let trainSize, trainSize < indices.count else { return indices }
    var stream = RandomStream(seed: seed, purpose: .subset)
    return stream.permutation(count: indices.count).prefix(trainSize).map { indices[Int($0)] }.sorted()
  }

  /// The training images that are held out: a choice that depends on their number and the seed only.
  func validationIndices(available: Int) -> [Int32] {
    guard let validationSize else { return [] }
    var stream = RandomStream(seed: seed, purpose: .validation)
    return stream.permutation(count: available).prefix(validationSize).sorted()
  }

  /// The order in which an epoch, from 1, visits `indices`.
  func order(of indices: [Int32], epoch: Int) -> [Int32] {
    var stream = RandomStream(seed: seed, purpose: .shuffle(epoch: epoch))
    return stream.permutation(count: indices.count).map { indices[Int($0)] }
  }
}

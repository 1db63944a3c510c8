/// How many updates each epoch of a run makes: an epoch keeps the batch size with which it began.
public struct EpochLengths: Hashable, Sendable {
  /// Epochs of one length.
  private struct Part: Hashable {
    /// The first of them, from 1.
    var epoch: Int
    /// Updates made before it.
    var step: Int
    /// Updates of each.
    var length: Int
  }

  private var parts: [Part]

  /// Epochs of so many updates each.
  public init(_ length: Int) { parts = [Part(epoch: 1, step: 0, length: max(1, length))] }

  /// Epochs of so many updates each, from the one that contains `position` on.
  init(_ length: Int, at position: RunPosition) {
    parts = [Part(epoch: position.epoch, step: position.step - position.batch, length: max(1, length))]
  }

  /// Gives an epoch, from 1, and those after it another length.
  public mutating func set(_ length: Int, from epoch: Int) {
    let epoch = max(1, epoch)
    let part = Part(epoch: epoch, step: steps(through: epoch - 1), length: max(1, length))
    parts.removeAll { $0.epoch >= epoch }
    if parts.last?.length != part.length { parts.append(part) }
  }

  /// Updates of an epoch, from 1.
  public func length(of epoch: Int) -> Int { part { $0.epoch <= epoch }.length }

  /// Updates made at the end of an epoch, 0 for none.
  public func steps(through epoch: Int) -> Int {
    let part = part { $0.epoch <= epoch }
    let (steps, isFar) = (epoch - part.epoch + 1).multipliedReportingOverflow(by: part.length)
    return isFar ? .max : max(0, part.step + steps)
  }

  /// Epochs, and parts of one, made after `step` updates.
  public func epochs(at step: Int) -> Double {
    let part = part { $0.step <= step }
    return Double(part.epoch - 1) + Double(step - part.step) / Double(part.length)
  }

  /// Updates made after so many epochs, and parts of one.
  public func step(at epochs: Double) -> Int {
    let part = part { Double($0.epoch - 1) <= epochs }
    return part.step + Int(((epochs - Double(part.epoch - 1)) * Double(part.length)).rounded())
  }

  /// The epoch that is whole after `step` updates: the one under way is not.
  public func nextEpoch(at step: Int) -> Int { Int(epochs(at: step).rounded(.up)) + 1 }

  /// The last part that begins early enough, or the first one.
  private func part(beginning isEarly: (Part) -> Bool) -> Part { parts.last(where: isEarly) ?? parts[0] }
}

extension RunConfiguration {
  /// The learning rate of the step that follows `step` updates.
  public func learningRate(step: Int, lengths: EpochLengths) -> Double {
    let epochs = lengths.epochs(at: step)
    let length = lengths.length(of: Int(epochs) + 1)
    return learningRate(step: Int((epochs * Double(length)).rounded()), stepsPerEpoch: length)
  }
}

extension RunStarted {
  /// Updates of an epoch with batches of so many images.
  func steps(batchSize: Int) -> Int { (trainCount + batchSize - 1) / max(1, batchSize) }
}

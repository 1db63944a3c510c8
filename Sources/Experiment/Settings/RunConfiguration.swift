public import Datasets
internal import Messages
public import NeuralNetwork

/// Everything that determines a run: the network, the optimiser, the data it sees and its seed.
///
/// The defaults are the dropout experiment of *Dive into Deep Learning*, and they are stated only here.
/// Two runs with equal configurations end with equal weights, to the bit.
public struct RunConfiguration: Hashable, Sendable {
  /// What is learned from.
  public var dataset = DatasetDescription.usual
  /// The layers of `writtenNetwork`, with dropout 0.
  private var writtenLayers: NetworkSpecification?
  /// Units of each hidden layer, input side first; empty for softmax regression.
  public var hiddenWidths: [Int] = [256, 256]
  /// Probability to drop a unit, one for each dropout layer: of the perceptron, each hidden layer has one.
  public var dropout: [Double] = [0.2, 0.5]
  /// Probability to drop a pixel of the input.
  public var inputDropout = 0.0
  /// The activation of every hidden layer.
  public var activation = Activation.relu
  /// How weights (and biases) are drawn before the first step.
  public var initialization = Initialization.normal(
    standardDeviation: Initialization.defaultStandardDeviation)
  /// Whether each hidden layer normalises its pre-activations over the batch.
  public var batchNorm = false
  /// Whether each hidden layer that is as wide as the one before it adds what it gives to what it gets.
  public var residual = false
  /// The rule that turns gradients into updates.
  public var optimizer = OptimizerKind.sgd
  /// The learning rate.
  public var learningRate = 0.5
  /// How the learning rate changes from step to step.
  public var schedule = LearningRateSchedule()
  /// The momentum of SGD.
  public var momentum = 0.0
  /// Whether SGD's momentum is Nesterov's.
  public var nesterov = false
  /// λ: adds λ·w to the gradient, as PyTorch does (AdamW: decoupled).
  public var weightDecay = 0.0
  /// Whether weight decay applies to biases (and batch-norm parameters) too, as PyTorch's does.
  public var decaysBiases = true
  /// Strength of the L1 penalty on the weights; its subgradient at 0 is 0.
  public var l1 = 0.0
  /// Largest global norm of all gradients together, or `nil` for no clipping.
  public var clipNorm: Double?
  /// Largest absolute value of each gradient, or `nil` for no clipping.
  public var clipValue: Double?
  /// ε of label smoothing: the target is 1 - ε + ε/classes for the label and ε/classes elsewhere.
  public var labelSmoothing = 0.0
  /// How training images are changed each time they are learned from.
  public var augmentation = Augmentation()
  /// What numbers the pixels become beyond fractions of 255.
  public var normalization = Normalization.none
  /// Images per step; the last batch of an epoch may be smaller.
  public var batchSize = 256
  /// Passes over the training set.
  public var epochs = 10
  /// Key of every random stream: weights, shuffles and dropout masks.
  public var seed: UInt64 = 1
  /// Train on this many images, drawn by the seed, or `nil` for all.
  public var trainSize: Int?
  /// Training images held out, drawn by the seed: the run never learns from them.
  public var validationSize: Int?
  /// Probability that a training image is learned with the label of another class, drawn by the seed.
  public var labelNoise = 0.0
  /// Epochs that may follow the best one before the run ends; `nil` for all epochs, whatever comes of them.
  ///
  /// The best epoch is the earliest with the highest validation accuracy; a run that may stop early ends with its weights.
  public var earlyStopping: Int?
  /// Epochs from one evaluation to the next; the last epoch is always evaluated.
  public var evaluationInterval = 1

  /// Numbers of a sample of data that are made.
  public var features = 20
  /// Samples to learn from, of data that are made.
  public var samples = 100
  /// Samples to measure on, of data that are made.
  public var testSamples = 100
  /// Key of the random streams that data are made from; without one the seed is it.
  public var dataSeed: UInt64?
  /// What it costs to miss a number, of a regression.
  public var loss = RegressionLoss.meanSquaredError

  /// The default experiment.
  public init() {}

  /// All layers, where they are written out instead of the perceptron of `hiddenWidths`, `activation` and `batchNorm`.
  ///
  /// Its dropout is `dropout`.
  public var writtenNetwork: NetworkSpecification? {
    get {
      var network = writtenLayers
      network?.dropout = dropout
      return network
    }
    set {
      writtenLayers = newValue
      guard let newValue else { return }
      dropout = newValue.dropout
      writtenLayers?.dropout = dropout.map { _ in 0 }
    }
  }

  /// The layers of the network, which ends with so many outputs.
  public func network(outputs: Int) -> NetworkSpecification {
    writtenNetwork
      ?? NetworkSpecification(
        hiddenWidths: hiddenWidths, dropout: dropout, activation: activation, batchNorm: batchNorm,
        residual: residual, outputs: outputs)
  }

  /// The layers of the network for the data set.
  public var network: NetworkSpecification { network(outputs: dataset.task.outputCount) }

  /// What the network costs; `nil` if there can be none like it.
  public var networkEstimate: NetworkEstimate? { try? network.estimate(for: inputShape) }

  /// The shape of a sample as the network gets it.
  public var inputShape: Shape { network.inputShape(of: sampleShape) }

  /// The shape of a sample.
  public var sampleShape: Shape { dataset.synthesis == nil ? dataset.shape : .units(features) }

  /// How many layers drop units.
  public var dropoutCount: Int { writtenLayers?.dropout.count ?? hiddenWidths.count }

  /// The network in short: a perceptron's widths, `784-256-10`, a name, or the layers as they are written.
  public var networkTitle: String {
    writtenNetwork?.title
      ?? ([sampleShape.count] + hiddenWidths + [dataset.task.outputCount]).map(String.init)
      .joined(separator: "-")
  }

  /// The usual dropout of a network of `depth` hidden layers: 0.2 after the first, 0.5 after the others.
  public static func defaultDropout(depth: Int) -> [Double] {
    (0..<depth).map { $0 == 0 ? 0.2 : 0.5 }
  }

  /// Whether any unit or pixel is ever dropped.
  public var usesDropout: Bool { inputDropout > 0 || dropout.contains { $0 > 0 } }

  /// Training images that the run learns from, of so many that there are.
  public func trainCount(available found: Int) -> Int {
    trainSize ?? available(found) - (validationSize ?? 0)
  }

  /// Updates in an epoch, with so many training images that there are.
  public func stepsPerEpoch(available: Int) -> Int {
    (trainCount(available: available) + batchSize - 1) / batchSize
  }

  /// Whether the weights are measured with dropout off after this epoch.
  public func isEvaluated(epoch: Int) -> Bool { epoch % evaluationInterval == 0 || epoch == epochs }

  /// The same experiment with dropout off in every layer.
  public func withoutDropout() -> RunConfiguration {
    var twin = self
    twin.dropout = dropout.map { _ in 0 }
    twin.inputDropout = 0
    return twin
  }
}

// MARK: - Coding

extension RunConfiguration {
  /// Reads all settings and validates them; nothing is made of them before.
  ///
  /// - Throws: `DecodingError` that names the field which is missing, of another type, or impossible.
  package init(_ fields: FieldDecoder) throws {
    self.init()
    dataset = try fields.dataset()
    func fault(_ setting: Setting, _ problem: String) -> DecodingError {
      fields.fault(Field(stringValue: setting.key), problem)
    }
    for setting in Setting.allCases {
      let field = Field(stringValue: setting.key)
      if setting.mayBeLeftOut, !fields.contains(field) { continue }
      guard setting.applies(to: self) else {
        guard try !setting.isKept(of: self) && !fields.contains(field) || fields.decodeNil(forKey: field)
        else {
          throw fault(
            setting,
            setting.group == .data
              ? says("the data are not made", "数据不是合成的")
              : says("the field 'network' says all layers", "字段“network”已写出所有层"))
        }
        continue
      }
      let value = try fields.decode(setting.form, forKey: field)
      guard !setting.set(value, in: &self) else { continue }
      let text = setting.form.text(of: value)
      // Of layers it is known which is wrong.
      if setting == .network {
        do { _ = try NetworkSpecification(text: text) } catch { throw fault(setting, error.problem) }
      }
      throw fault(setting, says("'\(text)' is not known", "不认识“\(text)”"))
    }
    do {
      try validate()
    } catch {
      throw fault(error.setting ?? .hidden, error.problem)
    }
  }
}

extension JSONObject {
  /// Adds the data set, and all settings under the names of their options; some only where they have not their default.
  package mutating func add(_ configuration: RunConfiguration) {
    add(configuration.dataset)
    for setting in Setting.allCases
    where setting.isKept(of: configuration)
      && (!setting.mayBeLeftOut || !setting.isDefault(in: configuration))
    {
      add(setting.key, setting.value(in: configuration))
    }
  }

  /// Adds the value of a setting.
  package mutating func add(_ key: String, _ value: SettingValue) {
    switch value {
    case .none: add(key, nil as String?)
    case .flag(let flag): add(key, flag)
    case .integer(let integer): add(key, integer)
    case .seed(let seed): add(key, seed)
    case .number(let number): add(key, number)
    case .text(let text): add(key, text)
    case .list(let values):
      let integers = values.compactMap { if case .integer(let integer) = $0 { integer } else { nil } }
      if integers.count == values.count { add(key, integers) } else { add(key, values.compactMap(\.number)) }
    }
  }
}

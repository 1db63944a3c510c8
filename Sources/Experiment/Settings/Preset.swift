internal import Datasets
internal import Messages
internal import NeuralNetwork

/// Settings of a known experiment, which single options can change.
public enum Preset: String, CaseIterable, Hashable, Sendable {
  /// The dropout experiment of *Dive into Deep Learning*.
  case d2lDropout = "d2l-dropout"
  /// That book's multilayer perceptron.
  case d2lMLP = "d2l-mlp"
  /// That book's softmax regression.
  case d2lSoftmax = "d2l-softmax"
  /// The most accurate network, chosen by images held out of the training set.
  case best
  /// A network that is right for 90 % of the test images after a few seconds.
  case fast90 = "fast-90"
  /// A convolutional network that is right for 92 % of the test images within a minute.
  case convFast = "conv-fast"
  /// The most accurate convolutional network, chosen by images held out of the training set.
  case convBest = "conv-best"
  /// A residual network on small colour pictures, with weight decay and without.
  case cifar10WeightDecay = "cifar10-weight-decay"
  /// Deep networks whose gradients vanish on their way back, and what helps.
  case vanishingGradients = "vanishing-gradients"
  /// Deep networks whose gradients grow on their way back, and what helps.
  case explodingGradients = "exploding-gradients"
  /// A network with either penalty on its weights, and with none.
  case l1l2 = "l1-l2"
  /// Small and large networks that learn images of which a fifth have wrong labels.
  case modelSize = "model-size"
  /// A network that learns such images for long, whose test error rises and comes down again.
  case epochDoubleDescent = "epoch-double-descent"
  /// A network that learns its images by heart, and one that ends before.
  case earlyStopping = "early-stopping"
  /// A network that learns from images as they are, mirrored, and mirrored and moved.
  case augmentation
  /// A network with targets that are sure, and less and less sure.
  case labelSmoothing = "label-smoothing"
  /// A network with learning rates from too low to much too high.
  case learningRateTooHigh = "learning-rate-too-high"
  /// That book's regression of a polynomial with as many features as it needs, too few and too many.
  case polynomial
  /// That book's regression of more weights than samples, with and without weight decay, in its concise version.
  case weightDecay = "weight-decay"
  /// The same in its version from scratch.
  case weightDecayFromScratch = "weight-decay-scratch"

  /// What it is, in a few words.
  public var summary: String {
    switch self {
    case .d2lDropout: says("the dropout experiment of Dive into Deep Learning", "《动手学深度学习》的暂退法实验")
    case .d2lMLP: says("its multilayer perceptron, one hidden layer of 256 units", "该书的多层感知机，一个 256 单元的隐藏层")
    case .d2lSoftmax: says("its softmax regression", "该书的 softmax 回归")
    case .best: says("the highest test accuracy, in minutes", "几分钟内达到最高的测试精度")
    case .fast90: says("90 % test accuracy, in seconds", "几秒内达到 90 % 的测试精度")
    case .convFast: says("92 % with a convolutional network, in a minute", "卷积网络，一分钟内达到 92 %")
    case .convBest:
      says(
        "the highest test accuracy of a convolutional network, in a quarter of an hour", "一刻钟内达到卷积网络最高的测试精度")
    case .cifar10WeightDecay:
      says(
        "a residual network on CIFAR-10 with and without weight decay, of which published runs show no benefit (.783, .802)",
        "CIFAR-10 上的残差网络，有无权重衰减；已发表的运行未见其益处 (.783, .802)")
    case .vanishingGradients:
      says("eight hidden layers whose gradients vanish, and what helps", "八个隐藏层的梯度消失，以及对策")
    case .explodingGradients:
      says("eight hidden layers whose gradients explode, and what helps", "八个隐藏层的梯度爆炸，以及对策")
    case .l1l2: says("weights without a penalty, with L1 and with L2", "权重不加惩罚、加 L1、加 L2")
    case .modelSize:
      says(
        "4 to 512 units and a fifth of the labels wrong: who memorises them, and what it costs",
        "4 到 512 个单元，五分之一的标签有错：谁会记住它们，代价如何")
    case .epochDoubleDescent:
      says(
        "200 epochs with a fifth of the labels wrong: test error rises, and comes down again",
        "200 轮，五分之一的标签有错：测试误差先升后降")
    case .earlyStopping:
      says("2,000 images learned by heart, and a run that ends before", "把 2,000 张图像背下来，与提前结束的运行相比")
    case .augmentation:
      says("3,000 images as they are, mirrored, and mirrored and moved", "3,000 张图像：原样、镜像、镜像并移动")
    case .labelSmoothing: says("targets that are sure, and less and less sure", "从确定到越来越不确定的目标")
    case .learningRateTooHigh: says("learning rates from too low to much too high", "从太低到高得离谱的学习率")
    case .polynomial:
      says(
        "a polynomial learned from 4, 2 and 20 features: as many as it needs, too few, too many",
        "用 4、2、20 个特征学习多项式：正好、太少、太多")
    case .weightDecay:
      says("200 weights from 20 samples, without and with weight decay", "由 20 个样本学 200 个权重，有无权重衰减")
    case .weightDecayFromScratch:
      says("the same with biases 0 and half the squared error", "同上，偏置为 0，平方误差取一半")
    }
  }

  /// Whether a run without dropout belongs beside it; the others are trained for their accuracy, without delay.
  public var isComparison: Bool { ![.best, .fast90, .convFast, .convBest].contains(self) }

  /// The runs that it names, each by what it changes of the settings; none names none, and run B is as always.
  public var runs: [VersusSpecification] {
    switch self {
    case .vanishingGradients:
      [
        VersusSpecification(
          name: "sigmoid N(0,0.01²)", [.activation: "sigmoid", .initialization: "normal=0.01:0"]),
        VersusSpecification(
          name: "sigmoid Xavier", [.activation: "sigmoid", .initialization: "xavier"]),
        VersusSpecification(name: "tanh Xavier", [.activation: "tanh", .initialization: "xavier"]),
        VersusSpecification(name: "ReLU He", [.initialization: "he"]),
        VersusSpecification(
          name: "ReLU He + batch norm", [.initialization: "he", .batchNorm: "true"]),
        VersusSpecification(
          name: "sigmoid residual",
          [.activation: "sigmoid", .initialization: "xavier", .residual: "true"]),
      ]
    case .cifar10WeightDecay:
      [
        VersusSpecification(name: "weight decay 1e-4", [.weightDecay: "1e-4"]),
        VersusSpecification(name: "no weight decay", [.weightDecay: "0"]),
      ]
    case .explodingGradients:
      [
        VersusSpecification(name: "ReLU N(0,1)", [.initialization: "normal=1:0"]),
        VersusSpecification(
          name: "ReLU N(0,1) + clip 1", [.initialization: "normal=1:0", .clipNorm: "1"]),
        VersusSpecification(name: "ReLU residual", [.initialization: "he", .residual: "true"]),
        VersusSpecification(
          name: "ReLU residual + clip 1",
          [.initialization: "he", .residual: "true", .clipNorm: "1"]),
        VersusSpecification(name: "ReLU He", [.initialization: "he"]),
      ]
    case .l1l2:
      [
        VersusSpecification(name: "no penalty", [.l1: "0", .weightDecay: "0"]),
        VersusSpecification(name: "L1", [.l1: "1e-4"]),
        VersusSpecification(name: "L2", [.weightDecay: "1e-3", .noBiasDecay: "true"]),
      ]
    case .modelSize:
      ["4", "16", "64", "512"].map { VersusSpecification(name: "\($0) units", [.hidden: $0]) }
    case .epochDoubleDescent:
      [
        VersusSpecification(name: "label noise 0.2", [.labelNoise: "0.2"]),
        VersusSpecification(name: "no label noise", [.labelNoise: "0"]),
      ]
    case .earlyStopping:
      [
        VersusSpecification(name: "all epochs", [.earlyStopping: SettingText.none]),
        VersusSpecification(name: "early stopping", [.earlyStopping: "5"]),
      ]
    case .augmentation:
      [
        VersusSpecification(name: "plain", [.augment: SettingText.none]),
        VersusSpecification(name: "mirrored", [.augment: "flip"]),
        VersusSpecification(name: "mirrored, moved", [.augment: "flip,shift=1"]),
      ]
    case .labelSmoothing:
      ["0", "0.1", "0.3"].map { VersusSpecification(name: "smoothing \($0)", [.labelSmoothing: $0]) }
    case .learningRateTooHigh:
      ["0.01", "0.1", "1", "100"].map { VersusSpecification(name: "rate \($0)", [.learningRate: $0]) }
    case .polynomial:
      [
        VersusSpecification(name: "4 features", [.features: "4", .epochs: "400"]),
        VersusSpecification(name: "2 features", [.features: "2", .epochs: "400"]),
        VersusSpecification(name: "20 features", [.features: "20", .epochs: "1500"]),
      ]
    case .weightDecay, .weightDecayFromScratch:
      ["0", "3"].map { VersusSpecification(name: "weight decay \($0)", [.weightDecay: $0]) }
    default: []
    }
  }

  /// What it says about run A.
  public var firstSettings: GivenSettings {
    runs.first.map { settings.changed(by: $0.changes) } ?? settings
  }

  /// What it says about every run.
  public var settings: GivenSettings {
    var settings = GivenSettings()
    switch self {
    case .d2lDropout: break
    case .d2lMLP:
      settings[.hidden] = "256"
      settings[.dropout] = SettingText.none
      settings[.learningRate] = "0.1"
    case .d2lSoftmax:
      settings[.hidden] = SettingText.none
      settings[.learningRate] = "0.1"
    case .best:
      settings = Self.regularized
      settings[.hidden] = "1024,512"
      settings[.dropout] = "0.1,0.1"
      settings[.augment] = "flip,shift=1"
      settings[.epochs] = "80"
      settings[.evaluationInterval] = "10"
    case .fast90:
      settings = Self.regularized
      // In so few epochs, dropout and changed images only slow learning down.
      settings[.hidden] = "256,256"
      settings[.dropout] = SettingText.none
      settings[.weightDecay] = "1e-3"
      settings[.epochs] = "13"
      settings[.evaluationInterval] = "13"
    case .convFast:
      settings = Self.regularized
      settings[.batchNorm] = nil
      settings[.network] = "pooled"
      settings[.learningRate] = "0.2"
      settings[.nesterov] = "true"
      settings[.noBiasDecay] = "true"
      settings[.augment] = "flip"
      settings[.epochs] = "4"
      settings[.evaluationInterval] = "4"
    case .convBest:
      settings = Self.convFast.settings
      settings[.network] = "pooled width 32"
      settings[.augment] = "flip,shift=2"
      settings[.epochs] = "16"
      settings[.evaluationInterval] = "8"
    case .cifar10WeightDecay:
      settings.dataset = .cifar10
      settings[.network] = "resnet18-cifar"
      settings[.normalize] = "0.5/0.5,0.5/0.5,0.5/0.5"
      settings[.initialization] = Initialization.pytorch.text
      settings[.learningRate] = "0.01"
      settings[.batchSize] = "64"
      settings[.epochs] = "20"
    case .vanishingGradients, .explodingGradients:
      settings[.hidden] = SettingText.list(Array(repeating: "256", count: 8))
      settings[.dropout] = SettingText.none
      settings[.learningRate] = "0.1"
      settings[.batchSize] = "50"
      settings[.trainSize] = "10000"
      settings[.epochs] = "1"
    case .l1l2:
      settings[.hidden] = "64"
      settings[.dropout] = SettingText.none
      settings[.initialization] = Initialization.he.text
      settings[.learningRate] = "0.1"
      settings[.trainSize] = "10000"
      settings[.batchSize] = "64"
    case .modelSize:
      settings = Self.memorizing
      settings[.labelNoise] = "0.2"
      settings[.optimizer] = "adam"
      settings[.learningRate] = "0.001"
    case .epochDoubleDescent:
      settings = Self.memorizing
      settings[.hidden] = "128"
      settings[.learningRate] = "0.05"
      settings[.momentum] = "0.9"
    case .earlyStopping:
      settings = Self.fewImages
      settings[.trainSize] = "2000"
      settings[.validation] = "1000"
      settings[.learningRate] = "0.1"
      settings[.batchSize] = "50"
      settings[.epochs] = "60"
    case .augmentation, .labelSmoothing:
      settings = Self.fewImages
      settings[.trainSize] = "3000"
      settings[.optimizer] = OptimizerKind.adam.rawValue
      settings[.epochs] = "40"
    case .learningRateTooHigh:
      settings = Self.fewImages
      settings[.trainSize] = "10000"
      settings[.batchSize] = "100"
      settings[.epochs] = "3"
    case .polynomial:
      settings.dataset = .polynomial
      settings[.network] = "linear 1 no-bias"
      settings[.initialization] = Initialization.pytorch.text
      settings[.learningRate] = "0.01"
      settings[.batchSize] = "10"
      settings[.evaluationInterval] = "20"
    case .weightDecay: settings = Self.overparametrized
    case .weightDecayFromScratch:
      settings = Self.overparametrized
      settings[.initialization] = Initialization.normal(standardDeviation: 1, biasDeviation: 0).text
      settings[.loss] = RegressionLoss.halvedMeanSquaredError.rawValue
    }
    return settings
  }

  /// What the presets of weight decay share.
  private static var overparametrized: GivenSettings {
    var settings = GivenSettings()
    settings.dataset = .linear
    settings[.hidden] = SettingText.none
    settings[.initialization] = Initialization.normal(standardDeviation: 1, biasDeviation: 1).text
    settings[.learningRate] = "0.003"
    settings[.noBiasDecay] = "true"
    settings[.batchSize] = "5"
    settings[.epochs] = "100"
    settings[.evaluationInterval] = "5"
    return settings
  }

  /// What the presets share whose networks have the time to learn a small training set by heart.
  private static var memorizing: GivenSettings {
    var settings = GivenSettings()
    settings[.dropout] = SettingText.none
    settings[.initialization] = Initialization.he.text
    settings[.trainSize] = "1000"
    settings[.batchSize] = "50"
    settings[.epochs] = "200"
    settings[.evaluationInterval] = "5"
    return settings
  }

  /// What the presets share that show something of regularisation or of the learning rate in seconds.
  private static var fewImages: GivenSettings {
    var settings = GivenSettings()
    settings[.hidden] = "256,256"
    settings[.dropout] = SettingText.none
    settings[.initialization] = Initialization.he.text
    return settings
  }

  /// What the presets for accuracy share.
  private static var regularized: GivenSettings {
    var settings = GivenSettings()
    settings[.initialization] = Initialization.he.text
    settings[.batchNorm] = "true"
    settings[.learningRate] = "0.1"
    settings[.momentum] = "0.9"
    settings[.schedule] = LearningRateSchedule.Decay.cosine.text
    settings[.weightDecay] = "5e-4"
    settings[.labelSmoothing] = "0.1"
    settings[.batchSize] = "128"
    return settings
  }

  /// What it prepares.
  public var prepared: PreparedRuns {
    PreparedRuns(source: "--preset \(rawValue)", settings: settings, runs: runs)
  }
}

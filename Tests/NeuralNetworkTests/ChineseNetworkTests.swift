import Messages
import Testing

@testable import NeuralNetwork

/// What people read of networks, in Chinese.
@Suite struct ChineseNetworkTests {
  /// Three Latin words in a row which are not between marks: a sentence that was left in English.
  private func expectChinese(_ text: String, names values: [String]) {
    let kept = text.replacing(#/'[^']*'/#, with: "¦").replacing(#/可用的层：[^。]*/#, with: "¦")
    #expect(text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(text)")
    #expect(kept.firstMatch(of: #/[A-Za-z]+(?: [a-z]{2,}){2,}/#) == nil, "\(text)")
    for value in values { #expect(text.contains(value), "\(text)") }
    #expect(!text.contains("。.") && !text.contains("。。") && text.hasSuffix("。"), "\(text)")
  }

  @Test(
    arguments: [
      ("", ["至少"]), ("linaer 10", ["第 1 个词 'linaer'", "linear UNITS"]), ("linear", ["'linear'", "单元数"]),
      ("linear 0", ["'0'", "第 2 个词", "1...100000000"]), ("linear 10 dropout 2", ["'2'", "概率", "0...1"]),
      ("conv 16", ["'16'", "16x3"]), ("conv 8x3 stride 99", ["'99'", "步幅"]), ("pool 99", ["'99'", "窗口的边长"]),
      ("conv 8x3 padding 9", ["'9'", "填充"]),
      ("residual linear 10", ["'residual'", "括号"]), ("residual(linear 10", ["')'"]),
      ("resnet8 relu", ["'resnet8'", "'fmnist-tui network resnet8'"]), ("resnet8 width 0", ["'0'", "通道数"]),
      (String(repeating: "residual(", count: 9) + "relu", ["residual", "8 层"]),
      (String(repeating: "relu ", count: 4002), ["4001 层"]),
    ] as [(String, [String])])
  func aTextThatIsNoNetworkIsTold(text: String, values: [String]) {
    Language.$scoped.withValue(.chinese) {
      let error = #expect(throws: SpecificationError.self) { try NetworkSpecification(text: text) }
      expectChinese(error?.description ?? "", names: values)
    }
  }

  @Test(
    arguments: [
      ("linear 5", ["5 个数", "10", "'linear 10'"]),
      ("flatten conv 8x3 gap linear 10", ["'conv 8x3'", "784 个单元"]),
      ("conv 8x3 linear 10", ["'linear 10'", "8 × 28 × 28", "'gap'"]),
      ("conv 8x3 pool 9 pool 9 linear 10", ["'pool 9'", "9 × 9 像素"]),
      ("residual(conv 8x3) gap linear 10", ["8 × 28 × 28", "1 × 28 × 28", "'| conv 8x1'"]),
      ("residual(conv 8x3 | conv 4x1) gap linear 10", ["捷径", "4 × 28 × 28"]),
      ("linear 100000000 linear 10", ["第 1 层", "100000000 个参数"]),
    ] as [(String, [String])])
  func aNetworkThatDoesNotFitTheDataIsTold(text: String, values: [String]) throws {
    try Language.$scoped.withValue(.chinese) {
      let network = try NetworkSpecification(text: text)
      let error = #expect(throws: SpecificationError.self) {
        try network.check(
          input: network.inputShape(of: .image(channels: 1, height: 28, width: 28)), outputs: 10)
      }
      expectChinese(error?.description ?? "", names: values)
    }
  }

  @Test func weightsThatDoNotFitAreTold() throws {
    let specification = try NetworkSpecification(text: "linear 2")
    var network = try Network(specification, input: .units(3), initialization: .he, seed: 1)
    let fitting = network.stateDictionary
    let (weight, bias) = (fitting[0], fitting[1])
    for (tensors, values) in [
      ([weight], ["1.bias", "[2]"]),
      ([NamedTensor(name: "1.weight", shape: [1], values: [1]), bias], ["1.weight", "[1]", "[2, 3]"]),
      ([NamedTensor(name: "1.weight", shape: [2, 3], values: [0, .nan, 0, 0, 0, 0]), bias], ["NaN", "1"]),
      (fitting + [NamedTensor(name: "9.weight", shape: [0], values: [])], ["9.weight"]),
    ] {
      Language.$scoped.withValue(.chinese) {
        let error = #expect(throws: StateDictionaryError.self) { try network.load(tensors) }
        expectChinese((error?.description ?? "") + "。", names: values)
      }
    }
  }

  @Test func whatIsListedHasBothLanguagesAndNamesStay() {
    for network in NamedNetwork.all {
      let english = network.summary
      Language.$scoped.withValue(.chinese) {
        #expect(network.summary != english)
        expectChinese(network.summary + "。", names: [])
      }
    }
    Language.$scoped.withValue(.chinese) {
      #expect(Shape.units(3).title == "3 个单元")
      #expect(Activation.prelu.formula == "x；x < 0 时 a x，a 由学习得到")
      #expect(Activation.prelu.title == "PReLU")
      #expect(Initialization.normal(standardDeviation: 0.5, biasDeviation: 0).title == "N(0, 0.5²)，偏置 0")
      #expect(Initialization.constant(2).title == "全为 2" && Initialization.constant(2).text == "constant=2")
    }
  }
}

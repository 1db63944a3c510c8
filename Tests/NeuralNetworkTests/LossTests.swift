import Testing

@testable import NeuralNetwork

@Suite struct LossTests {
  @Test func equalLogitsCostLogOfTheClasses() {
    let losses = SoftmaxCrossEntropy().losses(logits: Matrix(rows: 2, columns: 10), labels: [0, 9])
    #expect(losses.allSatisfy { abs($0 - 2.302585) < 1e-6 })
  }

  @Test func hugeLogitsDoNotOverflow() {
    let logits = Matrix(rows: 1, columns: 3, elements: [3e38, -3e38, 0])
    #expect(SoftmaxCrossEntropy().losses(logits: logits, labels: [0]) == [0])
    var gradient = Matrix(rows: 1, columns: 3)
    SoftmaxCrossEntropy().gradient(logits: logits, labels: [0], into: &gradient)
    #expect(gradient.elements == [0, 0, 0])
  }

  @Test func aGradientRowSumsToZero() {
    let logits = Matrix(rows: 2, columns: 4, elements: [1, 2, 3, 4, -1, 0, 0.5, 2])
    var gradient = Matrix(rows: 2, columns: 4)
    SoftmaxCrossEntropy(labelSmoothing: 0.2).gradient(logits: logits, labels: [3, 0], into: &gradient)
    for row in 0..<2 { #expect(abs(gradient.row(row).reduce(0, +)) < 1e-6) }
  }

  @Test func predictionsCountTheLargestLogit() {
    let logits = Matrix(rows: 3, columns: 3, elements: [0, 1, 2, 5, 4, 3, 1, 7, 1])
    #expect(correctPredictions(logits: logits, labels: [2, 0, 0]) == 2)
  }

  @Test func nanIsNeverCorrectAndNeverHidden() {
    let logits = Matrix(rows: 1, columns: 2, elements: [.nan, .nan])
    #expect(correctPredictions(logits: logits, labels: [0]) == 0)
    #expect(SoftmaxCrossEntropy().losses(logits: logits, labels: [0])[0].isNaN)
    #expect(Activation.relu.value(.nan).isNaN)
  }
}

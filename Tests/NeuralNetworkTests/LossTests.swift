import Testing

@testable import NeuralNetwork

@Suite struct LossTests {
  private let team = ThreadTeam(threads: 1)

  func scores(_ logits: Tensor, labels: [UInt8]) -> SampleScores {
    var scores = SampleScores()
    SoftmaxCrossEntropy().score(logits: logits, labels: labels, into: &scores, team: team)
    return scores
  }

  @Test func equalLogitsCostLogOfTheClasses() {
    let losses = scores(Tensor(rows: 2, columns: 10), labels: [0, 9]).losses
    #expect(losses.count == 2 && losses.allSatisfy { abs($0 - 2.302585) < 1e-6 })
  }

  @Test func hugeLogitsDoNotOverflow() {
    let logits = Tensor(rows: 1, columns: 3, elements: [3e38, -3e38, 0])
    #expect(scores(logits, labels: [0]).losses == [0])
    var gradient = Tensor(rows: 1, columns: 3)
    SoftmaxCrossEntropy().gradient(logits: logits, labels: [0], into: &gradient, team: team)
    #expect(gradient.elements == [0, 0, 0])
  }

  @Test func logitsBeyondTheSumsOfFloatsCostLogOfTheClasses() {
    let logits = Tensor(rows: 1, columns: 10, elements: [Float](repeating: 8e37, count: 10))
    for smoothing: Float in [0, 0.1] {
      let loss = SoftmaxCrossEntropy(labelSmoothing: smoothing)
      var scores = SampleScores()
      loss.score(logits: logits, labels: [3], into: &scores, team: team)
      #expect(abs(scores.losses[0] - 2.302585) < 1e-6)
      var gradient = Tensor(rows: 1, columns: 10)
      loss.gradient(logits: logits, labels: [3], into: &gradient, team: team)
      let target = smoothing / 10
      for (label, value) in gradient.elements.enumerated() {
        #expect(abs(value - (0.1 - target - (label == 3 ? 1 - smoothing : 0))) < 1e-6)
      }
    }
  }

  @Test func aClassThatIsRuledOutCostsNothing() {
    let logits = Tensor(rows: 1, columns: 3, elements: [0, -.infinity, 0])
    #expect(scores(logits, labels: [0]).losses.allSatisfy { abs($0 - 0.6931472) < 1e-6 })
    #expect(scores(logits, labels: [1]).losses == [.infinity])
    var gradient = Tensor(rows: 1, columns: 3)
    SoftmaxCrossEntropy().gradient(logits: logits, labels: [0], into: &gradient, team: team)
    #expect(zip(gradient.elements, [-0.5, 0, 0.5]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func aGradientRowSumsToZero() {
    let logits = Tensor(rows: 2, columns: 4, elements: [1, 2, 3, 4, -1, 0, 0.5, 2])
    var gradient = Tensor(rows: 2, columns: 4)
    SoftmaxCrossEntropy(labelSmoothing: 0.2)
      .gradient(logits: logits, labels: [3, 0], into: &gradient, team: team)
    for row in 0..<2 { #expect(abs(gradient.row(row).reduce(0, +)) < 1e-6) }
  }

  @Test func predictionsCountTheLargestLogit() {
    let logits = Tensor(rows: 3, columns: 3, elements: [0, 1, 2, 5, 4, 3, 1, 7, 1])
    #expect(scores(logits, labels: [2, 0, 0]).correct == [true, true, false])
    #expect(scores(logits, labels: [2, 0, 0]).correctCount == 2)
  }

  @Test func nanIsNeverCorrectAndNeverHidden() {
    for logits: [Float] in [[.nan, .nan], [1, .nan], [.nan, 1]] {
      for label: UInt8 in 0...1 {
        let scores = scores(Tensor(rows: 1, columns: 2, elements: logits), labels: [label])
        #expect(scores.correctCount == 0)
        #expect(scores.losses[0].isNaN)
      }
    }
  }
}

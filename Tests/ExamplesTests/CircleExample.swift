import NeuralNetwork

/// Trains a network to tell points within a circle from those around it; returns the share of new points that it gets right.
func shareOfPointsToldApart() throws -> Double {
  let specification = try NetworkSpecification(text: "linear 32 relu linear 2")
  var network = try Network(specification, input: .units(2), initialization: .he, seed: 1)
  var optimizer = SGD(learningRate: 0.2, momentum: 0.9)
  let loss = SoftmaxCrossEntropy()
  let team = ThreadTeam(threads: 1)
  var pass = Pass(for: network)
  var random = RandomStream(seed: 1, purpose: .subset)

  func points(_ count: Int) -> (inputs: Tensor, labels: [UInt8]) {
    let coordinates = (0..<count).map { _ in (random.nextUniform() * 2 - 1, random.nextUniform() * 2 - 1) }
    let labels = coordinates.map { x, y in UInt8(x * x + y * y < 0.5 ? 1 : 0) }
    let elements = coordinates.flatMap { x, y in [Float(x), Float(y)] }
    return (Tensor(rows: count, columns: 2, elements: elements), labels)
  }

  for step in 0..<300 {
    let batch = points(64)
    pass.input = batch.inputs
    pass.forwardTraining(&network, masks: RandomDropoutMasks(seed: 1, step: step), team: team)
    loss.gradient(logits: pass.output, labels: batch.labels, into: &pass.outputGradient, team: team)
    pass.backward(&network, team: team)
    optimizer.update(&network, team: team)
  }

  let test = points(1000)
  pass.input = test.inputs
  pass.forward(network, team: team)
  let right = (0..<1000).filter { predictedClass(logits: pass.output.row($0)) == test.labels[$0] }
  return Double(right.count) / 1000
}

import CKernels
import Foundation
import Testing

@testable import NeuralNetwork

/// The activation functions of every instruction set against the C library in double precision.
@Suite struct ActivationTests {
  static let functions: [(Activation, @Sendable (Double) -> Double)] = [
    (.relu, { max(0, $0) }),
    (.leakyReLU, { $0 > 0 ? $0 : Double(Float(0.01)) * $0 }),
    (.elu, { $0 > 0 ? $0 : expm1($0) }),
    (.sigmoid, { 1 / (1 + exp(-$0)) }),
    (.tanh, { tanh($0) }),
    (.gelu, { $0 * erfc(-$0 / 2.0.squareRoot()) / 2 }),
    (.silu, { $0 / (1 + exp(-$0)) }),
    (.prelu, { $0 > 0 ? $0 : 0.25 * $0 }),
  ]

  @Test(arguments: KernelTests.sets, functions.indices)
  func valuesAgreeWithTheCLibrary(set: String, index: Int) throws {
    let kernels = try #require(kernels_named(set))
    let (activation, function) = Self.functions[index]
    let arguments = stride(from: Float(-90), through: 90, by: 0.37).flatMap { [$0, $0 / 100, $0 / 1e6] }
    var values = Tensor(rows: 1, columns: arguments.count, elements: arguments)
    activation.apply(to: &values, team: ThreadTeam(threads: 1, kernels: kernels))
    for (argument, value) in zip(arguments, values.elements) {
      let expected = function(Double(argument))
      let tolerance = 1e-6 * abs(expected) + 1e-35
      #expect(abs(Double(value) - expected) <= tolerance, "\(activation) of \(argument) is \(value)")
    }
  }

  @Test(arguments: functions.indices)
  func nanAndInfinityAreNotHidden(index: Int) {
    let (activation, function) = Self.functions[index]
    #expect(activation.value(.nan).isNaN)
    #expect(Double(activation.value(.infinity)) == function(.infinity))
  }
}

import CKernels
import Testing

@testable import NeuralNetwork

/// The matrix product of every instruction set against a triple loop in double precision.
@Suite struct KernelTests {
  static let sets: [String] = ["portable", "avx2", "avx512", "neon"].filter { (name: String) in
    kernels_named(name) != nil
  }
  static let shapes = [
    (1, 1, 1), (1, 10, 256), (3, 5, 7), (4, 64, 2), (5, 65, 257), (6, 16, 256), (7, 17, 300), (96, 256, 784),
    (256, 10, 100), (13, 130, 1), (2, 1, 1000),
  ]

  func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Tensor {
    var stream = RandomStream(seed: seed, purpose: .subset)
    return Tensor(
      rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in Float(stream.nextNormal()) })
  }

  func product(_ left: Tensor, _ right: Tensor) -> [Double] {
    (0..<left.rows).flatMap { row in
      (0..<right.columns).map { column in
        (0..<left.columns).reduce(0.0) { $0 + Double(left[row, $1]) * Double(right[$1, column]) }
      }
    }
  }

  @Test(arguments: sets, shapes)
  func productsAgreeWithATripleLoop(set: String, shape: (Int, Int, Int)) {
    let (rows, columns, depth) = shape
    let team = ThreadTeam(threads: 1, kernels: kernels_named(set)!)
    let left = random(rows, depth, seed: 1)
    let right = random(depth, columns, seed: 2)
    let expected = product(left, right)
    let variants: [(Factor, Factor)] = [
      (.plain(left), .plain(right)), (.transposed(left.transposed), .plain(right)),
      (.plain(left), .transposed(right.transposed)),
      (.transposed(left.transposed), .transposed(right.transposed)),
    ]
    var first: Tensor?
    for (left, right) in variants {
      var output = Tensor(
        rows: rows, columns: columns, elements: .init(repeating: .nan, count: rows * columns))
      team.multiply(left, right, into: &output)
      let worst = zip(output.elements, expected).map { abs(Double($0) - $1) }.max()!
      #expect(worst <= 1e-6 * Double(depth).squareRoot() * 10)
      #expect(first == nil || first == output, "a transpose must not change the bits")
      first = output
    }
  }

  @Test(arguments: sets, [2, 3, 4, 7, 8, 33])
  func bitsDoNotDependOnThreads(set: String, threads: Int) {
    let kernels = kernels_named(set)!
    let team = ThreadTeam(threads: threads, kernels: kernels)
    for (rows, columns, depth) in [(256, 256, 784), (97, 129, 211), (1000, 64, 33), (3, 600, 700)] {
      let left = random(rows, depth, seed: 3)
      let right = random(depth, columns, seed: 4)
      var alone = Tensor(rows: rows, columns: columns)
      var together = alone
      ThreadTeam(threads: 1, kernels: kernels).multiply(.plain(left), .plain(right), into: &alone)
      team.multiply(.plain(left), .plain(right), into: &together)
      #expect(alone == together)
    }
  }

  @Test(arguments: sets)
  func rowsDoNotDependOnTheirNeighbours(set: String) {
    let team = ThreadTeam(threads: 1, kernels: kernels_named(set)!)
    let left = random(11, 300, seed: 5)
    let right = random(300, 70, seed: 6)
    var whole = Tensor(rows: 11, columns: 70)
    team.multiply(.plain(left), .plain(right), into: &whole)
    for row in 0..<11 {
      var single = Tensor(rows: 1, columns: 70)
      let only = Tensor(rows: 1, columns: 300, elements: Array(left.row(row)))
      team.multiply(.plain(only), .plain(right), into: &single)
      #expect(single.elements == Array(whole.row(row)))
    }
  }

  @Test(arguments: sets)
  func masksAreTheSameForEveryInstructionSet(set: String) {
    for (rows, columns) in [(1, 1), (3, 7), (5, 64), (2, 130), (96, 256)] {
      var expected = [Float](repeating: -1, count: rows * columns)
      var actual = expected
      let portable = kernels_named("portable")!
      kernels_draw_factors(portable, nil, 42, 7, 9, 20_000, 1.5, rows, columns, &expected)
      kernels_draw_factors(kernels_named(set)!, nil, 42, 7, 9, 20_000, 1.5, rows, columns, &actual)
      #expect(actual == expected)
    }
  }

  @Test func anUnknownInstructionSetIsRefused() {
    #expect(kernels_named("mmx") == nil)
  }
}

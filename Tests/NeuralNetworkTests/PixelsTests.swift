import CKernels
import Testing

@testable import NeuralNetwork

@Suite struct PixelsTests {
  @Test(arguments: KernelTests.sets)
  func gatheredPixelsAreExactFractionsOf255(set: String) throws {
    let team = ThreadTeam(threads: 1, kernels: try #require(kernels_named(set)))
    let images = (0..<3 * 257).map { UInt8($0 % 256) }
    var pixels = Matrix(rows: 2, columns: 257)
    pixels.gather([2, 0], of: images, team: team)
    #expect(pixels.elements == (Array(images[514...]) + images[..<257]).map { Float($0) / 255 })
  }
}

import TestSupport
import Testing

@Suite struct NetworkCommandTests {
  @Test func theLayersAndTheirCostsAreListed() throws {
    let result = try Executable.run(["network", "conv 16x3 bn relu residual(conv 16x3) gap linear 10"])
    let rows = result.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(result.status == 0)
    #expect(rows.contains("1 conv 16x3 16 × 28 × 28 160 0.23"))
    #expect(rows.contains("4.body.0 conv 16x3 16 × 28 × 28 2,320 3.61"))
    #expect(rows.contains { $0.hasPrefix("all 2,682 ") })
  }

  @Test func theMemoryOfTrainingIsTold() throws {
    func gigabytes(_ batchSize: String) throws -> [Double] {
      let output = try Executable.run(["network", "resnet18-cifar", "--batch-size", batchSize]).output
      return output.matches(of: #/([0-9.]+) GB/#).compactMap { Double($0.1) }
    }
    let (small, large) = try (gigabytes("2048"), gigabytes("8192"))
    #expect(small.count == 2 && large.count == 2)
    for (few, many) in zip(small, large) { #expect(few < many && many < 4 * few) }
  }

  @Test func networksWithANameAreListedWithoutOne() throws {
    let result = try Executable.run(["network"])
    #expect(result.status == 0 && result.output.contains("resnet8 [width N]"))
  }

  @Test(arguments: [
    (["network", "conv"], 64, "'conv' at the end needs"),
    (["network", "resnet8", "--dataset", "x"], 64, "--dataset x: no data set is called that"),
    (["network", "relu", "--batch-size", "0"], 64, "--batch-size 0"),
    (["network", "relu", "--batch-size", "9223372036854775807"], 64, "lie in 1...1000000"),
    (["network", "--batch-size", "64"], 64, "without layers the networks with a name are listed"),
    (["network", "--image-size", "64"], 64, "without layers the networks with a name are listed"),
    (["network", "linear 1", "--dataset", "linear", "--image-size", "64"], 64, "are no images"),
    (["train", "--dataset", "linear", "--image-size", "64"], 64, "samples of linear are no images"),
    (["data", "info", "--dataset", "linear", "--image-size", "64"], 64, "samples of linear are no images"),
    (["network", "--dataset", "mnist"], 64, "without layers the networks with a name are listed"),
    (["network", "residual(linear 100000000 linear 784) linear 10"], 64, "more than 100000000 parameters"),
    (["network", "flatten", "conv", "8x3"], 64, "reads images, and gets 784 units"),
  ]) func faultsSayWhatToDo(arguments: [String], status: Int32, part: String) throws {
    let result = try Executable.run(arguments)
    #expect(result.status == status && result.error.contains(part), "\(result.error)")
  }
}

import Foundation
import TestSupport
import Testing

@testable import Sessions

@Suite struct SafetensorsFileTests {
  /// What `Fixtures/make-mixed.py` writes with the format's own Python package.
  let reference: [UInt8]
  let mixed = SafetensorsFile(
    [
      StoredTensor("0.weight", shape: [2, 3], .float32([-0.5, -0.25, 0, 0.25, 0.5, 0.75])),
      StoredTensor("0.bias", shape: [2], .float32([.leastNonzeroMagnitude, -.infinity])),
      StoredTensor("größe \"q\"\n", shape: [], .float32([7.5])),
      StoredTensor("empty", shape: [0, 3], .float32([])),
      StoredTensor("step", shape: [2], .int64([-3, 1 << 62])),
      StoredTensor("seed", shape: [1], .uint64([.max])),
    ], metadata: ["format": "pt"])

  init() throws {
    let url = try #require(
      Bundle.module.url(forResource: "mixed", withExtension: "safetensors", subdirectory: "Fixtures"))
    reference = try [UInt8](Data(contentsOf: url))
  }

  func error(_ bytes: [UInt8]) -> RunLogError? {
    #expect(throws: RunLogError.self) { try SafetensorsFile(bytes, path: "runs/x.safetensors") }
  }

  func file(header: String, numbers: [UInt8] = []) -> [UInt8] {
    let header = Array(header.utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + numbers
  }

  /// A header of one tensor of two numbers, with some of it replaced.
  func one(_ old: String, _ new: String) -> [UInt8] {
    let header = #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
    return file(
      header: header.replacingOccurrences(of: old, with: new), numbers: [UInt8](repeating: 0, count: 8))
  }

  @Test func theReferenceImplementationsFileIsRead() throws {
    let file = try SafetensorsFile(reference, path: "mixed")
    #expect(file == mixed)
    #expect(file["0.weight"]?.float32?.last == 0.75)
    #expect(file["step"]?.int64 == [-3, 1 << 62])
    #expect(file["seed"]?.uint64 == [.max])
    #expect(file["seed"]?.float32 == nil)
    #expect(file["0.Weight"] == nil)
  }

  @Test func theSameBytesAsTheReferenceImplementationsAreWritten() {
    #expect(mixed.bytes == reference)
  }

  @Test func theReferenceImplementationReadsWhatIsWritten() throws {
    struct Contents: Decodable, Equatable {
      var type: String
      var shape: [Int]
      var values: [Double]
    }
    guard let python = PythonPackages.shared else { return }
    let folder = try TemporaryFolder()
    let file = SafetensorsFile(
      [
        StoredTensor("0.weight", shape: [2, 3], .float32([-0.5, -0.25, 0, 0.25, 0.5, 0.75])),
        StoredTensor("0.bias", shape: [1], .float32([1.5])),
        StoredTensor("größe \u{1F600}\"\\\n", shape: [], .float32([7.5])),
        StoredTensor("step", shape: [2], .int64([-3, 4])), StoredTensor("seed", shape: [1, 1], .uint64([5])),
        StoredTensor("empty", shape: [0, 3], .float32([])),
      ], metadata: ["format": "pt"])
    try file.write(to: folder.path + "/ours")
    let printed = try python.run("resave-safetensors.py", folder.path + "/ours", folder.path + "/theirs")
    #expect(
      try JSONDecoder().decode([String: Contents].self, from: printed) == [
        "0.weight": Contents(type: "float32", shape: [2, 3], values: [-0.5, -0.25, 0, 0.25, 0.5, 0.75]),
        "0.bias": Contents(type: "float32", shape: [1], values: [1.5]),
        "größe \u{1F600}\"\\\n": Contents(type: "float32", shape: [], values: [7.5]),
        "step": Contents(type: "int64", shape: [2], values: [-3, 4]),
        "seed": Contents(type: "uint64", shape: [1, 1], values: [5]),
        "empty": Contents(type: "float32", shape: [0, 3], values: []),
      ])
    #expect(try DurableFile.read(folder.path + "/theirs") == file.bytes)
    #expect(try SafetensorsFile(path: folder.path + "/theirs") == file)
  }

  @Test func anEmptyFileIsReadBack() throws {
    let empty = SafetensorsFile([])
    #expect(try SafetensorsFile(empty.bytes, path: "empty") == empty)
  }

  @Test func namesAndTextsOfAllKindsAreReadBack() throws {
    let texts = ["", "\u{0}\u{1F}\u{7F}", "\\\"/", "e\u{301}", "👩‍👩‍👧", "\u{FFFF}\r\t"]
    let file = SafetensorsFile(
      texts.enumerated().map { StoredTensor($1, shape: [], .int64([Int64($0)])) },
      metadata: Dictionary(uniqueKeysWithValues: texts.map { ($0, $0) }))
    #expect(try SafetensorsFile(file.bytes, path: "names") == file)
  }

  @Test func escapedTextsAreRead() throws {
    let read = try SafetensorsFile(
      file(header: #"{"__metadata__":{"a":"\u00e9\ud83d\ude00\/\b\f\n\r\t\"\\"}}"#), path: "escapes")
    #expect(read.metadata == ["a": "é😀/\u{8}\u{C}\n\r\t\"\\"])
  }

  @Test func whatOtherWritersAddIsPassedOver() throws {
    let header =
      #"{"__metadata__":null,"a":{"dtype":"F32","extra":[1.5e3,{"b":[null,true]},"c"],"shape":[2],"data_offsets":[0,8]}}"#
    let read = try SafetensorsFile(
      file(header: header, numbers: [UInt8](repeating: 0, count: 8)), path: "extra")
    #expect(read.metadata.isEmpty && read["a"]?.float32 == [0, 0])
    let nested = String(repeating: "[", count: 100_000)
    #expect(error(file(header: #"{"a":{"extra":"# + nested))?.problem.contains("nested too deeply") == true)
  }

  @Test func blanksBetweenTokensAreNothing() throws {
    let spaced =
      " { \"a\" :\n{ \"shape\" : [ 2 ] , \"dtype\" : \"F32\" ,\t\"data_offsets\" : [ 0 , 8 ] } } \r\n"
    let bytes = file(header: String(spaced.dropFirst()), numbers: [UInt8](repeating: 0, count: 8))
    #expect(try SafetensorsFile(bytes, path: "a")["a"]?.float32 == [0, 0])
  }

  @Test func everyTruncationIsAnErrorThatNamesTheFile() {
    for length in 0..<reference.count {
      let error = error(Array(reference.prefix(length)))
      #expect(error?.kind == .invalid)
      #expect(error?.description.hasPrefix("runs/x.safetensors: ") == true, "length \(length)")
    }
  }

  @Test func bytesAtTheEndAreAnError() {
    #expect(error(reference + [0])?.problem.contains("1 bytes follow") == true)
  }

  @Test func everyChangedHeaderBitIsAnErrorOrAnotherFile() throws {
    // What is left is a change of a name, a text or a trailing blank.
    let headerEnd = reference.count - 60
    for index in 0..<headerEnd {
      for bit in 0..<8 {
        var changed = reference
        changed[index] ^= 1 << bit
        if let file = try? SafetensorsFile(changed, path: "changed") {
          #expect(file.tensors.count == 6 || file.metadata.isEmpty, "byte \(index) bit \(bit)")
          #expect(try SafetensorsFile(file.bytes, path: "again").tensors.count == file.tensors.count)
        }
      }
    }
  }

  @Test(arguments: [
    (#"[2]"#, #"[3]"#, "needs 12 bytes, its data_offsets hold 8"),
    (#"[2]"#, #"[4611686018427387904,4611686018427387904]"#, "too large"),
    (#"[2]"#, #"[9223372036854775808]"#, "whole number"),
    (#"[2]"#, #"[-2]"#, "whole number"),
    (#"[2]"#, #"[2.0]"#, "']' is expected"),
    (#"[2]"#, #"[02]"#, "whole number"),
    (#"F32"#, #"BF16"#, "type BF16"),
    (#"[0,8]"#, #"[8,0]"#, "no range"),
    (#"[0,8]"#, #"[0]"#, "no range"),
    (#"[0,8]"#, #"[8,16]"#, "end at byte 16 of 8"),
    (#""shape":[2],"#, #""#, "lacks"),
    (#""shape":[2]"#, #""shape":[2],"shape":[2]"#, "has its shape twice"),
    (#""shape""#, #""size""#, "lacks its dtype, shape or data_offsets"),
    (#""a""#, #""\ud800""#, "not Unicode"),
    (#""a""#, #""\u+123""#, "hexadecimal"),
    (#""a""#, #""\x""#, "unknown escape"),
    (#""a""#, "\"\u{1}\"", "control character"),
    (#"}}"#, #"}"#, "is expected"),
    (#"}}"#, #"}}x"#, "something follows"),
    (#"{"a""#, #"["a""#, "not a JSON object"),
  ])
  func aCorruptHeaderIsNamed(old: String, new: String, problem: String) throws {
    let found = try #require(error(one(old, new))).problem
    #expect(found.contains(problem), "\(found)")
  }

  @Test func overlapsGapsAndDuplicatesAreNamed() {
    func two(_ name: String, _ first: String, _ second: String) -> String? {
      let entry = #"{"dtype":"F32","shape":[1],"data_offsets":"#
      let header = "{\"a\":\(entry)\(first)},\"\(name)\":\(entry)\(second)}}"
      return error(file(header: header, numbers: [UInt8](repeating: 0, count: 8)))?.problem
    }
    #expect(two("b", "[0,4]", "[2,6]")?.contains("'b' overlap") == true)
    #expect(two("b", "[0,4]", "[0,4]")?.contains("overlap") == true)
    #expect(two("b", "[0,4]", "[5,9]")?.contains("end at byte 9 of 8") == true)
    #expect(two("b", "[1,5]", "[4,8]")?.contains("gap") == true)
    #expect(two("a", "[0,4]", "[4,8]")?.contains("'a' is there twice") == true)
  }

  @Test func badUTF8IsNamed() {
    var bytes = one("\"a\"", "\"a\"")
    bytes[10] = 0xFF
    #expect(error(bytes)?.problem.contains("byte 4 of its header: a text is not UTF-8") == true)
  }

  @Test func hugeDeclaredSizesAreRefusedBeforeMemoryIsAskedFor() {
    #expect(error([UInt8](repeating: 0xFF, count: 8))?.problem.contains("more than 100000000") == true)
    #expect(error([0xFF, 0xE0, 0xF5, 5, 0, 0, 0, 0])?.problem.contains("ends after 8 bytes") == true)
    let empty = one("[2]", "[9223372036854775807,9223372036854775807,0]")
    #expect(error(empty)?.problem.contains("needs 0 bytes") == true)
  }

  @Test func anEmptyTensorMayHaveHugeOtherDimensions() throws {
    let header = #"{"a":{"dtype":"F32","shape":[9223372036854775807,9,0],"data_offsets":[0,0]}}"#
    #expect(try SafetensorsFile(file(header: header), path: "a")["a"]?.shape == [.max, 9, 0])
  }

  @Test func deepNestingIsAnError() {
    let nested = "{\"a\":" + String(repeating: "[", count: 100_000)
    #expect(error(file(header: nested))?.problem.contains("is expected") == true)
  }
}

/// The contents of a file in the safetensors format: named tensors, and remarks about them.
///
/// The format: 8 bytes with the length of the header (little-endian), the header (a JSON object from tensor names to `dtype`,
/// `shape` and `data_offsets`, and from `__metadata__` to an object of texts), then all numbers, little-endian and without
/// gaps (https://huggingface.co/docs/safetensors, format).
public struct SafetensorsFile: Hashable, Sendable {
  /// The tensors in the order of the file: by type (`U64`, `I64`, `F32`), then by name.
  public let tensors: [StoredTensor]
  /// Texts about the tensors, by name.
  public let metadata: [String: String]

  /// A file of `tensors` whose names differ.
  public init(_ tensors: [StoredTensor], metadata: [String: String] = [:]) {
    let names = tensors.map(\.name)
    precondition(Set(names).count == names.count && !names.contains(Self.metadataName), "names differ")
    self.tensors = tensors.sorted(by: Self.isWrittenBefore)
    self.metadata = metadata
  }

  /// The tensor called `name`.
  public subscript(name: String) -> StoredTensor? { tensors.first { $0.name == name } }

  /// The header's name for `metadata`.
  static let metadataName = "__metadata__"
  /// The longest header that the reference implementation reads.
  static let largestHeader = 100_000_000

  /// By type, then by the bytes of the name: as the reference implementation does it, which makes the same bytes.
  private static func isWrittenBefore(_ first: StoredTensor, _ second: StoredTensor) -> Bool {
    guard first.type == second.type else { return first.type.rank < second.type.rank }
    return first.name.utf8.lexicographicallyPrecedes(second.name.utf8)
  }
}

import Testing

@testable import Platform

struct SystemTextTests {
  @Test(arguments: [
    Array("exp1".utf8), Array("café 日本 👩‍🔬".utf8), [0x63, 0xE9], [0xFF, 0xFE, 0x80], [0xEE, 0xBE, 0x80],
    [0xED, 0xA0, 0x80],
    [0xF0, 0x9F, 0x91], [0xEE, 0xBF, 0xBF, 0xEE, 0xBE], [],
  ])
  func aNameKeepsItsBytes(bytes: [UInt8]) {
    #expect(String(systemBytes: bytes).systemBytes == bytes)
  }

  @Test func everyPairOfBytesIsKept() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        #expect(String(systemBytes: [first, second]).systemBytes == [first, second])
      }
    }
  }

  @Test func aNameIsNotCutOffAtAZero() {
    #expect(throws: SystemError(code: EINVAL)) { try "a\0b".withSystemName { _ in } }
  }

  @Test func aFolderIsReadAndWrittenUnderItsBytes() throws {
    let folder = String(systemBytes: Array("/tmp/platform-\(getpid())-".utf8) + [0xE9])
    try Files.makeFolder(folder)
    defer { _ = try? SystemError.check(folder) { rmdir($0) } }
    let path = folder + "/" + String(systemBytes: [0x64, 0xFF])
    _ = try Descriptor(path, flags: O_WRONLY | O_CREAT)
    defer { try? Files.remove(path) }
    #expect(try Files.names(in: folder).map(\.systemBytes) == [[0x64, 0xFF]])
    #expect(Files.exists(path))
    #expect(!Files.exists(folder + "/d\u{FFFD}"))
  }
}

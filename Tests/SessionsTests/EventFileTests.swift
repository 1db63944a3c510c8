import Foundation
import SwiftProtobuf
import TestSupport
import Testing

@testable import Sessions

@Suite struct EventFileTests {
  @Test func theChecksumsAreThePublishedOnes() {
    // RFC 3720, B.4.
    #expect(CRC32C.checksum("123456789".utf8) == 0xE306_9283)
    #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.checksum(0..<32) == 0x46DD_794E)
    #expect(CRC32C.checksum((0..<32).reversed()) == 0x113F_DB5C)
    #expect(CRC32C.checksum([]) == 0)
  }

  @Test func aRecordHasItsLengthAndMaskedChecksums() {
    // Made with TensorBoard's RecordWriter.
    #expect(
      EventFile.record(Array("abc".utf8)) == [
        0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xB0, 0x99, 0x49, 0x0E, 0x61, 0x62, 0x63, 0x6E, 0x57,
        0xF1, 0x21,
      ])
  }

  @Test func aFileIsNamedAndFilledAsTensorBoardExpects() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a/b"
    let file = try EventFile(in: path, firstStep: 3, time: 1_763_710_000.75)
    #expect(!FileManager.default.fileExists(atPath: path))
    var event = Tensorboard_Event()
    event.step = 7
    for _ in 0..<2 { try file.append(event) }

    let name = try #require(FileManager.default.contentsOfDirectory(atPath: path).first)
    let parts = name.split(separator: ".")
    #expect(name.hasPrefix("events.out.tfevents.1763710000.\(Machine.current.host)."))
    #expect(parts[parts.count - 2] == "\(ProcessInfo.processInfo.processIdentifier)")
    #expect(UInt(parts[parts.count - 1]) != nil)
    let messages = try records(DurableFile.read("\(path)/\(name)"))
      .map { try Tensorboard_Event(serializedBytes: $0) }
    #expect(messages.map(\.fileVersion) == ["brain.Event:2", "", "", ""])
    #expect(
      messages.map(\.sessionLog.status) == [
        .statusUnspecified, .start, .statusUnspecified, .statusUnspecified,
      ])
    #expect(messages.map(\.step) == [0, 3, 7, 7])
    #expect(messages[0].wallTime == 1_763_710_000.75)
  }

  @Test func filesOfAClockThatBeganAtZeroComeFirst() throws {
    let folder = try TemporaryFolder()
    for time in [300, 1_763_710_000, 299] as [Double] {
      let file = try EventFile(in: folder.path, time: time)
      try file.append(Tensorboard_Event())
    }
    // TensorBoard reads the names in order; its own have ten digits.
    let seconds = try folder.names.map { $0.split(separator: ".")[3] }
    #expect(seconds == ["0000000300", "1763710000", "1763710001"])
  }

  @Test func whatADiskHadNoRoomForIsWrittenLater() throws {
    guard let disk = SmallDisk(kilobytes: 64) else { return }
    let ballast = disk.path + "/ballast"
    try Data(count: 64 * 1024).write(to: URL(filePath: ballast))
    let file = try EventFile(in: disk.path, time: 0)
    var event = Tensorboard_Event()
    event.step = 1
    #expect(throws: RunLogError.self) { try file.append(event) }
    try FileManager.default.removeItem(atPath: ballast)
    event.step = 2
    try file.append(event)
    let name = try #require(FileManager.default.contentsOfDirectory(atPath: disk.path).first)
    let messages = try records(DurableFile.read("\(disk.path)/\(name)"))
    #expect(try messages.map { try Tensorboard_Event(serializedBytes: $0).step } == [0, 0, 1, 2])
  }

  /// The messages in a file whose check sums are right.
  func records(_ bytes: [UInt8]) throws -> [[UInt8]] {
    var rest = bytes[...]
    var messages: [[UInt8]] = []
    while !rest.isEmpty {
      let count = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      let message = Array(rest.dropFirst(12).prefix(count))
      #expect(Array(rest.prefix(16 + count)) == EventFile.record(message))
      messages.append(message)
      rest = rest.dropFirst(16 + count)
    }
    return messages
  }
}

import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite struct IDXFileTests {
  let folder: TemporaryFolder
  let pixels = (0..<2 * 3 * 4).map { UInt8($0 * 10) }
  var images: [UInt8] { idx(magic: 2051, sizes: [2, 3, 4], pixels) }

  init() throws { folder = try TemporaryFolder() }

  func read(_ bytes: [UInt8], _ contents: IDXFile.Contents = .images) throws -> (sizes: [Int], bytes: [UInt8])
  {
    try IDXFile.read(folder.write("file", bytes), contents: contents)
  }

  func error(_ bytes: [UInt8], _ contents: IDXFile.Contents = .images) -> DatasetError? {
    #expect(throws: DatasetError.self) { try read(bytes, contents) }
  }

  @Test func plainAndGzipFilesReadAlike() throws {
    for bytes in [images, gzip(images)] {
      let file = try read(bytes)
      #expect(file.sizes == [2, 3, 4])
      #expect(file.bytes == pixels)
    }
  }

  @Test func aGzipFileOfSeveralMembersIsOneFile() throws {
    let members = gzip(Array(images.prefix(9))) + gzip(Array(images.dropFirst(9)))
    #expect(try read(members).bytes == pixels)
  }

  @Test func everyTruncationIsAnErrorThatNamesTheFile() throws {
    for bytes in [images, gzip(images)] {
      for length in 0..<bytes.count {
        let error = error(Array(bytes.prefix(length)))
        #expect(error?.description.contains(folder.path) == true, "length \(length)")
        #expect(error?.kind == .invalid)
      }
    }
  }

  @Test func everyChangedByteIsAnErrorOrStillAFile() throws {
    // Some bits mean nothing, such as gzip's time stamp; the others must be noticed.
    let bytes = gzip(images)
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << bit
        if let file = try? read(changed) {
          #expect(file.bytes == pixels, "byte \(index)")
        }
      }
    }
  }

  @Test func everyChangedHeaderByteOfAPlainFileIsAnError() {
    for index in 0..<16 {
      for bit in 0..<8 {
        var changed = images
        changed[index] ^= 1 << bit
        #expect(throws: DatasetError.self) { try read(changed) }
      }
    }
  }

  @Test func whatFollowsTheDataIsAnError() {
    #expect(error(images + [0])?.found == "41 bytes")
    #expect(error(gzip(images + [0]))?.found == "more than 40 bytes uncompressed")
    #expect(error(gzip(images) + [7, 7])?.found == "2 bytes after the compressed data")
  }

  @Test func zerosThatFillUpABlockAreIgnored() throws {
    let zeros = [UInt8](repeating: 0, count: 512)
    #expect(try read(gzip(images) + zeros).bytes == pixels)
    let members = gzip(Array(images.prefix(9))) + zeros + gzip(Array(images.dropFirst(9))) + zeros
    #expect(try read(members).bytes == pixels)
    #expect(error(gzip(images) + zeros + [7])?.found == "1 bytes after the compressed data")
    #expect(error(images + zeros)?.found == "552 bytes")
  }

  @Test func contentsThatShrinkVeryMuchAreReadInPieces() throws {
    let black = [UInt8](repeating: 0, count: 300 * 28 * 28)
    let file = try read(gzip(idx(magic: 2051, sizes: [300, 28, 28], black)))
    #expect(file.bytes == black)
  }

  @Test func whatShrinksFurtherThanDataIsRefusedBeforeThereIsMemoryForIt() throws {
    // 100 MB of black pixels, in a thousandth of that.
    let images = 127_551
    let black = [UInt8](repeating: 0, count: images * 784)
    let error = error(gzip(idx(magic: 2051, sizes: [images, 28, 28], black)))
    #expect(error?.found == "a header that declares 127551 × 28 × 28 bytes")
    let path = try folder.write("file", gzip(black))
    let text = #expect(throws: DatasetError.self) { try GzipFile.read(path, limit: 1 << 30) }
    #expect(text?.found.contains("bytes uncompressed from") == true)
  }

  @Test func imagesOfAnotherSizeAreRefusedBeforeThereIsMemoryForThem() throws {
    let path = try folder.write("file", images)
    let error = #expect(throws: DatasetError.self) {
      try IDXFile.read(path, contents: .images, sampleSizes: [4, 3])
    }
    #expect(error?.found == "images of 3 × 4 pixels")
  }

  @Test func aPipeIsNotWaitedForAndAFileOfHolesNotReadIntoMemory() throws {
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let waiting = #expect(throws: DatasetError.self) { try IDXFile.read(pipe, contents: .images) }
    #expect(waiting?.found == "not a file")
    let hollow = try folder.write("hollow", [])
    #expect(truncate(hollow, 1 << 42) == 0)
    let large = #expect(throws: DatasetError.self) { try IDXFile.read(hollow, contents: .images) }
    #expect(large?.found == "\(1 << 42) bytes")
  }

  @Test func swappedFilesAreToldApart() {
    let labels = idx(magic: 2049, sizes: [30], [UInt8](repeating: 1, count: 30))
    #expect(error(labels)?.found.contains("a file of labels") == true)
    #expect(error(images, .labels)?.found.contains("a file of images") == true)
  }

  @Test(arguments: ["", "GIF89a", "<!DOCTYPE html><html></html>", "PK\u{3}\u{4} something else entirely"])
  func aForeignFileIsAnError(text: String) {
    #expect(throws: DatasetError.self) { try read(Array(text.utf8)) }
  }

  @Test func aHeaderCannotAskForMemoryThatTheFileDoesNotFill() {
    for sizes in [[0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF], [1 << 30, 28, 28], [60_000, 28, 28]] {
      let bytes = idx(magic: 2051, sizes: sizes, pixels)
      #expect(error(bytes)?.found.contains("declares") == true)
      #expect(throws: DatasetError.self) { try read(gzip(bytes)) }
    }
  }

  @Test func aMissingFileAndAFolderAreSaidToBe() throws {
    let missing = #expect(throws: DatasetError.self) {
      try IDXFile.read(folder.path + "/none", contents: .images)
    }
    #expect(missing?.kind == .missing)
    let directory = #expect(throws: DatasetError.self) { try IDXFile.read(folder.path, contents: .images) }
    #expect(directory?.kind == .missing)
  }

  @Test func readingHasALimit() throws {
    let path = try folder.write("file", gzip(images))
    #expect(try GzipFile.read(path, limit: 1000) == images)
    #expect(try GzipFile.read(path, limit: images.count) == images)
    #expect(throws: DatasetError.self) { try GzipFile.read(path, limit: images.count - 1) }
  }
}

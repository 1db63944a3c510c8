internal import Messages
internal import Platform

/// Takes a data set's files out of the archive in which they are published, so that each is there whole, or not at all.
public struct Unpacking: Sendable {
  private let description: DatasetDescription
  private let directory: String

  /// The archive in `directory`, where a download has put it; `nil` if the files are published each by itself.
  public init?(_ description: DatasetDescription, in directory: String) {
    guard description.archive != nil else { return nil }
    self.description = description
    self.directory = directory
  }

  private var archive: String { "\(directory)/\(description.archive?.fetchedName ?? "")" }
  private var folder: String { "\(directory)/\(description.archiveFolder ?? "")" }

  /// Whether all files are there, and those with a known checksum are verified.
  public var isDone: Bool {
    description.files.allSatisfy { file in
      let path = "\(folder)/\(file.name)"
      guard let checksum = file.checksum else { return Files.exists(path) }
      return (try? checksum.text(of: path, limit: file.contentsSize)) == checksum.text
    }
  }

  /// Unpacks and verifies the files that belong to the data set, and removes the archive.
  ///
  /// - Throws: `DownloadError` if the archive is damaged or lacks a file, or one is not the official one or cannot be written.
  public func run() throws(DownloadError) {
    try DownloadError.makeFolders(folder)
    let prefix = description.archiveFolder.map { $0 + "/" } ?? ""
    let files = Dictionary(uniqueKeysWithValues: description.files.map { (prefix + $0.name, $0) })
    var missing = Set(files.keys)
    var failure: DownloadError?
    do {
      try TarFile.read(archive, sizes: files.mapValues(\.contentsSize)) {
        name, contents throws(DatasetError) in
        guard failure == nil, let file = files[name] else { return }
        do throws(DownloadError) {
          try write(contents, file)
          missing.remove(name)
        } catch {
          failure = error
        }
      }
    } catch {
      throw DownloadError(.invalid, "\(error)")
    }
    if let failure { throw failure }
    guard missing.isEmpty else {
      throw DownloadError(
        .invalid,
        says(
          "\(archive): no \(missing.sorted().joined(separator: ", ")) in it. Remove it, and fetch it again.",
          "\(archive)：其中没有 \(missing.sorted().joined(separator: ", "))。请删除它并重新获取。"))
    }
    try? Files.remove(archive)
  }

  private func write(_ contents: [UInt8], _ file: DatasetDescription.File) throws(DownloadError) {
    if let checksum = file.checksum, SHA256.hash(contents) != checksum.text {
      throw DownloadError(
        .invalid,
        says(
          "\(archive): \(file.name) in it is not the official file. Remove it, and fetch it again.",
          "\(archive)：其中的 \(file.name) 不是官方文件。请删除它并重新获取。"))
    }
    let path = "\(folder)/\(file.name)"
    do throws(SystemError) {
      guard let part = try PartFile.open(path + ".part", while: { true }) else { return }
      try part.empty()
      try part.append(contents)
      try part.become(path)
    } catch {
      throw .unwritable(path, error)
    }
  }
}

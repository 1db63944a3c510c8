internal import Messages
internal import Platform

/// Fetches a file of a data set into a folder, so that a whole and verified file is there afterwards, or none.
///
/// What comes is kept in a file named `….part`, from which a broken transfer goes on. It gets its final name only when
/// the checksum is right and it is safely on the disk. Two downloads of the same file wait for each other.
public struct Download: Sendable {
  private let file: DatasetDescription.File
  private let description: DatasetDescription
  private let sources: [String]
  private let directory: String

  /// A download of `file`, whose checksum is known, as it is published, from the first of the folders at the URLs `sources` that gives it into `directory`.
  public init(
    _ file: DatasetDescription.File, of description: DatasetDescription, from sources: [String],
    into directory: String
  ) {
    self.file = file
    self.description = description
    self.sources = sources
    self.directory = directory
  }

  private var path: String { "\(directory)/\(file.fetchedName)" }
  private var urls: [String] {
    sources.map { ($0.endsInSlash ? $0 : $0 + "/") + file.fetchedName }
  }
  /// What is longer is not the file, however badly it is compressed: gzip adds 5 bytes to 16 KB that it cannot shrink.
  private var largestSize: Int { file.contentsSize + file.contentsSize / 1000 + 4096 }

  /// Whether the verified file is there already.
  public var isPresent: Bool { isVerified(path) }

  /// Fetches and verifies the file.
  ///
  /// `progress` is called some ten times a second with the bytes that have arrived, and may return `false` to give up.
  ///
  /// - Throws: `DownloadError`; a partial file is kept only if the transfer can go on from it.
  public func run(progress: (_ bytes: Int) -> Bool) throws(DownloadError) {
    try DownloadError.makeFolders(directory)
    let target = try target()
    let part = try part(beside: target, progress)
    defer { part.removeIfEmpty() }
    // Whoever had the part may have fetched the file.
    guard !isPresent else { return }
    do {
      try fetchFromAny(part, progress)
    } catch {
      if error.kind == .invalid { part.remove() }
      throw error
    }
    do { try part.become(target) } catch { throw unwritable(target, error) }
  }

  /// Asks the sources in turn; of several failures the first one tells most, as that source is the official one.
  private func fetchFromAny(_ part: PartFile, _ progress: (Int) -> Bool) throws(DownloadError) {
    var failure: DownloadError?
    for url in urls {
      do {
        return try fetch(url, part, goesOn: part.size > 0, progress)
      } catch {
        guard error.kind == .unavailable || error.kind == .invalid else { throw error }
        failure = failure ?? error
        // Another source may go on from what is right so far.
        guard error.kind == .invalid else { continue }
        do { try part.empty() } catch { throw unwritable(part.path, error) }
      }
    }
    if let failure { throw failure }
  }

  private func fetch(
    _ url: String, _ part: PartFile, goesOn: Bool, _ progress: (Int) -> Bool
  ) throws(DownloadError) {
    do {
      try transfer(url, to: part, progress)
      try verify(url, part)
    } catch  where goesOn && error.kind == .invalid {
      // The part is of another file, or the server cannot go on from it: once more from the beginning.
      do { try part.empty() } catch { throw unwritable(part.path, error) }
      try fetch(url, part, goesOn: false, progress)
    }
  }

  /// Where the file is to be, behind a link that a person put there.
  private func target() throws(DownloadError) -> String {
    let (target, kind): (String, Files.Kind?)
    do throws(SystemError) {
      let isLink = try Files.status(path, followingLinks: false)?.kind == .link
      target = isLink ? try Files.resolved(path) : path
      kind = try Files.status(target)?.kind
    } catch {
      throw unwritable(path, error)
    }
    guard kind == nil || kind == .file else {
      throw DownloadError(
        .unwritable,
        says(
          "\(path) is there and no file. Remove it, or set XDG_CACHE_HOME.",
          "\(path) 已存在但不是文件。请删除它，或设置 XDG_CACHE_HOME。"))
    }
    return target
  }

  private func part(
    beside target: String, _ progress: (Int) -> Bool
  ) throws(DownloadError) -> PartFile {
    let path = target + ".part"
    do throws(SystemError) {
      if let part = try PartFile.open(path, while: { progress(0) }) { return part }
    } catch {
      throw unwritable(path, error)
    }
    throw interruption(path)
  }

  private func transfer(
    _ url: String, to part: PartFile, _ progress: (Int) -> Bool
  ) throws(DownloadError) {
    var size = part.size
    guard size <= largestSize else { throw tooLarge(url) }
    guard progress(size) else { throw interruption(url) }
    let clock = ContinuousClock()
    var told: ContinuousClock.Instant?
    let ending = try Curl.fetch(url, from: size) { bytes throws(DownloadError) in
      guard size + bytes.count <= largestSize else { throw tooLarge(url) }
      do throws(SystemError) { try part.append(bytes) } catch { throw unwritable(part.path, error) }
      size += bytes.count
      if let told, clock.now - told < .milliseconds(100) { return }
      told = clock.now
      guard progress(size) else { throw interruption(url) }
    }
    // Asked even if curl has failed: Ctrl-C ends it too, and maybe first.
    guard progress(size) || ending.status == 0 else { throw interruption(url) }
    guard ending.status == 0 else { throw failure(url, ending) }
  }

  private func verify(_ url: String, _ part: PartFile) throws(DownloadError) {
    guard let checksum = file.checksum, !isVerified(part.path) else { return }
    let found =
      (try? checksum.text(of: part.path, limit: file.contentsSize))
      ?? says("that of no gzip file", "（不是 gzip 文件）")
    throw DownloadError(
      .invalid,
      says(
        "\(url): the \(checksum.kind) is \(found); expected \(checksum.text). "
          + "Nothing was kept; try again, or another source with --from.",
        "\(url)：\(checksum.kind)是 \(found)；应为 \(checksum.text)。没有保留任何内容；请重试，或用 --from 换一个来源。"))
  }

  private func isVerified(_ path: String) -> Bool {
    guard let checksum = file.checksum else { return false }
    return (try? checksum.text(of: path, limit: file.contentsSize)) == checksum.text
  }
}

extension Download {
  private func interruption(_ url: String) -> DownloadError {
    DownloadError(
      .interrupted,
      says(
        "\(url): interrupted; '\(description.fetchCommand)' goes on from here.",
        "\(url)：已中断；'\(description.fetchCommand)' 会从这里继续。"))
  }

  private func tooLarge(_ url: String) -> DownloadError {
    DownloadError(
      .invalid,
      says(
        "\(url): more than \(largestSize) bytes; the official file has \(file.compressedSize.map(String.init) ?? "fewer"). "
          + "Nothing was kept; try again, or another source with --from.",
        "\(url)：超过 \(largestSize) 字节；官方文件\(file.compressedSize.map { "有 \($0) 字节" } ?? "较小")。没有保留任何内容；请重试，或用 --from 换一个来源。"
      ))
  }

  private func failure(_ url: String, _ ending: ChildProcess.Ending) -> DownloadError {
    // A server without ranges (33), or one that has nothing after the part (HTTP status 416).
    if ending.status == 33 || ending.status == 22 && ending.message.hasSuffix("error: 416") {
      return DownloadError(.invalid, says("\(url): \(ending.message)", "\(url)：\(ending.message)"))
    }
    let package =
      description.systemPackage.map {
        says("install Debian's package \($0.name), ", "安装 Debian 软件包 \($0.name)，")
      } ?? ""
    let rest =
      description.bundledSample == nil
      ? says(".", "。") : says("; without any of these the program uses its bundled sample.", "；否则程序使用自带的小样本。")
    return DownloadError(
      .unavailable,
      says(
        "\(url): \(ending.message). Try again to go on from here, \(package)or name a folder that has the files with "
          + "--data\(rest)",
        "\(url)：\(ending.message)。请重试以从这里继续，\(package)或用 --data 指定含有文件的文件夹\(rest)"))
  }

  private func unwritable(_ path: String, _ error: SystemError) -> DownloadError {
    .unwritable(path, error)
  }
}

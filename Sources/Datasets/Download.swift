#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Fetches a file of the data set into a folder, so that a whole and verified file is there afterwards, or none.
///
/// What comes is kept in a file named `….part`, from which a broken transfer goes on. It gets its final name only when
/// the hash of its uncompressed contents is right and it is safely on the disk.
public struct Download: Sendable {
  /// The official files' home.
  public static let officialSource =
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion"

  private let file: FashionMNIST.File
  private let source: String
  private let directory: String
  private let sha256: String

  /// A download of `file`, compressed, from the folder at the URL `source` into `directory`.
  public init(_ file: FashionMNIST.File, from source: String, into directory: String) {
    self.init(file, from: source, into: directory, sha256: file.sha256)
  }

  /// A download whose contents have another hash than the official ones.
  init(_ file: FashionMNIST.File, from source: String, into directory: String, sha256: String) {
    self.file = file
    self.source = source
    self.directory = directory
    self.sha256 = sha256
  }

  private var path: String { "\(directory)/\(file.name).gz" }
  private var partPath: String { path + ".part" }
  private var url: String { (source.hasSuffix("/") ? source : source + "/") + file.name + ".gz" }

  /// Whether the verified file is there already.
  public var isPresent: Bool { access(path, F_OK) == 0 && hash(of: path) == sha256 }

  /// Fetches and verifies the file.
  ///
  /// `progress` is called some ten times a second with the bytes that have arrived, and may return `false` to give up.
  ///
  /// - Throws: `DownloadError`; a partial file is kept only if the transfer can go on from it.
  public func run(progress: (_ bytes: Int) -> Bool) throws(DownloadError) {
    try createDirectories()
    let resumes = size(of: partPath) > 0
    do {
      try transfer(progress)
      try verify()
    } catch  where resumes && error.kind == .invalid {
      // The part is of another file, or the server cannot go on from it: once more from the beginning.
      unlink(partPath)
      try transfer(progress)
      try verify()
    }
    guard rename(partPath, path) == 0 else { throw unwritable(path) }
  }

  private func transfer(_ progress: (Int) -> Bool) throws(DownloadError) {
    let process = try CurlProcess(url: url, appendingTo: partPath)
    while true {
      let status = process.exitStatus()
      guard status != 0 else { return }
      // Asked even if curl has failed: Ctrl-C ends it too, and maybe first.
      guard progress(size(of: partPath)) else {
        if status == nil { process.end() }
        throw DownloadError(.interrupted, "\(url): interrupted; 'fmnist-tui data fetch' goes on from here.")
      }
      if let status { throw failure(status: status, message: process.message()) }
      usleep(100_000)
    }
  }

  private func failure(status: Int32, message: String) -> DownloadError {
    // 23 is curl's status for a file that it cannot write.
    guard status != 23 else { return DownloadError(.unwritable, "\(partPath): \(message)") }
    // A server without ranges (33), or one that has nothing after the part (HTTP status 416).
    if status == 33 || status == 22 && message.hasSuffix("error: 416") {
      return DownloadError(.invalid, "\(url): \(message)")
    }
    return DownloadError(
      .unavailable,
      """
      \(url): \(message). Try again to go on from here, install Debian's package dataset-fashion-mnist, or name a \
      folder that has the files with --data; without any of these the program uses its bundled sample.
      """)
  }

  private func verify() throws(DownloadError) {
    let found = hash(of: partPath)
    guard found == sha256 else {
      unlink(partPath)
      throw DownloadError(
        .invalid,
        "\(url): the uncompressed contents have the SHA-256 \(found ?? "of no gzip file"); expected \(sha256). "
          + "Nothing was kept; try again, or another source with --from.")
    }
    let descriptor = open(partPath, O_RDONLY)
    guard descriptor >= 0, fsync(descriptor) == 0, close(descriptor) == 0 else { throw unwritable(partPath) }
  }

  private func hash(of path: String) -> String? {
    (try? GzipFile.read(path, limit: 100 << 20)).map(SHA256.hash)
  }

  private func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  private func createDirectories() throws(DownloadError) {
    var partial = directory.hasPrefix("/") ? "" : "."
    for component in directory.split(separator: "/") {
      partial += "/" + component
      guard mkdir(partial, 0o755) == 0 || errno == EEXIST || errno == EISDIR else {
        throw unwritable(partial)
      }
    }
    guard access(directory, W_OK) == 0 else { throw unwritable(directory) }
  }

  private func unwritable(_ path: String) -> DownloadError {
    DownloadError(
      .unwritable,
      "\(path): \(String(cString: strerror(errno))). Make it writable, or set XDG_CACHE_HOME to another folder."
    )
  }
}

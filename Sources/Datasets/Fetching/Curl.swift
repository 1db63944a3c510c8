internal import Messages
internal import Platform

/// The program `curl`, fetching one file: it knows HTTPS, redirects, proxies and certificates.
enum Curl {
  /// Fetches what of `url` follows the first `offset` bytes.
  ///
  /// `receive` is given each piece as it comes, and no bytes some ten times a second while none come. If it throws, curl is
  /// ended first.
  ///
  /// - Throws: `DownloadError` if curl cannot be started, and what `receive` throws.
  static func fetch(
    _ url: String, from offset: Int, receive: (UnsafeRawBufferPointer) throws(DownloadError) -> Void
  ) throws(DownloadError) -> ChildProcess.Ending {
    // What is in the user's .curlrc is meant for other uses, and can send the output elsewhere.
    var arguments = [
      "curl", "--disable", "--globoff", "--silent", "--show-error", "--fail", "--location",
      "--connect-timeout", "15", "--speed-limit", "1", "--speed-time", "30",
    ]
    if offset > 0 { arguments += ["--continue-at", "\(offset)"] }
    arguments += ["--url", url]
    let curl: ChildProcess
    do {
      curl = try ChildProcess(arguments)
    } catch {
      throw DownloadError(
        .unavailable,
        says(
          "curl cannot be started (\(error)). Install the program curl.", "无法启动 curl（\(error)）。请安装程序 curl。"))
    }
    return try curl.finish(receive)
  }
}

internal import CCrypto
internal import Messages
internal import Platform

/// By what an official file is known.
public enum Checksum: Hashable, Sendable {
  /// SHA-256 of the contents, in hexadecimal, however they are compressed.
  case contentsSHA256(String)
  /// SHA-256 of the file as it is, in hexadecimal.
  case fileSHA256(String)
  /// MD5 of the compressed file, in hexadecimal, for files of which nobody has published more.
  case compressedMD5(String)

  /// The checksum, in hexadecimal.
  public var text: String {
    switch self {
    case .contentsSHA256(let text), .fileSHA256(let text), .compressedMD5(let text): text
    }
  }

  /// What it is the checksum of, and by which function.
  public var kind: String {
    switch self {
    case .contentsSHA256: says("SHA-256 of the contents", "内容的 SHA-256")
    case .fileSHA256: says("SHA-256 of the file", "文件的 SHA-256")
    case .compressedMD5: says("MD5 of the compressed file", "压缩文件的 MD5")
    }
  }

  /// This checksum of the file at `path`, whose contents have at most `limit` bytes where that is known.
  ///
  /// - Throws: `DatasetError` if the file cannot be read.
  public func text(of path: String, limit: Int? = nil) throws(DatasetError) -> String {
    switch self {
    case .contentsSHA256: SHA256.hash(try GzipFile.read(path, limit: limit ?? FileBytes.most))
    case .fileSHA256: SHA256.hash(try FileBytes.read(path))
    case .compressedMD5: Digest.text(EVP_md5(), of: [try FileBytes.read(path)])
    }
  }

  /// Whether the checksum of the file at `path` tells anything: a file that is not compressed has no official MD5.
  public func isKnown(of path: String) -> Bool {
    if case .compressedMD5 = self { return path.endsWithBytes(of: ".gz") }
    return true
  }
}

/// The hash function SHA-256 (FIPS 180-4), by OpenSSL.
public enum SHA256 {
  /// The hash of `bytes`, in hexadecimal.
  public static func hash(_ bytes: [UInt8]) -> String { hash([bytes]) }

  /// The hash of all `parts` together, in hexadecimal.
  public static func hash(_ parts: [[UInt8]]) -> String { Digest.text(EVP_sha256(), of: parts) }
}

private enum Digest {
  /// The digest of all `parts` together, in hexadecimal.
  static func text(_ function: OpaquePointer?, of parts: [[UInt8]]) -> String {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    EVP_DigestInit_ex(context, function, nil)
    for part in parts { part.withUnsafeBytes { _ = EVP_DigestUpdate(context, $0.baseAddress, $0.count) } }
    let digest = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
      var size: UInt32 = 0
      EVP_DigestFinal_ex(context, buffer.baseAddress, &size)
      count = Int(size)
    }
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

extension LabeledImages {
  /// The hash of the IDX file that holds the images; of colours in a fourth dimension.
  public var imagesSHA256: String {
    SHA256.hash([
      IDXFile.header(dimensions: [count, height, width] + (channels > 1 ? [channels] : [])), pixels,
    ])
  }

  /// The hash of the IDX file that holds the labels.
  public var labelsSHA256: String { SHA256.hash([IDXFile.header(dimensions: [count]), labels]) }
}

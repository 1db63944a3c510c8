internal import CCrypto

/// The hash function SHA-256 (FIPS 180-4), by OpenSSL.
public enum SHA256 {
  /// The hash of `bytes`, in hexadecimal.
  public static func hash(_ bytes: [UInt8]) -> String { hash([bytes]) }

  /// The hash of all `parts` together, in hexadecimal.
  public static func hash(_ parts: [[UInt8]]) -> String {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    EVP_DigestInit_ex(context, EVP_sha256(), nil)
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
  /// The hash of the IDX file that holds the images.
  public var imagesSHA256: String {
    SHA256.hash([IDXFile.header(dimensions: [count, height, width]), pixels])
  }

  /// The hash of the IDX file that holds the labels.
  public var labelsSHA256: String { SHA256.hash([IDXFile.header(dimensions: [count]), labels]) }
}

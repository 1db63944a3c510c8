internal import CCrypto

/// The hash function SHA-256 (FIPS 180-4), by OpenSSL.
public enum SHA256 {
  /// The hash of `bytes`, in hexadecimal.
  public static func hash(_ bytes: [UInt8]) -> String {
    let digest = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
      var size: UInt32 = 0
      _ = bytes.withUnsafeBytes {
        EVP_Digest($0.baseAddress, $0.count, buffer.baseAddress, &size, EVP_sha256(), nil)
      }
      count = Int(size)
    }
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

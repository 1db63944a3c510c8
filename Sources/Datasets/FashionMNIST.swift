/// What is fixed about Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017).
public enum FashionMNIST {
  /// Rows of an image, and pixels of a row.
  public static let side = 28

  /// The classes, label 0 first.
  public static let classNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
  ]

  /// The four files of the data set.
  public enum File: String, CaseIterable, Sendable {
    /// 60,000 training images.
    case trainImages = "train-images-idx3-ubyte"
    /// Their labels.
    case trainLabels = "train-labels-idx1-ubyte"
    /// 10,000 test images.
    case testImages = "t10k-images-idx3-ubyte"
    /// Their labels.
    case testLabels = "t10k-labels-idx1-ubyte"

    /// The official name, without `.gz`.
    public var name: String { rawValue }

    /// SHA-256 of the official contents, uncompressed: packagers compress the files anew.
    public var sha256: String {
      switch self {
      case .trainImages: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"
      case .trainLabels: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"
      case .testImages: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"
      case .testLabels: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"
      }
    }

    /// Bytes of the official gzip file.
    public var compressedSize: Int {
      switch self {
      case .trainImages: 26_421_880
      case .trainLabels: 29_515
      case .testImages: 4_422_102
      case .testLabels: 5_148
      }
    }

    /// Names under which the file is found: as it is or compressed, also with the dot that some tools write.
    var spellings: [String] {
      let dotted =
        name.split(separator: "-").dropLast(2).joined(separator: "-") + "."
        + name.split(separator: "-").suffix(2).joined(separator: "-")
      return [name, name + ".gz", dotted, dotted + ".gz"]
    }
  }
}

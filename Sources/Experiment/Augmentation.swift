internal import Messages

/// How training images are changed at random each time they are learned from.
public struct Augmentation: Hashable, Sendable {
  /// The farthest that an image may be moved.
  public static let largestShift = 14
  /// The shift that a person gets who asks for shifts by a key.
  public static let usualShift = 2
  /// The largest side of a square that covers a part of an image.
  public static let largestCutout = 256

  /// Whether half of the images are mirrored left to right.
  public var flip = false
  /// Each image is moved by up to so many pixels each way, black coming in: every offset has the same probability.
  ///
  /// That is a crop of the image with so many black pixels around it.
  public var shift = 0
  /// Each image is cropped out of itself with so many pixels around it that its edges mirror.
  public var crop = 0
  /// The side of a black square around a random pixel, which may reach beyond the image.
  public var cutout = 0

  /// Images as they are.
  public init() {}

  /// Whether any image may change.
  public var isActive: Bool { self != Augmentation() }
}

extension Augmentation {
  private static let pixels: [(name: String, path: any WritableKeyPath<Augmentation, Int> & Sendable)] = [
    ("shift", \.shift), ("crop", \.crop), ("cutout", \.cutout),
  ]

  /// What `init(text:)` reads, apart from `none`: parts separated by commas.
  public static let spellings = ["flip"] + pixels.map { $0.name + "=PIXELS" }

  /// The augmentation that `text` spells, such as `flip,shift=2`.
  public init?(text: String) {
    self.init()
    guard text != SettingText.none else { return }
    for part in SettingText.items(text) {
      if part == "flip", !flip {
        flip = true
        continue
      }
      let words = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard words.count == 2, let path = Self.pixels.first(where: { $0.name == words[0] })?.path,
        self[keyPath: path] == 0, let pixels = Int(words[1])
      else { return nil }
      self[keyPath: path] = pixels
    }
  }

  /// The spelling that `init(text:)` reads back.
  public var text: String {
    SettingText.list(
      (flip ? ["flip"] : [])
        + Self.pixels.filter { self[keyPath: $0.path] != 0 }.map { "\($0.name)=\(self[keyPath: $0.path])" })
  }

  /// What it does, a phrase each.
  func phrases(grouped: (Int) -> String) -> [String] {
    func pixels(_ count: Int) -> String {
      says(SettingText.count(count, "pixel", grouped), "\(grouped(count)) 像素")
    }
    var phrases = flip ? [says("half of the images mirrored", "一半图像镜像")] : []
    if shift > 0 {
      phrases.append(
        says((flip ? "" : "images ") + "moved by up to \(pixels(shift))", "至多移动 \(pixels(shift))"))
    }
    if crop > 0 { phrases.append(says("crop of \(pixels(crop))", "裁剪 \(pixels(crop))")) }
    if cutout > 0 { phrases.append(says("cutout of \(pixels(cutout))", "遮挡 \(pixels(cutout))")) }
    return phrases
  }
}

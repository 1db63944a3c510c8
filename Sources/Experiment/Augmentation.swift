/// How training images are changed at random each time they are learned from.
public struct Augmentation: Hashable, Sendable {
  /// The farthest that an image may be shifted.
  public static let largestShift = 14
  /// The shift that a person gets who asks for shifts by a key.
  public static let usualShift = 2

  /// Whether half of the images are mirrored left to right.
  public var flip = false
  /// Each image is moved by up to so many pixels each way, black coming in: every offset has the same probability.
  public var shift = 0

  /// Images as they are.
  public init() {}

  /// Whether any image may change.
  public var isActive: Bool { flip || shift > 0 }
}

extension Augmentation {
  /// What `init(text:)` reads, apart from `none`: parts separated by commas.
  public static let spellings = ["flip", "shift=PIXELS"]

  /// The augmentation that `text` spells, such as `flip,shift=2`.
  public init?(text: String) {
    self.init()
    guard text != SettingText.none else { return }
    for part in SettingText.items(text) {
      if part == "flip", !flip {
        flip = true
      } else if part.hasPrefix("shift="), shift == 0, let pixels = Int(part.dropFirst("shift=".count)) {
        shift = pixels
      } else {
        return nil
      }
    }
  }

  /// The spelling that `init(text:)` reads back.
  public var text: String {
    SettingText.list((flip ? ["flip"] : []) + (shift != 0 ? ["shift=\(shift)"] : []))
  }
}

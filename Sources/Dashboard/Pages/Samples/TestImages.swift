internal import Messages
internal import TerminalUI

/// The test images and their labels, for the page that shows some.
package struct TestImages: Hashable, Sendable {
  private let height: Int
  private let width: Int
  private let channels: Int
  private let pixels: [UInt8]
  /// The class of each image.
  let labels: [UInt8]
  /// What the classes are called.
  let classNames: [String]

  /// Images of `height` × `width` pixels, one after the other, with their labels.
  package init(
    height: Int, width: Int, channels: Int = 1, pixels: [UInt8], labels: [UInt8], classNames: [String]
  ) {
    precondition(
      pixels.count == labels.count * height * width * channels, "every image needs its pixels and a label")
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
    self.labels = labels
    self.classNames = classNames
  }

  /// How many there are.
  var count: Int { labels.count }

  /// Rows of cells that an image fills.
  var cellHeight: Int { (height + 1) / 2 }

  /// The name of an image's class.
  func labelName(of image: Int) -> String { className(labels[image]) }

  /// The name of a class.
  func className(_ label: UInt8) -> String {
    classNames.indices.contains(Int(label)) ? classNames[Int(label)] : says("class \(label)", "类别 \(label)")
  }

  /// One of the images.
  func picture(of image: Int) -> PixelImage {
    let size = height * width * channels
    return PixelImage(
      height: height, width: width, channels: channels,
      pixels: Array(pixels[image * size..<(image + 1) * size]))
  }
}

internal import TerminalUI

/// The test images and their labels, for the page that shows some.
package struct TestImages: Hashable, Sendable {
  private let height: Int
  private let width: Int
  private let pixels: [UInt8]
  /// The class of each image.
  let labels: [UInt8]
  /// What the classes are called.
  let classNames: [String]

  /// Images of `height` × `width` grey values, one after the other, with their labels.
  package init(height: Int, width: Int, pixels: [UInt8], labels: [UInt8], classNames: [String]) {
    precondition(pixels.count == labels.count * height * width, "every image needs its pixels and a label")
    self.height = height
    self.width = width
    self.pixels = pixels
    self.labels = labels
    self.classNames = classNames
  }

  /// How many there are.
  var count: Int { labels.count }

  /// The name of an image's class.
  func labelName(of image: Int) -> String { className(labels[image]) }

  /// The name of a class.
  func className(_ label: UInt8) -> String {
    classNames.indices.contains(Int(label)) ? classNames[Int(label)] : "class \(label)"
  }

  /// One of the images.
  func picture(of image: Int) -> GrayscaleImage {
    let size = height * width
    return GrayscaleImage(
      height: height, width: width, pixels: Array(pixels[image * size..<(image + 1) * size]))
  }
}

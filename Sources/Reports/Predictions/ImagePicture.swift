package import Datasets
package import TerminalUI

extension LabeledImages {
  /// The image at a position.
  package func image(_ index: Int) -> GrayscaleImage {
    let range = index * pixelsPerImage..<(index + 1) * pixelsPerImage
    return GrayscaleImage(height: height, width: width, pixels: Array(pixels[range]))
  }
}

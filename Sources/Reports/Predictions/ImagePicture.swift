package import Datasets
package import TerminalUI

extension LabeledImages {
  /// The image at a position.
  package func image(_ index: Int) -> PixelImage {
    let range = index * pixelsPerImage..<(index + 1) * pixelsPerImage
    return PixelImage(height: height, width: width, channels: channels, pixels: Array(pixels[range]))
  }
}

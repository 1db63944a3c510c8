package import Datasets
import Experiment
import Messages
package import Platform
import TerminalUI

/// An image to be looked at, and where it comes from.
package struct PredictedImage {
  /// Where an image comes from.
  package enum Origin: Hashable {
    /// The test set, at a place from 0.
    case test(Int)
    /// A file.
    case file(String)
  }

  package let origin: Origin
  /// The image, alone or among others.
  package let images: LabeledImages
  /// Its place among them.
  package let place: Int
  /// What was done to a picture, a phrase each.
  package let notes: [String]

  /// Its class, if it is known.
  package var label: Int? {
    guard case .test = origin else { return nil }
    return Int(images.labels[place])
  }

  /// A test image, or the picture in a PNG file made into an image of the data set.
  ///
  /// - Throws: `DatasetError` if the file cannot be read.
  package init(
    _ origin: Origin, test: LabeledImages?, of dataset: DatasetDescription
  ) throws(DatasetError) {
    self.origin = origin
    switch (origin, test) {
    case (.test(let place), let test?): (images, self.place, notes) = (test, place, [])
    case (.test(let place), nil): preconditionFailure("test image \(place) without a test set")
    case (.file(let path), _):
      let picture = try SamplePicture(pngPath: path, for: dataset)
      images = LabeledImages(
        count: 1, height: picture.height, width: picture.width, channels: picture.channels,
        pixels: picture.pixels, labels: [0])
      (place, notes) = (0, picture.notes)
    }
  }

  /// What a person gave with `--image`: a place in the test set, a file, or a folder, which is all PNG files in it.
  ///
  /// - Throws: `Failure` if a folder has none.
  package static func origins(_ text: String) throws(Failure) -> [Origin] {
    if let place = Int(text) { return [.test(place)] }
    guard let names = try? Files.names(in: text) else { return [.file(text)] }
    let pictures = names.filter { $0.lowercased().endsWithBytes(of: ".png") }.sorted()
    guard !pictures.isEmpty else {
      throw Failure(
        status: .missingInput,
        message: says(
          "\(text): no PNG files in this folder. Give another folder, or a file by its name.",
          "\(text)：这个文件夹中没有 PNG 文件。请给出另一个文件夹，或某个文件的名字。"))
    }
    return pictures.map { .file((text.endsInSlash ? text : text + "/") + $0) }
  }
}

internal import Datasets
internal import Experiment
internal import NeuralNetwork

extension NetworkExamination {
  /// The filters of the first convolution, and what the layer with weights at a place makes of an image, with dropout off;
  /// `nil` for an image or a layer that there is not.
  func picture(image: Int, layer: Int) -> FeatureMapsPictured? {
    guard (0..<images.count).contains(image) else { return nil }
    var pass = Pass(for: network)
    pass.resize(rows: 1)
    pass.input.gather(
      [Int32(image)], of: images.pixels, channels: images.channels, normalization: normalization, team: team)
    pass.forward(network, team: team)
    let leaves = pass.outputs(of: network)
    let places = leaves.placesOfWeights
    guard places.indices.contains(layer) else { return nil }
    let outputs = leaves[places[layer]].map(\.output)
    // The last one that still is a picture: what pools all of it, or lays it out in a row, comes after.
    let map = outputs.last { $0.shape.isImage && $0.shape.height * $0.shape.width > 1 }
    return FeatureMapsPictured(
      image: image, layer: layer,
      filters: leaves.lazy.compactMap { $0.layer as? Convolution }.first.flatMap(\.pictures),
      maps: map.map { ChannelPictures(maps: $0) })
  }
}

extension ChannelPictures {
  /// The channels of a batch's first image `[1, channels, height, width]`, made smaller where they are large.
  fileprivate init(maps: Tensor) {
    let shape = maps.shape
    let factor = (max(shape.height, shape.width) + Self.largestSide - 1) / Self.largestSide
    let (height, width) = (shape.height / factor, shape.width / factor)
    let kept = min(shape.channels, Self.mostPictures)
    var values: [Float] = []
    values.reserveCapacity(kept * height * width)
    for channel in 0..<kept {
      for row in 0..<height {
        for column in 0..<width {
          // The mean of what one pixel stands for.
          var sum: Float = 0
          for y in row * factor..<(row + 1) * factor {
            for x in column * factor..<(column + 1) * factor {
              sum += maps.elements[(y * shape.width + x) * shape.channels + channel]
            }
          }
          values.append(sum / Float(factor * factor))
        }
      }
    }
    let finite = values.lazy.filter(\.isFinite)
    self.init(
      count: shape.channels, height: height, width: width, channels: 1,
      smallest: Double(min(0, finite.min() ?? 0)), largest: Double(finite.max() ?? 0), values: values)
  }
}

extension Convolution {
  /// The filters, of one channel or in colours, with 0 in the middle of the values; `nil` where there are more channels.
  fileprivate var pictures: ChannelPictures? {
    let side = shape.kernel
    let channels = weights.values.rows / (side * side)
    guard channels == 1 || channels == 3, side <= ChannelPictures.largestSide else { return nil }
    let kept = min(shape.outputs, ChannelPictures.mostPictures)
    let values = (0..<kept).flatMap { filter in
      (0..<weights.values.rows).map { weights.values[$0, filter] }
    }
    let largest = values.reduce(0) { $1.isFinite ? max($0, Double(abs($1))) : $0 }
    return ChannelPictures(
      count: shape.outputs, height: side, width: side, channels: channels, smallest: -largest,
      largest: largest, values: values)
  }
}

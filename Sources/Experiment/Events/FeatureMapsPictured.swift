internal import Messages

/// What the filters of a run's network look like, and what one of its layers makes of a test image.
public struct FeatureMapsPictured: Hashable, Sendable {
  /// The image's number among the test images.
  public var image: Int
  /// The layer's place among those with weights, from 0.
  public var layer: Int
  /// The filters of the first convolution; `nil` where there is none.
  public var filters: ChannelPictures?
  /// What the layer gives for the image, a picture for each channel; `nil` where it gives no images.
  public var maps: ChannelPictures?

  /// The pictures of a network.
  public init(image: Int, layer: Int, filters: ChannelPictures?, maps: ChannelPictures?) {
    (self.image, self.layer, self.filters, self.maps) = (image, layer, filters, maps)
  }
}

/// Pictures of one size, whose values lie between a smallest and a largest one.
public struct ChannelPictures: Hashable, Sendable {
  /// The most pictures that are kept of more.
  public static let mostPictures = 64
  /// The most rows and columns of a picture.
  public static let largestSide = 64

  /// How many there are; where they are many, only the first ones are kept.
  public var count: Int
  /// Rows of a picture.
  public var height: Int
  /// Columns of a picture.
  public var width: Int
  /// Values of a pixel: 3 where they are colours.
  public var channels: Int
  /// The value that stands for 0 in a pixel.
  public var smallest: Double
  /// The value that stands for 255.
  public var largest: Double
  /// The kept pictures one after the other, row-major, the channels of a pixel side by side.
  public var pixels: [UInt8]

  /// Pictures of values `[pictures · height · width · channels]`, which `smallest` and `largest` are of.
  public init(
    count: Int, height: Int, width: Int, channels: Int, smallest: Double, largest: Double, values: [Float]
  ) {
    (self.count, self.height, self.width, self.channels) = (count, height, width, channels)
    (self.smallest, self.largest) = (smallest, largest)
    let scale = largest > smallest ? 255 / (largest - smallest) : 0
    pixels = values.map { value in
      let level = (Double(value) - smallest) * scale
      return level.isFinite ? UInt8(min(max(level, 0), 255).rounded()) : 0
    }
  }

  /// How many are kept.
  public var keptCount: Int { pixels.count / max(1, height * width * channels) }

  /// One of those that are kept.
  public subscript(picture: Int) -> ArraySlice<UInt8> {
    let size = height * width * channels
    return pixels[picture * size..<(picture + 1) * size]
  }
}

extension FeatureMapsPictured: EventDetails {
  package static var name: String { "feature_maps_pictured" }
  package static var isPassing: Bool { true }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    image = try fields.count("image")
    layer = try fields.count("layer")
    func pictures(_ field: Field) throws -> ChannelPictures? {
      fields.contains(field)
        ? try ChannelPictures(fields.nestedContainer(keyedBy: Field.self, forKey: field)) : nil
    }
    (filters, maps) = (try pictures("filters"), try pictures("maps"))
  }

  package func add(to object: inout JSONObject) {
    object.add("image", image)
    object.add("layer", layer)
    if let filters { object.add("filters", filters.json) }
    if let maps { object.add("maps", maps.json) }
  }
}

extension ChannelPictures {
  fileprivate init(_ fields: FieldDecoder) throws {
    count = try fields.count("count")
    height = try fields.count("height", upTo: Self.largestSide)
    width = try fields.count("width", upTo: Self.largestSide)
    channels = try fields.count("channels", upTo: 3)
    smallest = try fields.number("smallest")
    largest = try fields.number("largest")
    let levels = try fields.counts("pixels", upTo: 255)
    pixels = levels.map(UInt8.init)
    let size = height * width * channels
    guard size > 0, pixels.count.isMultiple(of: size), keptCount <= min(count, Self.mostPictures) else {
      throw fields.fault("pixels", says("they are of pictures of another size", "它们属于另一种大小的图"))
    }
  }

  fileprivate var json: JSONObject {
    var object = JSONObject()
    object.add("count", count)
    object.add("height", height)
    object.add("width", width)
    object.add("channels", channels)
    object.add("smallest", smallest)
    object.add("largest", largest)
    object.add("pixels", pixels)
    return object
  }
}

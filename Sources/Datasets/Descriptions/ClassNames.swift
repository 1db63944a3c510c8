internal import Messages

/// What the classes of data sets are called on the screen; files have the names that the data sets' authors gave.
extension DatasetDescription {
  /// The names of the classes in the language that the program speaks, where it knows them; else as the data set has them.
  public var shownClassNames: [String] {
    let names = task.classNames
    guard Language.current == .chinese else { return names }
    return Self.wordedClasses.first { $0.map(\.english) == names }?.map(\.text) ?? names
  }

  /// With the words of the Chinese edition of Dive into Deep Learning, 3.5.
  private static let wordedClasses: [[Wording]] = [
    [
      Wording("T-shirt/top", "T恤"), Wording("Trouser", "裤子"), Wording("Pullover", "套衫"),
      Wording("Dress", "连衣裙"), Wording("Coat", "外套"), Wording("Sandal", "凉鞋"), Wording("Shirt", "衬衫"),
      Wording("Sneaker", "运动鞋"), Wording("Bag", "包"), Wording("Ankle boot", "短靴"),
    ],
    [
      Wording("airplane", "飞机"), Wording("automobile", "汽车"), Wording("bird", "鸟"), Wording("cat", "猫"),
      Wording("deer", "鹿"), Wording("dog", "狗"), Wording("frog", "青蛙"), Wording("horse", "马"),
      Wording("ship", "船"), Wording("truck", "卡车"),
    ],
  ]
}

internal import Datasets

extension RunConfiguration {
  /// The options that ask for such a run, as the words of a command; what has its default is left out.
  public var options: [String] {
    var words = dataset.key == DatasetDescription.usual.key ? [] : ["--dataset", dataset.key]
    if let imageSize = dataset.imageSize { words += ["--image-size", "\(imageSize)"] }
    for setting in Setting.allCases where !setting.isDefault(in: self) {
      switch setting.value(in: self) {
      case .flag(let isOn): words.append(isOn ? setting.option : "--no-" + setting.key)
      default: words += [setting.option, setting.text(in: self)]
      }
    }
    return words
  }
}

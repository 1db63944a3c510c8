import Experiment
internal import SwiftProtobuf

/// The messages of TensorBoard's HParams view: what a run was made with, and how it ended.
enum HyperParameters {
  /// The settings of a run that begins at `time`.
  static func start(_ configuration: RunConfiguration, time: Double) -> Tensorboard_Summary.Value {
    var info = Tensorboard_SessionStartInfo()
    for setting in RunSetting.allCases {
      info.hparams[setting.hyperParameter] = setting.value(in: configuration)
    }
    info.startTimeSecs = time
    return value("_hparams_/session_start_info", .sessionStartInfo(info))
  }

  /// The end of a run at `time`.
  static func end(_ reason: RunEnded.Reason, time: Double) -> Tensorboard_Summary.Value {
    var info = Tensorboard_SessionEndInfo()
    switch reason {
    case .completed, .stopped: info.status = .success
    case .diverged, .failed: info.status = .failure
    }
    info.endTimeSecs = time
    return value("_hparams_/session_end_info", .sessionEndInfo(info))
  }

  private static func value(
    _ tag: String, _ data: Tensorboard_HParamsPluginData.OneOf_Data
  ) -> Tensorboard_Summary.Value {
    var value = Tensorboard_Summary.Value()
    value.tag = tag
    value.metadata.pluginData.pluginName = "hparams"
    value.metadata.pluginData.content.data = data
    return value
  }
}

extension RunSetting {
  /// The setting's name, as in the JSON files.
  fileprivate var hyperParameter: String { rawValue.replacing("-", with: "_") }

  /// The setting's value: a number or a flag where it is one, else a text.
  fileprivate func value(in configuration: RunConfiguration) -> Google_Protobuf_Value {
    let text = text(in: configuration)
    if isFlag { return Google_Protobuf_Value(boolValue: text == "true") }
    // One width or probability is a list of one.
    if ![.hidden, .dropout].contains(self), let number = Double(text) {
      return Google_Protobuf_Value(numberValue: number)
    }
    return Google_Protobuf_Value(stringValue: text)
  }
}

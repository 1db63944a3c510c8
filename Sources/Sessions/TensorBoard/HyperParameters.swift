import Experiment
internal import SwiftProtobuf

/// The messages of TensorBoard's HParams view: what a run was made with, and how it ended.
enum HyperParameters {
  /// The settings of a run that begins at `time`.
  static func start(_ configuration: RunConfiguration, time: Double) -> Tensorboard_Summary.Value {
    var info = Tensorboard_SessionStartInfo()
    for setting in Setting.allCases where setting.applies(to: configuration) {
      info.hparams[setting.key] = setting.hyperParameter(in: configuration)
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

extension Setting {
  /// The setting's value: a number or a flag where it is one, else a text; a seed has more digits than a number keeps.
  fileprivate func hyperParameter(in configuration: RunConfiguration) -> Google_Protobuf_Value {
    let value = value(in: configuration)
    if case .flag(let flag) = value { return Google_Protobuf_Value(boolValue: flag) }
    if let number = value.number { return Google_Protobuf_Value(numberValue: number) }
    return Google_Protobuf_Value(stringValue: text(in: configuration))
  }
}

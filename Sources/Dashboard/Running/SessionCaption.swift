internal import Datasets
internal import Experiment
internal import Messages
internal import NeuralNetwork
internal import Reports
internal import Sessions
internal import TerminalUI

extension SessionDescription {
  /// Images and their place, network, optimiser and seed: what the header of the dashboard says.
  func caption(place: String?, task: Task.Kind) -> String {
    let configuration = runs[0].configuration
    let all = NumberText.grouped(trainCount)
    let used = configuration.trainSize.flatMap { $0 < trainCount ? NumberText.grouped($0) : nil }
    let train = used.map { says("\($0) of \(all)", "\($0)/\(all)") } ?? all
    return
      "\(train) + \(NumberText.grouped(testCount)) \(task.samplesWord) "
      + "(\(place ?? dataSource.place.words)) · \(configuration.networkTitle) · \(configuration.optimizer.rawValue) · "
      + says("seed \(configuration.seed)", "种子 \(configuration.seed)")
  }
}

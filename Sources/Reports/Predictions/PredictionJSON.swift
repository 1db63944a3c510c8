import Datasets
package import Experiment
package import Sessions

/// What a network says of an image, for a program: a flat JSON object on one line.
///
/// `schema` (1), `checkpoint` (the file of the weights), `image` (place in the test set, or null), `file` (or null),
/// `label` and `label_name` (null for files), `notes` (what was done to a picture); with dropout off `prediction`,
/// `prediction_name`, `probabilities` (of the classes, 0 first), `entropy_nats`; by Monte-Carlo dropout `mc_passes`,
/// `mc_prediction`, `mc_prediction_name`, `mc_mean_probabilities`, `mc_standard_deviations` (with passes - 1),
/// `mc_agreement` (share of the passes that vote for `mc_prediction`), `mc_predictive_entropy_nats`,
/// `mc_mutual_information_nats`. Predictions are null where the network calculates NaN. Within one schema version keys are only ever added.
package struct PredictionJSON {
  package let image: PredictedImage
  package let answer: ExaminedImage
  package let network: CheckpointNetwork

  /// Made of its parts.
  package init(image: PredictedImage, answer: ExaminedImage, network: CheckpointNetwork) {
    self.image = image
    self.answer = answer
    self.network = network
  }

  package var text: String {
    let monteCarlo = answer.monteCarlo
    var object = JSONObject()
    object.add("schema", 1)
    object.add("checkpoint", network.path)
    switch image.origin {
    case .test(let place):
      object.add("image", place)
      object.add("file", nil as String?)
    case .file(let path):
      object.add("image", nil as Int?)
      object.add("file", path)
    }
    object.add("label", image.label)
    object.add("label_name", image.label.map(name))
    object.add("notes", image.notes)
    object.add("prediction", answer.prediction)
    object.add("prediction_name", answer.prediction.map(name))
    object.add("probabilities", answer.probabilities)
    object.add("entropy_nats", MonteCarloPrediction.entropy(of: answer.probabilities))
    object.add("mc_passes", monteCarlo.passes)
    object.add("mc_prediction", monteCarlo.prediction)
    object.add("mc_prediction_name", monteCarlo.prediction.map(name))
    object.add("mc_mean_probabilities", monteCarlo.means)
    object.add("mc_standard_deviations", monteCarlo.standardDeviations)
    object.add("mc_agreement", monteCarlo.agreement)
    object.add("mc_predictive_entropy_nats", monteCarlo.predictiveEntropy)
    object.add("mc_mutual_information_nats", monteCarlo.mutualInformation)
    return object.text
  }

  private func name(_ label: Int) -> String { network.dataset.task.classNames[label] }
}

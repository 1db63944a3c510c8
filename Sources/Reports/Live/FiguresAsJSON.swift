package import Experiment
import NeuralNetwork

extension JSONObject {
  /// Adds the figures that were measured, under their keys.
  package mutating func add(_ measured: Measurements, prefix: String = "") {
    for (figure, value) in measured.all { add(prefix + figure.key, value) }
  }

  /// Adds all settings under the names of their options.
  package mutating func add(_ configuration: RunConfiguration) {
    add("hidden", configuration.hiddenWidths)
    add("dropout", configuration.dropout)
    add("input_dropout", configuration.inputDropout)
    add("activation", configuration.activation.rawValue)
    add("init", configuration.initialization.text)
    add("batch_norm", configuration.batchNorm)
    add("optimizer", configuration.optimizer.rawValue)
    add("lr", configuration.learningRate)
    add("schedule", configuration.schedule.decay.text)
    add("warmup", configuration.schedule.warmupEpochs)
    add("momentum", configuration.momentum)
    add("nesterov", configuration.nesterov)
    add("weight_decay", configuration.weightDecay)
    add("no_bias_decay", !configuration.decaysBiases)
    add("l1", configuration.l1)
    add("clip_norm", configuration.clipNorm)
    add("clip_value", configuration.clipValue)
    add("label_smoothing", configuration.labelSmoothing)
    add("augment", configuration.augmentation.text)
    add("batch_size", configuration.batchSize)
    add("epochs", configuration.epochs)
    add("seed", configuration.seed)
    add("train_size", configuration.trainSize)
    add("validation", configuration.validationSize)
    add("early_stopping", configuration.earlyStopping)
    add("evaluate_every", configuration.evaluationInterval)
  }
}

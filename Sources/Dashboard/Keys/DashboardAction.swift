package import Experiment

/// Something that a person can ask for with a key.
package enum DashboardAction: Hashable, Sendable {
  case pauseOrResume
  case oneStep
  case oneEpoch
  case nextRun
  case fork
  case toggleRun
  case renameRun
  case removeRun
  case previousLayer, nextLayer
  case lowerDropout, raiseDropout
  case typeDropout
  case lowerLearningRate, raiseLearningRate
  case lowerWeightDecay, raiseWeightDecay
  case lowerLabelSmoothing, raiseLabelSmoothing
  case lowerL1, raiseL1
  case cycleAugmentation
  case addEpoch, addTenEpochs
  case restart
  case restartWithNewSeed
  case stop
  case view(DashboardView)
  case toggleLogarithm
  case toggleBeginning
  case cycleSmoothing
  case cycleGlyphs
  case toggleBands
  case addReplicates
  case toggleColors
  case toggleMouse
  case zoomIn, zoomOut
  case panLeft, panRight
  case cursorLeft, cursorRight
  case previousSample, nextSample, previousSamples, nextSamples, firstSample, lastSample
  case toggleConfusion
  case togglePreview
  case nextDemonstration, previousDemonstrationValue, nextDemonstrationValue, drawDemonstrationAgain
  case cycleOrdering
  case toggleMonteCarlo
  case help
  case cancel
  case quit
}

/// One of the dashboard's pages.
package enum DashboardView: Int, CaseIterable, Codable, Hashable, Sendable {
  /// Progress, charts and the comparison.
  case charts = 1
  /// The comparison, larger, with every epoch.
  case comparison
  /// Test images and what the runs say of them.
  case samples
  /// The layers under training.
  case layers
  /// Whether the runs are right as often as they are sure.
  case calibration
  /// Building blocks of the network, explained with their own numbers.
  case demonstrations
}

/// What a key asks of the outside.
package enum DashboardEffect: Hashable, Sendable {
  /// A command for a run.
  case send(TrainingCommand, to: RunID)
  /// A command for every run.
  case sendToAll(TrainingCommand)
  /// Another name for a run.
  case rename(RunID, to: String)
  /// The end of a run, which is not shown any more.
  case remove(RunID)
  /// All runs from the beginning, with the next seed if wanted.
  case restart(newSeed: Bool)
  /// One more run of each side, with the next seed; they wait at first if the others do.
  case addReplicates(isPaused: Bool)
  /// The dashboard closes.
  case leave
}

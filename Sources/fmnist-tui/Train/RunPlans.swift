import Training
import TrainingEvents

/// The runs that a person asked for: A, and usually B to compare it with.
struct RunPlans {
  /// The runs, A first.
  let runs: [RunPlan]
  /// Why there is no run B although a comparison is the default.
  var note: String?

  /// Makes run A from `settings`, and run B from `versus` or as A without dropout.
  ///
  /// - Throws: `ConfigurationError` if no run can have these settings.
  init(settings: GivenSettings, versus: VersusSpecification?, comparing: Bool) throws(ConfigurationError) {
    let first = try settings.configuration()
    let second: RunConfiguration?
    if let versus {
      second = try versus.configuration(against: settings)
    } else {
      second = comparing && first.usesDropout ? first.withoutDropout() : nil
    }
    guard let second else {
      runs = [RunPlan(name: first.usesDropout ? "with dropout" : "without dropout", configuration: first)]
      note =
        comparing && !first.usesDropout
        ? "run A uses no dropout, so there is no run B without it; --versus KEY=VALUE gives a run B" : nil
      return
    }
    runs = zip(RunDifference(first, second).names, [first, second]).map {
      RunPlan(name: $0, configuration: $1)
    }
    note = nil
  }
}

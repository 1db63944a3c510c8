package import Platform

/// What the process has used of the machine, sample by sample, over the time that it has run.
package struct SystemHistory: Hashable, Sendable {
  /// Seconds between two samples at first; they grow with the time that is kept.
  package static let firstInterval = 1.0
  /// The most samples: of more every second one is left out.
  static let capacity = 512

  /// A moment, with the processors that were busy since the one before.
  struct Sample: Hashable, Sendable {
    var seconds: Double
    var processors: Double
    var use: SystemUse
  }

  /// The samples, the latest at the end.
  private(set) var samples: [Sample] = []
  private var latest: (seconds: Double, processorSeconds: Double)?
  private var interval = firstInterval
  /// The most memory of all samples, also of those that were left out.
  private(set) var mostMemory = 0.0

  /// No sample yet.
  package init() {}

  /// When the next sample is due.
  package var next: Double { latest.map { $0.seconds + interval } ?? -.infinity }

  /// Adds what is used at the time `seconds`; the first sample only begins to count.
  package mutating func add(_ use: SystemUse, at seconds: Double) {
    mostMemory = max(mostMemory, use.memory)
    defer { latest = (seconds, use.processorSeconds) }
    guard let latest, seconds > latest.seconds else { return }
    let processors = max(0, use.processorSeconds - latest.processorSeconds) / (seconds - latest.seconds)
    samples.append(Sample(seconds: seconds, processors: processors, use: use))
    guard samples.count > Self.capacity else { return }
    samples = samples.indices.filter { $0 % 2 == 1 }.map { index in
      // A sample stands for the time since the one that is kept before it.
      var sample = samples[index]
      sample.processors = (sample.processors + samples[index - 1].processors) / 2
      return sample
    }
    interval *= 2
  }

  package static func == (first: SystemHistory, second: SystemHistory) -> Bool {
    first.samples.count == second.samples.count && first.latest?.seconds == second.latest?.seconds
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(samples.count) }
}

import Experiment
internal import Platform

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A small file by which an attempt tells now and then that it is at work; of those that were killed it stays behind.
///
/// Whether a process of another machine lives nobody can ask. Nothing depends on these files but what people are told.
package struct SweepHeartbeat {
  /// What one tells.
  package struct Beat: Hashable, Sendable {
    /// The part of the runs that it makes.
    package var shard: String
    /// The machine.
    package var host: String
    /// Runs that it has made, and all that it began with.
    package var made: Int
    package var wanted: Int
    /// Seconds since it told so.
    package var age: Double
  }

  /// Seconds between two of them; a folder that many share is not to be written for nothing.
  private static let interval = 30.0
  /// After how many seconds without one an attempt is believed dead.
  package static let patience = 3 * interval

  private let path: String
  private let shard: SweepShard
  private let wanted: Int
  private let problems: WritingProblems
  private var latest: ContinuousClock.Instant?

  /// For the attempt whose log has a name.
  ///
  /// That one cannot be written is noted in `problems`, and no reason to end.
  package init(
    _ folder: SweepFolder, log name: String, shard: SweepShard, wanted: Int, problems: WritingProblems
  ) {
    path = "\(folder.heartbeats)/\(name.dropLast(".jsonl".count)).json"
    self.shard = shard
    self.wanted = wanted
    self.problems = problems
  }

  /// Tells that so many runs are made, unless it told just now.
  package mutating func beat(made: Int) {
    if let latest, latest.duration(to: .now) < .seconds(Self.interval) { return }
    latest = .now
    var object = JSONObject()
    object.add("shard", shard.description)
    object.add("host", Machine.hostName)
    object.add("made", made)
    object.add("wanted", wanted)
    object.add("time", Date().timeIntervalSince1970)
    problems.attempt(.heartbeats) { () throws(RunLogError) in
      try Folder.make(path.folderAndName.folder)
      try DurableFile.write(Array((object.text + "\n").utf8), to: path)
    }
  }

  /// Tells that the attempt is over.
  package func end() {
    problems.attempt(.heartbeats) { () throws(RunLogError) in try DurableFile.remove(path) }
  }

  /// What attempts tell of themselves, in the order of their names.
  package static func all(in folder: SweepFolder) -> [Beat] {
    let names = (try? Folder.names(in: folder.heartbeats)) ?? []
    return names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted().compactMap { name in
      let path = "\(folder.heartbeats)/\(name)"
      return (try? DurableFile.read(path, limit: 1 << 16))
        .flatMap { try? JSONText.decode(Beat.self, $0, path: path) }
    }
  }
}

extension SweepHeartbeat.Beat: Decodable {
  /// Reads the fields.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    shard = try fields.decode(String.self, forKey: "shard")
    host = try fields.decode(String.self, forKey: "host")
    made = try fields.count("made")
    wanted = try fields.count("wanted")
    // Clocks differ: what comes from the future is new.
    age = try max(0, Date().timeIntervalSince1970 - fields.time("time"))
  }
}

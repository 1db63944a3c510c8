internal import Messages

/// Names a run within one session: 0 is A, 1 is B.
public struct RunID: Hashable, Sendable, Comparable {
  /// The most runs of a session: as many as there are letters to name them by.
  public static let largestCount = 26

  /// Position among the session's runs, from 0.
  public let index: Int

  /// The run at `index`.
  public init(_ index: Int) { self.index = index }

  /// `A`, `B`, … as it is shown.
  public var letter: String { String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % Self.largestCount))) }

  /// Orders runs as they were started.
  public static func < (first: RunID, second: RunID) -> Bool { first.index < second.index }
}

/// How far a run is: after `step` updates, within `epoch`.
public struct RunPosition: Hashable, Sendable {
  /// The run.
  public var run: RunID
  /// Updates made since the run began.
  public var step: Int
  /// The epoch that contains the position, from 1.
  public var epoch: Int
  /// Batches of that epoch already used.
  public var batch: Int

  /// A position in a run.
  public init(run: RunID, step: Int, epoch: Int, batch: Int) {
    self.run = run
    self.step = step
    self.epoch = epoch
    self.batch = batch
  }

  /// Before the first step.
  public static func beginning(of run: RunID) -> RunPosition {
    RunPosition(run: run, step: 0, epoch: 1, batch: 0)
  }
}

/// What was told at a position of a run, such as the figures of an epoch where it ended.
@dynamicMemberLookup
public struct Positioned<Details: Hashable & Sendable>: Hashable, Sendable {
  /// Where.
  public var position: RunPosition
  /// What.
  public var details: Details

  /// `details` at `position`.
  public init(_ details: Details, at position: RunPosition) {
    self.position = position
    self.details = details
  }

  /// A part of the details.
  public subscript<Part>(dynamicMember part: KeyPath<Details, Part>) -> Part { details[keyPath: part] }

  /// A part of the details that can be changed.
  public subscript<Part>(dynamicMember part: WritableKeyPath<Details, Part>) -> Part {
    get { details[keyPath: part] }
    set { details[keyPath: part] = newValue }
  }
}

extension JSONObject {
  /// Adds a position's four fields.
  package mutating func add(_ position: RunPosition) {
    add("run", position.run.letter)
    add("step", position.step)
    add("epoch", position.epoch)
    add("batch", position.batch)
  }
}

extension FieldDecoder {
  /// Reads a position's four fields.
  package func position() throws -> RunPosition {
    let position = try RunPosition(
      run: run(), step: count("step"), epoch: count("epoch"), batch: count("batch"))
    guard position.epoch >= 1 else { throw fault("epoch", says("epochs are counted from 1", "轮从 1 数起")) }
    guard position.batch <= position.step else {
      throw fault(
        "batch",
        says("the epoch cannot have more batches behind it than the run has steps", "一轮中已过的批量不能多于运行的步数"))
    }
    return position
  }
}

/// A run that waits for a command.
public struct Paused: Hashable, Sendable {
  /// A pause.
  public init() {}
}

/// A run that goes on.
public struct Resumed: Hashable, Sendable {
  /// The end of a pause.
  public init() {}
}

/// A run that was taken out of the session.
public struct RunRemoved: Hashable, Sendable {
  /// A removal.
  public init() {}
}

/// A run's new name.
public struct RunRenamed: Hashable, Sendable {
  /// What the person calls it from now on.
  public var name: String

  /// A new name.
  public init(name: String) { self.name = name }
}

extension Paused: EventDetails {
  package static var name: String { "paused" }
  package init(_ fields: FieldDecoder, at position: RunPosition) {}
  package func add(to object: inout JSONObject) {}
}

extension Resumed: EventDetails {
  package static var name: String { "resumed" }
  package init(_ fields: FieldDecoder, at position: RunPosition) {}
  package func add(to object: inout JSONObject) {}
}

extension RunRemoved: EventDetails {
  package static var name: String { "run_removed" }
  package init(_ fields: FieldDecoder, at position: RunPosition) {}
  package func add(to object: inout JSONObject) {}
}

extension RunRenamed: EventDetails {
  package static var name: String { "run_renamed" }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    name = try fields.decode(String.self, forKey: "name")
  }

  package func add(to object: inout JSONObject) { object.add("name", name) }
}

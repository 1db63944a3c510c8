internal import Platform

/// Where the demonstrations come from: they are computed when one of them is first opened, so that no start waits for them.
package final class DemonstrationSource: Sendable {
  private let compute: @Sendable () -> Demonstrations
  private let computed = Guarded<Demonstrations?>(nil)

  /// Demonstrations that `compute` gives.
  package init(_ compute: @escaping @Sendable () -> Demonstrations) { self.compute = compute }

  /// The demonstrations, the same ones every time.
  package var demonstrations: Demonstrations {
    computed.withLock { computed in
      let demonstrations = computed ?? compute()
      computed = demonstrations
      return demonstrations
    }
  }
}

extension DemonstrationSource: Hashable {
  package static func == (first: DemonstrationSource, second: DemonstrationSource) -> Bool {
    first === second
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

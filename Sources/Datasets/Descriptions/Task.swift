internal import Messages

/// What is to be learned from a data set, and so what the outputs of a network for it mean.
public enum Task: Hashable, Sendable {
  /// To tell which of the named classes a sample belongs to; label 0 is the first.
  case classification(classNames: [String])
  /// To meet a number that belongs to each sample.
  case regression

  /// Kinds of tasks: what figures and pages make sense is a matter of these.
  public enum Kind: Hashable, Sendable {
    /// Each sample belongs to a class.
    case classification
    /// Each sample has numbers to be met.
    case regression

    /// What a data set for it has, as texts call it.
    public var samplesWord: String { self == .regression ? says("samples", "样本") : says("images", "图像") }
  }

  /// Its kind.
  public var kind: Kind {
    switch self {
    case .classification: .classification
    case .regression: .regression
    }
  }

  /// The names of the classes; none where there are no classes.
  public var classNames: [String] {
    switch self {
    case .classification(let names): names
    case .regression: []
    }
  }

  /// How many outputs a network for the task has.
  public var outputCount: Int {
    switch self {
    case .classification(let names): names.count
    case .regression: 1
    }
  }
}

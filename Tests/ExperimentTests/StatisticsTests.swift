import Experiment
import Testing

/// Reference values from SciPy 1.17.1.
struct StatisticsTests {
  /// `scipy.stats.t.ppf([0.975, 0.9, 0.995], ν)`.
  @Test(arguments: [
    (1, 12.706204736174694, 3.0776835371752544, 63.656741162871526),
    (2, 4.302652729749462, 1.8856180831641272, 9.924843200918287),
    (3, 3.1824463052837078, 1.637744353696209, 5.840909309733355),
    (4, 2.7764451051977934, 1.533206274058944, 4.604094871349992),
    (5, 2.5705818356363146, 1.4758840488244815, 4.032142983555228),
    (9, 2.262157162798205, 1.3830287383966329, 3.249835541592126),
    (10, 2.228138851986274, 1.372183641110336, 3.16927267261695),
    (29, 2.045229642132703, 1.311433647301551, 2.756385903670605),
    (30, 2.0422724563012378, 1.3104150253913955, 2.7499956535672254),
    (31, 2.039513446396408, 1.3094635494946454, 2.744041919294269),
    (100, 1.9839715185235518, 1.290074761346516, 2.6258905214380173),
    (1000, 1.9623390808264083, 1.2823987214609247, 2.580754698065951),
    (100_000, 1.9599877075346095, 1.2815600314493614, 2.575878469908375),
  ])
  func studentsQuantilesAreSciPys(degrees: Int, wide: Double, narrow: Double, widest: Double) {
    let distribution = StudentT(degreesOfFreedom: degrees)
    for (probability, expected) in [(0.975, wide), (0.9, narrow), (0.995, widest)] {
      #expect(abs(distribution.quantile(probability) / expected - 1) < 1e-10)
    }
  }

  @Test func quantilesAreSymmetricAndEndAtInfinity() {
    let distribution = StudentT(degreesOfFreedom: 7)
    // scipy.stats.t.ppf(0.025, 7)
    #expect(abs(distribution.quantile(0.025) + 2.3646242515927844) < 1e-12)
    #expect(abs(distribution.quantile(0.5)) < 1e-12)
    #expect(distribution.quantile(1) == .infinity)
    #expect(distribution.quantile(0) == -.infinity)
    #expect(distribution.quantile(1.5).isNaN)
  }

  private static let first = [0.8541, 0.8612, 0.8498, 0.8577, 0.8530]
  private static let second = [0.8502, 0.8398, 0.8511, 0.8475, 0.8389]

  /// `numpy.mean` and `numpy.std(ddof=1)`.
  @Test func theStandardDeviationIsTheSamples() throws {
    let statistics = try #require(SampleStatistics(Self.first))
    #expect(statistics.count == 5)
    #expect(abs(statistics.mean - 0.85516) < 1e-12)
    #expect(abs(try #require(statistics.standardDeviation) - 0.004400340895885221) < 1e-12)
    #expect(SampleStatistics([]) == nil)
    #expect(SampleStatistics([0.5])?.standardDeviation == nil)
  }

  /// `scipy.stats.ttest_rel(first, second).confidence_interval(0.95)`.
  @Test func anIntervalThatSpansZeroShowsNothing() throws {
    let difference = try #require(PairedDifference(Array(zip(Self.first, Self.second))))
    let interval = try #require(difference.interval)
    #expect(abs(difference.mean - 0.009660000000000002) < 1e-12)
    #expect(abs(try #require(difference.differences.standardDeviation) - 0.008819467104082856) < 1e-12)
    #expect(abs(interval.lowerBound + 0.001290814786482089) < 1e-12)
    #expect(abs(interval.upperBound - 0.020610814786482093) < 1e-12)
    #expect(!difference.isShown)
  }

  /// `scipy.stats.ttest_rel([.81, .83, .85], [.80, .81, .83]).confidence_interval(0.95)`.
  @Test func pairsShowWhatTheSpreadOfEachSideHides() throws {
    let difference = try #require(PairedDifference([(0.81, 0.80), (0.83, 0.81), (0.85, 0.83)]))
    let interval = try #require(difference.interval)
    #expect(abs(interval.lowerBound - 0.0023244909008351723) < 1e-12)
    #expect(abs(interval.upperBound - 0.03100884243249812) < 1e-12)
    #expect(difference.isShown)
  }

  @Test func whatRoundingLeavesIsNoDifference() throws {
    let rounding = try #require(PairedDifference([(0.1 + 0.2, 0.3), (0.1 + 0.2, 0.3)]))
    #expect(rounding.mean > 0 && !rounding.isShown)
  }

  @Test func onePairOrAnInfiniteOneHasNoInterval() throws {
    #expect(PairedDifference([]) == nil)
    let single = try #require(PairedDifference([(0.75, 0.5)]))
    #expect(single.mean == 0.25 && single.interval == nil && !single.isShown)
    let infinite = try #require(PairedDifference([(.infinity, 0.5), (0.5, 0.5)]))
    #expect(infinite.interval == nil && !infinite.isShown)
  }
}

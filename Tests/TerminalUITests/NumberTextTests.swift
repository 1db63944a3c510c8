import TerminalUI
import Testing

struct NumberTextTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (60_000, "60,000"), (1_234_567, "1,234,567"), (-1000, "−1,000"),
    (Int.max, "9,223,372,036,854,775,807"), (Int.min, "−9,223,372,036,854,775,808"),
  ])
  func thousandsAreSeparated(number: Int, text: String) {
    #expect(NumberText.grouped(number) == text)
  }

  @Test(arguments: [(402_112.6, "402,113"), (1e300, "1.0e300"), (.infinity, "inf"), (.nan, "NaN")])
  func speedsAreWholeNumbers(number: Double, text: String) {
    #expect(NumberText.grouped(number) == text)
  }

  @Test(arguments: [
    (0.34116, 4, "0.3412"), (0, 4, "0.0000"), (-0.0169, 4, "−0.0169"), (-0.00001, 4, "0.0000"),
    (2.5, 0, "3"), (99.995, 2, "100.00"), (12, 2, "12.00"), (.nan, 2, "NaN"), (.infinity, 2, "inf"),
    (-.infinity, 2, "−inf"), (1.26e300, 2, "1.3e300"),
  ])
  func numbersAreRoundedToDecimals(number: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(number, decimals: decimals) == text)
  }

  @Test(arguments: [(0.0701, "+0.0701"), (-0.0169, "−0.0169"), (0, "0.0000"), (0.00001, "0.0000")])
  func differencesHaveASign(number: Double, text: String) {
    #expect(NumberText.signed(number, decimals: 4) == text)
  }

  @Test(arguments: [
    (0.34116, "0.3412"), (12.34567, "12.346"), (123_456, "123456"), (1_234_567, "1.2e6"), (1e300, "1e300"),
    (-1.5, "−1.500"),
  ])
  func decimalsGiveWayToWidth(number: Double, text: String) {
    #expect(NumberText.fitting(number, decimals: 4, width: 6) == text)
  }

  @Test(arguments: [
    (12.3456, "12.3"), (1, "1.00"), (-0.00456, "−0.00456"), (0.000456, "4.56e−4"), (98_765, "98765"),
    (123_456, "1.23e5"), (999_999, "1.00e6"), (0, "0"), (.nan, "NaN"), (.infinity, "inf"),
    (1e-20, "1.00e−20"),
  ])
  func smallAndLargeNumbersHaveAnExponent(number: Double, text: String) {
    #expect(NumberText.significant(number, digits: 3) == text)
  }

  @Test func sharesBecomePercentages() {
    #expect(NumberText.percent(0.8688) == "86.88%")
    #expect(NumberText.percent(1) == "100.00%")
  }

  @Test(arguments: [
    (0, "0:00:00"), (1.4, "0:00:01"), (67, "0:01:07"), (3600, "1:00:00"), (360_000, "100:00:00"),
    (nil, "-:--:--"), (.nan, "-:--:--"), (.infinity, "-:--:--"), (-1, "-:--:--"),
  ])
  func secondsBecomeAClock(seconds: Double?, text: String) {
    #expect(NumberText.clock(seconds) == text)
  }
}

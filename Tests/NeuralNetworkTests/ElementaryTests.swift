import CKernels
import Foundation
import Testing

@testable import NeuralNetwork

/// Elementary functions whose bits are a promise: weights, data and recorded figures come from them.
@Suite struct ElementaryTests {
  // Rounded from 300 bits with mpmath.
  private static let logarithms: [(Double, UInt64)] = [
    (0x0.0000000000001p-1022, 0xC087_4385_446D_71C3),
    (0x1.56e1fc2f8f359p-997, 0xC085_9634_47F8_7FB5),
    (0x1.0000000000000p-53, 0xC042_5E4F_7B27_37FA),
    (0x1.999999999999ap-4, 0xC002_6BB1_BBB5_5515),
    (0x1.0000000000000p-1, 0xBFE6_2E42_FEFA_39EF),
    (0x1.6666666666666p-1, 0xBFD6_D3C3_24E1_3F50),
    (0x1.6a09e667f3bccp-1, 0xBFD6_2E42_FEFA_39F1),
    (0x1.fffffffffffffp-1, 0xBCA0_0000_0000_0000),
    (0x1.0000000000000p+0, 0x0000_0000_0000_0000),
    (0x1.0000000000001p+0, 0x3CAF_FFFF_FFFF_FFFF),
    (0x1.6a09e667f3bcdp+0, 0x3FD6_2E42_FEFA_39F0),
    (0x1.0000000000000p+1, 0x3FE6_2E42_FEFA_39EF),
    (0x1.4000000000000p+3, 0x4002_6BB1_BBB5_5516),
    (0x1.7e43c8800759cp+996, 0x4085_9634_47F8_7FB5),
  ]
  private static let cosines: [(Double, UInt64)] = [
    (0x0.0p+0, 0x3FF0_0000_0000_0000),
    (0x1.12e0be826d695p-30, 0x3FF0_0000_0000_0000),
    (0x1.0000000000000p-1, 0x3FEC_1528_065B_7D50),
    (0x1.921fb54442d18p-1, 0x3FE6_A09E_667F_3BCD),
    (0x1.0000000000000p+0, 0x3FE1_4A28_0FB5_068C),
    (0x1.921fb54442d18p+0, 0x3C91_A626_3314_5C07),
    (0x1.0000000000000p+1, 0xBFDA_A226_5753_7205),
    (0x1.921fb54442d18p+1, 0xBFF0_0000_0000_0000),
    (0x1.0000000000000p+2, 0xBFE4_EAA6_06DB_24C1),
    (0x1.2d97c7f3321d2p+2, 0xBCAA_7939_4C9E_8A0A),
    (0x1.8000000000000p+2, 0x3FEE_B9B7_0978_22F5),
    (0x1.921fb54442d18p+2, 0x3FF0_0000_0000_0000),
    (0x1.f400000000000p+9, 0x3FE1_FF02_6793_F1BB),
    (0x1.e848000000000p+19, 0x3FED_F9DF_9906_D32C),
  ]
  private static let exponentials: [(Double, UInt64)] = [
    (-0x1.7480000000000p+9, 0x0000_0000_0000_0001),
    (-0x1.5e40000000000p+9, 0x00C4_FF47_5C68_CA02),
    (-0x1.4000000000000p+4, 0x3E21_B486_55F3_7267),
    (-0x1.0000000000000p+0, 0x3FD7_8B56_362C_EF38),
    (-0x1.0000000000000p-1, 0x3FE3_68B2_FC6F_960A),
    (-0x1.70ef54646d497p-57, 0x3FF0_0000_0000_0000),
    (0x0.0p+0, 0x3FF0_0000_0000_0000),
    (0x1.999999999999ap-4, 0x3FF1_AEC7_B35A_00D4),
    (0x1.0000000000000p+0, 0x4005_BF0A_8B14_5769),
    (0x1.4000000000000p+3, 0x40D5_829D_CF95_0560),
    (0x1.62c0000000000p+9, 0x7FE8_1E9B_4B52_D0C9),
  ]
  private static let powers: [(Double, Int, UInt64)] = [
    (0.9, 0, 0x3FF0_0000_0000_0000),
    (0.9, 1, 0x3FEC_CCCC_CCCC_CCCD),
    (0.9, 2, 0x3FE9_EB85_1EB8_51EC),
    (0.9, 10, 0x3FD6_50BF_6043_2FD9),
    (0.9, 1000, 0x366F_EE74_13DA_C341),
    (0.9, 6700, 0x0047_E7D2_5E73_17DB),
    (0.9, 7050, 0x0000_0000_0000_0005),
    (0.9, 100000, 0x0000_0000_0000_0000),
    (0.999, 1, 0x3FEF_F7CE_D916_872B),
    (0.999, 12345, 0x3ED2_2391_FB94_567E),
    (0.999, 700000, 0x00C8_63B9_8BAC_5E73),
    (0.1, 3, 0x3F50_624D_D2F1_A9FD),
    (0.5, 1074, 0x0000_0000_0000_0001),
    (1.5, 1700, 0x7E15_A63B_3B6D_05E3),
    (1.0, 1_000_000_000, 0x3FF0_0000_0000_0000),
    (0.0, 5, 0x0000_0000_0000_0000),
  ]
  private static let singleLogarithms: [(Float, UInt32)] = [
    (0x1p-149, 0xC2CE_8ED0),
    (0x1.4484cp-100, 0xC28A_27B5),
    (0x1.99999ap-4, 0xC013_5D8E),
    (0x1.ffffdep-1, 0xB588_0005),
    (0x1p+0, 0x0000_0000),
    (0x1.000002p+0, 0x33FF_FFFF),
    (0x1.8p+0, 0x3ECF_991F),
    (0x1.5be76cp+1, 0x3F7F_F934),
    (0x1.4p+3, 0x4013_5D8E),
    (0x1.edd2f2p+6, 0x409A_1BBA),
    (0x1.c363ccp+127, 0x42B1_3196),
  ]

  @Test func bitsAreThoseOfTheTrueValuesRounded() {
    for (x, bits) in Self.logarithms { #expect(Elementary.log(x).bitPattern == bits, "log \(x)") }
    for (x, bits) in Self.cosines {
      #expect(Elementary.cos(x).bitPattern == bits, "cos \(x)")
      #expect(Elementary.cos(-x).bitPattern == bits, "cos \(-x)")
    }
    for (x, bits) in Self.exponentials { #expect(Elementary.exp(x).bitPattern == bits, "exp \(x)") }
    for (base, exponent, bits) in Self.powers {
      #expect(Elementary.power(base, exponent).bitPattern == bits, "\(base)^\(exponent)")
    }
  }

  @Test func theBitsOfLossesStay() {
    for (x, bits) in Self.singleLogarithms { #expect(kernels_log_single(x).bitPattern == bits, "log \(x)") }
  }

  /// Every 9,973rd of all numbers, infinities and NaN among them.
  @Test func theShortExponentialIsTheLongOneRounded() {
    for bits in stride(from: UInt32.min, through: .max, by: 9_973) + [0x7f80_0000, 0xff80_0000] {
      let x = Float(bitPattern: bits)
      let (short, long) = (Elementary.exp(single: x), Float(Elementary.exp(Double(x))))
      #expect(short == long || short.isNaN && long.isNaN, "exp \(x)")
    }
  }

  /// First numbers near 0 and 1, and second ones whose cosine is near 0, among them.
  @Test func aShortNormalNumberIsTheLongOneRounded() {
    var stream = RandomStream(seed: 1, purpose: .subset)
    for place in 0..<200_000 {
      var (first, second) = (stream.nextUniform(), stream.nextUniform())
      let shrunk = Double(sign: .plus, exponent: -(place % 60), significand: 1)
      switch place % 5 {
      case 0: first *= shrunk
      case 1: first = 1 - max(0x1p-53, (1 - first) * shrunk)
      case 2: second = Double(place % 8) / 8 + second * shrunk / 8
      default: break
      }
      for deviation in [1, 0.01, 1000, 1e-40, 0] {
        let long =
          deviation * ((-2 * Elementary.log(1 - first)).squareRoot() * Elementary.cos(2 * .pi * second))
        let short = kernels_normal_single(first, second, deviation)
        #expect(short.bitPattern == Float(long).bitPattern, "\(first), \(second) times \(deviation)")
      }
    }
  }

  @Test func whatHasNoValueIsToldAsInTheCLibrary() {
    #expect(Elementary.log(0) == -.infinity && Elementary.log(.infinity) == .infinity)
    #expect(Elementary.log(-1).isNaN && Elementary.log(.nan).isNaN)
    #expect(Elementary.exp(1000) == .infinity && Elementary.exp(-1000) == 0 && Elementary.exp(.nan).isNaN)
    #expect(Elementary.exp(-.infinity) == 0 && Elementary.exp(.infinity) == .infinity)
    #expect(Elementary.cos(.nan).isNaN && Elementary.cos(.infinity).isNaN && Elementary.cos(1e7).isNaN)
    #expect(Elementary.power(2, 2000) == .infinity && Elementary.power(.infinity, 2) == .infinity)
    #expect(
      Elementary.power(-1, 2).isNaN && Elementary.power(.nan, 1).isNaN && Elementary.power(.nan, 0) == 1)
    #expect(kernels_log_single(0) == -.infinity && kernels_log_single(.infinity) == .infinity)
    #expect(kernels_log_single(-1).isNaN && kernels_log_single(.nan).isNaN)
  }

  /// The C library is at most a unit of the last place off; most of the time both round the same.
  @Test func theyAgreeWithTheCLibraryToTheLastPlace() {
    func compare(_ name: String, _ pairs: [(own: Double, library: Double)]) {
      let off = pairs.filter { abs($0.own - $0.library) > max($0.own.ulp, $0.library.ulp) }
      #expect(off.isEmpty, "\(name)")
      #expect(pairs.count { $0.own != $0.library } < pairs.count / 20, "\(name)")
    }
    let shares = (0...200_000).map { Double($0) / 200_000 }
    compare("log", shares.dropFirst().map { (Elementary.log($0), log($0)) })
    compare("log near 1", shares.map { (Elementary.log(1 - $0 * 1e-9), log(1 - $0 * 1e-9)) })
    compare(
      "log of all sizes", shares.map { (Elementary.log(exp($0 * 1400 - 700)), log(exp($0 * 1400 - 700))) })
    compare("cos", shares.map { (Elementary.cos(2 * .pi * $0), cos(2 * .pi * $0)) })
    compare("cos of large angles", shares.map { (Elementary.cos(1e6 * $0), cos(1e6 * $0)) })
    compare("exp", shares.map { (Elementary.exp($0 * 1400 - 700), exp($0 * 1400 - 700)) })
    for base in [0.1, 0.5, 0.9, 0.999, 0.9999] {
      compare("power", (0..<20_000).map { (Elementary.power(base, $0), pow(base, Double($0))) })
    }
    for share in shares {
      let x = Float(1 + share * 1000)
      #expect(abs(kernels_log_single(x) - Float(log(Double(x)))) <= Float(log(Double(x))).ulp)
    }
  }
}

import Testing

@testable import Platform

/// Programs that this one starts, and what these leave behind.
struct ChildProcessTests {
  private struct TooMuch: Error {}

  @Test func whatAProgramLeavesBehindMayWriteWithoutEnd() throws {
    for stream in ["", " >&2"] {
      var count = 0
      let child = try ChildProcess(["sh", "-c", "yes\(stream) & echo done; exit 3"])
      let ending = try child.finish { bytes throws(TooMuch) in
        count += bytes.count
        guard count < 1 << 26 else { throw TooMuch() }
      }
      #expect(ending.status == 3)
    }
  }

  @Test func aProgramThatClosesItsPipesCanBeGivenUp() throws {
    let child = try ChildProcess(["sh", "-c", "exec >&- 2>&-; exec sleep 100"])
    var calls = 0
    #expect(throws: TooMuch.self) {
      _ = try child.finish { _ throws(TooMuch) in
        calls += 1
        guard calls < 5 else { throw TooMuch() }
      }
    }
  }

  @Test func allThatAProgramWroteIsRead() throws {
    var bytes: [UInt8] = []
    let child = try ChildProcess(["sh", "-c", "sleep 100 & head -c 300000 /dev/zero; echo why >&2"])
    let ending = child.finish { bytes += $0 }
    #expect(bytes.count == 300_000 && ending.status == 0 && ending.message == "why")
  }
}

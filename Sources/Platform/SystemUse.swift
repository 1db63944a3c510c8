/// What this process uses of the machine at a moment, as far as the system tells.
package struct SystemUse: Hashable, Sendable {
  /// Seconds that processors have worked for it, since it began.
  package var processorSeconds: Double
  /// Bytes of memory that are its own or shared, and not written to disk.
  package var memory: Double
  /// Its threads.
  package var threads: Int
  /// Processors that it may use.
  package var available: Int
  /// The hottest processor in degrees Celsius; `nil` where the system tells none, as in most virtual machines.
  package var temperature: Double?

  /// Made of its parts.
  package init(
    processorSeconds: Double, memory: Double, threads: Int, available: Int, temperature: Double?
  ) {
    (self.processorSeconds, self.memory) = (processorSeconds, memory)
    (self.threads, self.available, self.temperature) = (threads, available, temperature)
  }

  /// What it uses now; `nil` where there is no `/proc`.
  package static var current: SystemUse? {
    let ticks = Double(sysconf(CInt(_SC_CLK_TCK)))
    let page = Double(sysconf(CInt(_SC_PAGESIZE)))
    var use = ofProcess(ControlGroup.text(of: "/proc/self/stat"), ticks: ticks, page: page)
    use?.available = Processors.count
    use?.temperature = temperature(in: "/sys/class/thermal")
    return use
  }

  /// What `/proc/self/stat` says; its fields are numbered from 1 behind the program's name, which may have blanks in it.
  static func ofProcess(_ text: String, ticks: Double, page: Double) -> SystemUse? {
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[end...].split(separator: " ").dropFirst().map(String.init)
    // The first of them is field 3.
    func number(_ field: Int) -> Double? {
      fields.indices.contains(field - 3) ? Double(fields[field - 3]) : nil
    }
    guard let user = number(14), let system = number(15), let threads = number(20), let pages = number(24)
    else {
      return nil
    }
    return SystemUse(
      processorSeconds: (user + system) / ticks, memory: pages * page, threads: Int(threads), available: 1,
      temperature: nil
    )
  }

  /// The highest temperature of a processor's zones in `folder`.
  static func temperature(in folder: String) -> Double? {
    let zones = (try? Files.names(in: folder))?.filter { $0.hasPrefix("thermal_zone") } ?? []
    let degrees = zones.compactMap { zone -> Double? in
      let kind = ControlGroup.text(of: "\(folder)/\(zone)/type").lowercased()
      guard ["cpu", "x86_pkg", "soc", "core"].contains(where: kind.contains) else { return nil }
      let words = ControlGroup.text(of: "\(folder)/\(zone)/temp").split(whereSeparator: \.isWhitespace)
      return words.first.flatMap { Double($0) }.map { $0 / 1000 }
    }
    // What no processor survives is a sensor that is not connected.
    return degrees.filter { (-50...150).contains($0) }.max()
  }
}

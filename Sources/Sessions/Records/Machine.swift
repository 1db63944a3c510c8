import Experiment
internal import Platform

/// The machine that a session ran on.
public struct Machine: Hashable, Sendable {
  /// The network name.
  public var host: String
  /// The operating system and its version.
  public var system: String
  /// The instruction set, such as `x86_64`.
  public var architecture: String
  /// The processor's own name, where the system tells it.
  public var processor: String?
  /// Logical processors that the system has.
  public var processors: Int

  /// A machine.
  public init(host: String, system: String, architecture: String, processor: String?, processors: Int) {
    self.host = host
    self.system = system
    self.architecture = architecture
    self.processor = processor
    self.processors = processors
  }

  /// The network name of this machine; empty if the system does not tell.
  static var hostName: String {
    var names = utsname()
    return uname(&names) == 0 ? text(names.nodename) : ""
  }

  /// This machine.
  public static var current: Machine {
    var names = utsname()
    guard uname(&names) == 0 else {
      return Machine(host: "", system: "", architecture: "", processor: nil, processors: 0)
    }
    return Machine(
      host: text(names.nodename), system: "\(text(names.sysname)) \(text(names.release))",
      architecture: text(names.machine), processor: currentProcessor,
      processors: sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  private static var currentProcessor: String? {
    #if os(Linux)
      // Files of /proc have no size to read by.
      guard let file = fopen("/proc/cpuinfo", "r") else { return nil }
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 1024)
      while fgets(&line, Int32(line.count), file) != nil {
        let parts = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
          .split(separator: ":", maxSplits: 1)
        if parts.count == 2, parts[0].hasPrefix("model name") {
          return String(parts[1].drop { $0 == " " }.prefix { !$0.isNewline })
        }
      }
      return nil
    #else
      var size = 256
      var name = [CChar](repeating: 0, count: size)
      guard sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0) == 0 else { return nil }
      return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    #endif
  }

  /// The text in an array of characters, which Swift sees as a tuple.
  private static func text(_ characters: some BitwiseCopyable) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

extension Machine: Decodable {
  /// Reads the fields.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    try self.init(
      host: fields.decode(String.self, forKey: "host"), system: fields.decode(String.self, forKey: "system"),
      architecture: fields.decode(String.self, forKey: "architecture"),
      processor: fields.decodeIfPresent(String.self, forKey: "processor"),
      processors: fields.count("processors"))
  }

  var json: JSONObject {
    var object = JSONObject()
    object.add("host", host)
    object.add("system", system)
    object.add("architecture", architecture)
    object.add("processor", processor)
    object.add("processors", processors)
    return object
  }
}

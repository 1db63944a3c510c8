/// What `getrlimit` tells of this process and `setrlimit` changes, under whatever type the C library has for a resource.
enum ResourceLimit {
  case processorTime
  case addressSpace

  #if canImport(Glibc)
    private var resource: __rlimit_resource_t {
      __rlimit_resource_t(UInt32((self == .processorTime ? RLIMIT_CPU : RLIMIT_AS).rawValue))
    }
  #else
    private var resource: Int32 { self == .processorTime ? RLIMIT_CPU : RLIMIT_AS }
  #endif

  /// The limits at present; `nil` if the system does not tell.
  var current: rlimit? {
    var limit = rlimit()
    return getrlimit(resource, &limit) == 0 ? limit : nil
  }

  /// Changes the limits, as far as the system allows it.
  func set(_ limit: rlimit) {
    var limit = limit
    setrlimit(resource, &limit)
  }
}

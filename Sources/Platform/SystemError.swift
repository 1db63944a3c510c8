internal import Messages

/// A call that the system refused.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The system's number for the reason, such as `ENOENT`.
  package let code: Int32

  /// The error that `code` stands for.
  package init(code: Int32) { self.code = code }

  /// Why the latest call of this thread failed.
  package static var last: SystemError { SystemError(code: errno) }

  /// The system's words: `No such file or directory`.
  package var description: String {
    let words = String(cString: strerror(code))
    return says(words, Self.chinese[code] ?? "系统错误 \(code)（\(words)）")
  }

  /// The usual reasons as the C library's Chinese translation has them, which a system may lack.
  private static let chinese: [Int32: String] = [
    EPERM: "不允许的操作", ENOENT: "没有那个文件或目录", EIO: "输入/输出错误", ENXIO: "没有那个设备或地址",
    E2BIG: "参数列表过长", ENOEXEC: "可执行文件格式错误", EBADF: "错误的文件描述符", EAGAIN: "资源暂时不可用",
    ENOMEM: "内存不足", EACCES: "权限不够", EBUSY: "设备或资源忙", EEXIST: "文件已存在", EXDEV: "跨设备的移动",
    ENODEV: "没有那个设备", ENOTDIR: "不是目录", EISDIR: "是一个目录", EINVAL: "无效的参数", ENFILE: "系统中打开的文件过多",
    EMFILE: "打开的文件过多", ETXTBSY: "文件正在使用", EFBIG: "文件过大", ENOSPC: "设备上没有空间", ESPIPE: "无法定位",
    EROFS: "只读文件系统", EMLINK: "链接过多", EPIPE: "管道已断开", ENAMETOOLONG: "文件名过长", ENOTEMPTY: "目录非空",
    ELOOP: "符号链接的层数过多", ENOTSUP: "不支持的操作", ETIMEDOUT: "超时", ECONNREFUSED: "连接被拒绝",
    ESTALE: "过时的文件句柄", EDQUOT: "超出磁盘限额",
  ]

  /// Carries out a call that tells of a failure by a negative result, again as long as only a signal kept it from ending.
  ///
  /// - Throws: `SystemError` if the system refuses.
  @discardableResult
  package static func check<Number: SignedInteger>(_ call: () -> Number) throws(SystemError) -> Number {
    while true {
      let result = call()
      if result >= 0 { return result }
      if errno != EINTR { throw .last }
    }
  }

  /// The same of a call that takes the name of a file.
  @discardableResult
  package static func check<Number: SignedInteger>(
    _ name: String, _ call: (UnsafePointer<CChar>) -> Number
  ) throws(SystemError) -> Number {
    let result = try name.withSystemName { name in
      Result { () throws(SystemError) in try check { call(name) } }
    }
    return try result.get()
  }
}

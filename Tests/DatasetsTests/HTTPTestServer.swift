import Dispatch
import Foundation
import Platform

/// A small HTTP server on loopback that answers each request as a test wants.
final class HTTPTestServer: Sendable {
  /// How a request is answered.
  enum Answer: Sendable {
    /// The whole body, or the requested range.
    case whole([UInt8])
    /// The whole body, even if a range was requested.
    case withoutRanges([UInt8])
    /// The announced length of the body, and less of it.
    case dropped([UInt8], after: Int)
    /// The whole body, half of it after a while.
    case slowly([UInt8])
    /// Zeros as long as anybody takes them.
    case endless
    /// No bytes from the requested position on.
    case nothingAfter
    /// Another place.
    case redirect(String)
    /// Nothing there.
    case notFound
  }

  private let answers: Guarded<[Answer]>
  private let requests = Guarded<[String]>([])
  private let socketDescriptor: Int32
  let url: String

  /// A server that gives these answers in turn, the last one again and again.
  init(_ answers: [Answer]) throws {
    self.answers = Guarded(answers)
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let listening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return bind(descriptor, address, size) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, address, &size) == 0
      }
    }
    guard listening else { throw POSIXError(.EADDRNOTAVAIL) }
    url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
    socketDescriptor = descriptor
    // The thread closes what it listens to: closed elsewhere, its number could be another server's by then.
    Thread.detachNewThread { [weak self] in
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { break }
        self?.serve(connection)
        close(connection)
      }
      close(descriptor)
    }
  }

  deinit { shutdown(socketDescriptor, Int32(SHUT_RDWR)) }

  /// The first line and the range of each request so far.
  var requested: [String] { requests.withLock { $0 } }

  private func serve(_ connection: Int32) {
    var request = ""
    while !request.contains("\r\n\r\n") {
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = recv(connection, &bytes, bytes.count, 0)
      guard count > 0 else { return }
      request += String(decoding: bytes.prefix(count), as: UTF8.self)
    }
    let lines = request.components(separatedBy: "\r\n")
    let range = lines.first { $0.lowercased().hasPrefix("range: bytes=") }
    let start = range.flatMap { Int($0.dropFirst(13).prefix { $0 != "-" }) } ?? 0
    requests.withLock { $0.append(lines[0] + (start > 0 ? " from \(start)" : "")) }
    let answer = answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    switch answer {
    case .whole(let body):
      let status =
        start > 0
        ? "206 Partial Content\r\nContent-Range: bytes \(start)-\(body.count - 1)/\(body.count)" : "200 OK"
      send(connection, status, Array(body.dropFirst(start)))
    case .withoutRanges(let body): send(connection, "200 OK", body)
    case .dropped(let body, let length):
      let status =
        start > 0
        ? "206 Partial Content\r\nContent-Range: bytes \(start)-\(body.count - 1)/\(body.count)" : "200 OK"
      let rest = body.dropFirst(start)
      send(connection, status, Array(rest.prefix(length)), announcing: rest.count)
    case .slowly(let body):
      send(connection, "200 OK", Array(body.prefix(body.count / 2)), announcing: body.count)
      Thread.sleep(forTimeInterval: 0.4)
      _ = write(connection, Array(body.dropFirst(body.count / 2)))
    case .endless:
      _ = write(connection, Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".utf8))
      let zeros = [UInt8](repeating: 0, count: 1 << 16)
      while write(connection, zeros) {}
    case .nothingAfter: send(connection, "416 Range Not Satisfiable", [])
    case .redirect(let place): send(connection, "302 Found\r\nLocation: \(place)", [])
    case .notFound: send(connection, "404 Not Found", Array("no".utf8))
    }
  }

  private func send(_ connection: Int32, _ status: String, _ body: [UInt8], announcing length: Int? = nil) {
    let head = "HTTP/1.1 \(status)\r\nContent-Length: \(length ?? body.count)\r\nConnection: close\r\n\r\n"
    _ = write(connection, Array(head.utf8) + body)
  }

  /// Sends all `bytes`; returns whether somebody took them.
  private func write(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}

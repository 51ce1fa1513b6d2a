#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A plain blocking TCP socket on 127.0.0.1: what a hop of the proxy is measured with.
///
/// No call waits longer than ten seconds, so that a broken proxy can't hang the measurement.
struct BlockingSocket: Sendable {
    private let descriptor: CInt

    private init(descriptor: CInt) {
        self.descriptor = descriptor
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        var on: CInt = 1
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(
            descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
    }

    /// Listens on a port that the kernel picks.
    static func listening() throws -> BlockingSocket {
        let socket = try unconnected()
        try socket.withAddress(port: 0) { address, size in
            try check("bind", bind(socket.descriptor, address, size))
        }
        try check("listen", listen(socket.descriptor, 16))
        return socket
    }

    /// Connects to a port of this machine.
    static func dialled(_ port: Int) throws -> BlockingSocket {
        let socket = try unconnected()
        try socket.withAddress(port: port) { address, size in
            try check("connect", connect(socket.descriptor, address, size))
        }
        return socket
    }

    /// The local port.
    func port() throws -> Int {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &size)
            }
        }
        try Self.check("getsockname", result)
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Accepts so many connections and sends back what they send, until all have ended.
    func echo(connections: Int) throws {
        var open: [pollfd] = []
        for _ in 0..<connections {
            let accepted = BlockingSocket(
                descriptor: try Self.check("accept", accept(descriptor, nil, nil)))
            open.append(pollfd(fd: accepted.descriptor, events: Int16(POLLIN), revents: 0))
        }
        var bytes = [UInt8](repeating: 0, count: 4096)
        while !open.isEmpty {
            guard try Self.check("poll", poll(&open, nfds_t(open.count), 10_000)) > 0 else { break }
            for ready in open where ready.revents != 0 {
                let count = recv(ready.fd, &bytes, bytes.count, 0)
                if count > 0 {
                    try Self.check("send", send(ready.fd, bytes, count, 0))
                } else {
                    open.removeAll { $0.fd == ready.fd }
                    shut(ready.fd)
                }
            }
        }
        for rest in open { shut(rest.fd) }
        shut()
    }

    /// Sends `bytes` and waits until as many have come back.
    func roundTrip(_ bytes: inout [UInt8]) throws {
        try Self.check("send", send(descriptor, bytes, bytes.count, 0))
        var received = 0
        while received < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                recv(descriptor, buffer.baseAddress, buffer.count - received, 0)
            }
            try Self.check("receive", count > 0 ? count : -1)
            received += count
        }
    }

    /// Closes the socket.
    func shut() {
        shut(descriptor)
    }

    private func shut(_ descriptor: CInt) {
        close(descriptor)
    }

    private static func unconnected() throws -> BlockingSocket {
        #if canImport(Glibc)
            let kind = CInt(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        return BlockingSocket(descriptor: try check("socket", socket(AF_INET, kind, 0)))
    }

    private func withAddress(
        port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Void
    ) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    @discardableResult
    private static func check<Count: SignedInteger>(_ step: String, _ result: Count) throws -> Count
    {
        if result >= 0 { return result }
        throw FaultProxyError.measurement(step: step, reason: String(cString: strerror(errno)))
    }
}

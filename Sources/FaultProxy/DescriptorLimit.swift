#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How many files and sockets the harness may have open at once.
public struct DescriptorLimit: Hashable, Sendable {
    /// The limit in force.
    public let descriptorsMax: Int

    /// Raises the limit as far as the machine lets this process.
    ///
    /// - Throws: `FaultProxyError.descriptorLimit`.
    /// - Returns: the limit that is now in force.
    public static func raise() throws -> DescriptorLimit {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { throw failure() }
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            guard setrlimit(resource, &limit) == 0 else { throw failure() }
        }
        return DescriptorLimit(descriptorsMax: Int(clamping: limit.rlim_cur))
    }

    /// What is wrong with the limit for a cluster of this size; nil if it is enough.
    ///
    /// A link takes a listener, and each connection through it two sockets; there is as much
    /// again for everything else that is open.
    public func shortage(nodes: Int, connectionsPerLink: Int = 4) -> String? {
        let needed = nodes * nodes * (1 + 2 * connectionsPerLink) * 2
        if needed <= descriptorsMax { return nil }
        return "\(nodes) nodes need about \(needed) open files for their links, but the limit is "
            + "\(descriptorsMax); raise it (ulimit -Hn) or use fewer nodes"
    }

    private static func failure() -> FaultProxyError {
        .descriptorLimit(reason: String(cString: strerror(errno)))
    }

    // Glibc declares the constant with a type that differs from what the functions take.
    #if canImport(Glibc)
        private static var resource: __rlimit_resource_t {
            __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        }
    #else
        private static var resource: Int32 { RLIMIT_NOFILE }
    #endif
}

import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A pipe that nothing is ever written to: its far end ends when the harness lets go or dies.
struct Lifeline {
    /// The end that becomes a process's standard input.
    let far: FileDescriptor
    /// The end that the harness holds.
    let near: FileDescriptor

    init() throws {
        (far, near) = try FileDescriptor.pipe()
        // A node that inherited the near end would keep the others' lines open.
        for end in [far, near] {
            guard fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) == 0 else {
                throw Errno(rawValue: errno)
            }
        }
    }

    /// Lets go: the far end reads the end of the pipe.
    func release() {
        // Closing a pipe has no error that leaves it open.
        try? near.close()
    }
}

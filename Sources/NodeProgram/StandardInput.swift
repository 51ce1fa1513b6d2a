#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The process's standard input, whose other end is held by whoever started it.
enum StandardInput {
    /// Why the input cannot be watched.
    struct CannotWatch: Error, CustomStringConvertible {
        var code: Int32

        var description: String {
            "could not start a thread: \(String(cString: strerror(code))); raise the limit (ulimit -u)"
        }
    }

    /// Sends this process SIGTERM when the input ends: then its starter is gone.
    static func terminateProcessAtEnd() throws {
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { _ in
                var byte: UInt8 = 0
                while true {
                    let count = read(STDIN_FILENO, &byte, 1)
                    if count == 0 || (count < 0 && errno != EINTR) { break }
                }
                kill(getpid(), SIGTERM)
                return nil
            }, nil)
        guard code == 0 else { throw CannotWatch(code: code) }
        pthread_detach(thread)
    }
}

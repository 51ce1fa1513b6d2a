import Logging
import NIOCore
import Vocabulary

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The time of the run in a node's log, so that its lines can be laid beside the history and the logs of
/// other nodes.
enum RunSeconds {
    /// The variable in which the harness says when the run began, in nanoseconds of the machine's
    /// monotonic clock, which all processes share.
    private static let variable = "HARNESS_RUN_START_NS"

    /// Adds `run.seconds` to each line, if the harness has said when the run began.
    static let provider: Logger.MetadataProvider? = start.map { start in
        Logger.MetadataProvider {
            let now = Int64(NIODeadline.now().uptimeNanoseconds)
            let seconds = Instant(nanoseconds: now - start).description.dropLast(" s".count)
            return ["run.seconds": "\(seconds)"]
        }
    }

    private static var start: Int64? {
        getenv(variable).flatMap { Int64(String(cString: $0)) }
    }
}

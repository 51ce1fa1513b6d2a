public import Vocabulary

/// What a probe says to a node, and how it knows the answer.
///
/// A node answers on any connection, at once and without asking its peers, so that an answer
/// means that the bytes came through and the process runs.
public protocol ProbeProtocol: Sendable {
    /// The bytes that ask a node for a sign of life.
    func request(nonce: UInt64) -> [UInt8]

    /// Whether `reply`, everything received so far, holds the answer to `nonce`.
    func accepts(_ reply: [UInt8], nonce: UInt64) -> Bool
}

/// How a probe ended.
public enum ProbeOutcome: Hashable, Sendable {
    /// The node answered, so many nanoseconds after the probe set out.
    case answered(after: Nanoseconds)
    /// Nothing came back in time.
    case timedOut
    /// Nobody listens there, or the connection was closed before an answer came.
    case refused(reason: String)
}

extension ProbeOutcome: CustomStringConvertible {
    /// The outcome in words, such as `answered after 0.412 ms`.
    public var description: String {
        switch self {
        case .answered(let length):
            "answered after \(Instant(nanoseconds: length * 1000).description.dropLast(1))ms"
        case .timedOut: "timed out"
        case .refused(let reason): "refused: \(reason)"
        }
    }
}

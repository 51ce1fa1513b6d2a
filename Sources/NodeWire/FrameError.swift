/// Why bytes are no frame; the connection they came from is of no further use.
public enum FrameError: Error, Hashable, CustomStringConvertible {
    /// The frame claims to be longer than any may be.
    case tooLong(length: Int)
    /// The payload is not what was sent.
    case badChecksum(expected: UInt32, found: UInt32)
    /// The payload is no message of the protocol.
    case malformed(field: String)

    /// What is wrong, and what to do about it.
    public var description: String {
        switch self {
        case .tooLong(let length):
            """
            a frame of \(length) bytes, above the limit of \(FrameCodec.payloadMax): \
            the other side speaks another protocol; check its address
            """
        case .badChecksum(let expected, let found):
            """
            a frame with the CRC-32C \(found) in place of \(expected): \
            bytes were changed on the way; connect anew
            """
        case .malformed(let field):
            """
            a frame with no valid \(field): \
            the other side has another version of the protocol; build both from one source
            """
        }
    }
}

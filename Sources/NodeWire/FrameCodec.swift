public import NIOCore
import SwiftProtobuf

/// The form of frames on a connection, and of the one in a datagram.
///
/// A frame is the length of its payload in bytes (4 bytes, big-endian), the CRC-32C of the payload
/// (4 bytes, big-endian) and the payload, a protobuf `Frame` of one of `Protos`.
public enum FrameCodec {
    /// The longest payload, in bytes.
    public static let payloadMax = 8 << 20
    static let headerLength = 8

    /// Writes a frame to the end of a buffer.
    public static func encode(_ frame: some ProtocolFrame, into buffer: inout ByteBuffer) {
        let payload = frame.payload
        buffer.writeMultipleIntegers(UInt32(payload.count), CRC32C.checksum(of: payload))
        buffer.writeBytes(payload)
    }

    /// Reads the frame at the beginning of a buffer; nil if it is not complete yet.
    public static func decode<Frame: ProtocolFrame>(
        _ type: Frame.Type = Frame.self, from buffer: inout ByteBuffer
    ) throws(FrameError) -> Frame? {
        guard
            let (length, checksum) = buffer.peekMultipleIntegers(as: (UInt32, UInt32).self)
        else { return nil }
        guard length <= payloadMax else { throw .tooLong(length: Int(length)) }
        guard buffer.readableBytes >= headerLength + Int(length) else { return nil }
        buffer.moveReaderIndex(forwardBy: headerLength)
        guard let payload = buffer.readBytes(length: Int(length)) else { return nil }
        let found = CRC32C.checksum(of: payload)
        guard found == checksum else { throw .badChecksum(expected: checksum, found: found) }
        return try Frame(payload: payload)
    }

    /// Reads a buffer that holds one frame and nothing else.
    public static func decodeWhole<Frame: ProtocolFrame>(
        _ type: Frame.Type = Frame.self, from buffer: ByteBuffer
    ) throws(FrameError) -> Frame {
        var buffer = buffer
        guard let frame = try decode(type, from: &buffer), buffer.readableBytes == 0 else {
            throw .malformed(field: "length")
        }
        return frame
    }
}

/// The bytes of a protobuf message.
func encoded(_ message: some Message) -> [UInt8] {
    // Only required fields and foreign `Any` values can fail to encode; there are none.
    (try? message.serializedBytes()) ?? []
}

/// The protobuf message that bytes stand for.
func decoded<Wire: Message>(_ bytes: [UInt8], _ field: String) throws(FrameError) -> Wire {
    guard let wire = try? Wire(serializedBytes: bytes) else { throw .malformed(field: field) }
    return wire
}

/// Cuts a stream of bytes into frames.
public struct FrameDecoder<Frame: ProtocolFrame>: NIOSingleStepByteToMessageDecoder {
    /// What comes out.
    public typealias InboundOut = Frame

    /// Makes a decoder for one connection.
    public init() {}

    /// Takes the next frame off the buffer.
    public mutating func decode(buffer: inout ByteBuffer) throws -> Frame? {
        try FrameCodec.decode(from: &buffer)
    }

    /// A rest that is no whole frame is dropped with the connection.
    public mutating func decodeLast(
        buffer: inout ByteBuffer, seenEOF: Bool
    ) throws -> Frame? {
        try decode(buffer: &buffer)
    }
}

/// Writes frames to a stream of bytes.
public struct FrameEncoder<Frame: ProtocolFrame>: MessageToByteEncoder {
    /// What goes in.
    public typealias OutboundIn = Frame

    /// Makes an encoder.
    public init() {}

    /// Appends a frame to the buffer.
    public func encode(data: Frame, out: inout ByteBuffer) throws {
        FrameCodec.encode(data, into: &out)
    }
}

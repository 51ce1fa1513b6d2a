public import NIOCore
import SwiftProtobuf

/// The form of frames on a connection.
///
/// A frame is the length of its payload in bytes (4 bytes, big-endian), the CRC-32C of the payload
/// (4 bytes, big-endian) and the payload, a protobuf `Frame` of `Protos/node.proto`.
public enum FrameCodec {
    /// The longest payload, in bytes.
    public static let payloadMax = 8 << 20
    static let headerLength = 8

    /// Writes a frame to the end of a buffer.
    public static func encode(_ frame: NodeFrame, into buffer: inout ByteBuffer) {
        encode(payload: WireFrame(frame), into: &buffer)
    }

    /// Reads the frame at the beginning of a buffer; nil if it is not complete yet.
    public static func decode(
        from buffer: inout ByteBuffer
    ) throws(FrameError) -> NodeFrame? {
        guard
            let (length, checksum) = buffer.peekMultipleIntegers(as: (UInt32, UInt32).self)
        else { return nil }
        guard length <= payloadMax else { throw .tooLong(length: Int(length)) }
        guard buffer.readableBytes >= headerLength + Int(length) else { return nil }
        buffer.moveReaderIndex(forwardBy: headerLength)
        guard let payload = buffer.readBytes(length: Int(length)) else { return nil }
        let found = CRC32C.checksum(of: payload)
        guard found == checksum else { throw .badChecksum(expected: checksum, found: found) }
        guard let wire = try? WireFrame(serializedBytes: payload) else {
            throw .malformed(field: "protobuf")
        }
        return try NodeFrame(wire)
    }

    private static func encode(payload: WireFrame, into buffer: inout ByteBuffer) {
        // Only required fields and foreign `Any` values can fail to encode; there are none.
        guard let bytes: [UInt8] = try? payload.serializedBytes() else { return }
        buffer.writeMultipleIntegers(UInt32(bytes.count), CRC32C.checksum(of: bytes))
        buffer.writeBytes(bytes)
    }
}

/// Cuts a stream of bytes into frames.
public struct FrameDecoder: NIOSingleStepByteToMessageDecoder {
    /// What comes out.
    public typealias InboundOut = NodeFrame

    /// Makes a decoder for one connection.
    public init() {}

    /// Takes the next frame off the buffer.
    public mutating func decode(buffer: inout ByteBuffer) throws -> NodeFrame? {
        try FrameCodec.decode(from: &buffer)
    }

    /// A rest that is no whole frame is dropped with the connection.
    public mutating func decodeLast(
        buffer: inout ByteBuffer, seenEOF: Bool
    ) throws -> NodeFrame? {
        try decode(buffer: &buffer)
    }
}

/// Writes frames to a stream of bytes.
public struct FrameEncoder: MessageToByteEncoder {
    /// What goes in.
    public typealias OutboundIn = NodeFrame

    /// Makes an encoder.
    public init() {}

    /// Appends a frame to the buffer.
    public func encode(data: NodeFrame, out: inout ByteBuffer) throws {
        FrameCodec.encode(data, into: &out)
    }
}

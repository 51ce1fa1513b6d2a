import NodeWire

/// The form of records on disk.
///
/// A record is a mark (4 bytes), the length of its payload (4 bytes), the CRC-32C of length and
/// payload (4 bytes), both big-endian, and the payload. One record holds all that one sync makes
/// durable, and the next is written only when that sync has completed. So a bad record is a torn
/// tail exactly if no sound one follows it.
enum RecordFormat {
    static let mark: [UInt8] = Array("RLB1".utf8)
    private static let headerLength = 12

    /// The bytes of a record.
    static func record(of payload: [UInt8]) -> [UInt8] {
        let length = bigEndian(UInt32(payload.count))
        let checksum = bigEndian(CRC32C.checksum(of: length + payload))
        return mark + length + checksum + payload
    }

    /// The payloads of all sound records, and where the last of them ends.
    ///
    /// - Throws: The offset of a bad record that sound ones follow.
    static func payloads(
        of bytes: [UInt8]
    ) throws(DamagedRecord) -> (payloads: [[UInt8]], end: Int) {
        var payloads: [[UInt8]] = []
        var end = 0
        while end < bytes.count {
            guard let payload = payload(at: end, of: bytes) else {
                if hasRecord(after: end, in: bytes) { throw DamagedRecord(offset: end) }
                break
            }
            payloads.append(Array(payload))
            end = payload.endIndex
        }
        return (payloads, end)
    }

    struct DamagedRecord: Error {
        var offset: Int
    }

    private static func payload(at offset: Int, of bytes: [UInt8]) -> ArraySlice<UInt8>? {
        let start = offset + headerLength
        guard start <= bytes.count, bytes[offset..<offset + 4].elementsEqual(mark) else {
            return nil
        }
        let length = Int(word(at: offset + 4, of: bytes))
        guard length <= bytes.count - start else { return nil }
        let checked = Array(bytes[offset + 4..<offset + 8] + bytes[start..<start + length])
        guard CRC32C.checksum(of: checked) == word(at: offset + 8, of: bytes) else { return nil }
        return bytes[start..<start + length]
    }

    private static func hasRecord(after offset: Int, in bytes: [UInt8]) -> Bool {
        guard offset + 1 < bytes.count else { return false }
        return (offset + 1..<bytes.count).contains { place in
            bytes[place] == mark[0] && payload(at: place, of: bytes) != nil
        }
    }

    private static func word(at offset: Int, of bytes: [UInt8]) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func bigEndian(_ word: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }
}

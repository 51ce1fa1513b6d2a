/// The checksum of frames and of records on disk: CRC-32C, the Castagnoli polynomial.
///
/// Source: RFC 3720, §12.1. Four bytes at a time by four tables.
public enum CRC32C {
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 4 * 256)
        for byte in 0..<256 {
            var remainder = UInt32(byte)
            for _ in 0..<8 {
                remainder = (remainder >> 1) ^ (remainder & 1 == 1 ? 0x82f6_3b78 : 0)
            }
            tables[byte] = remainder
        }
        for place in 256..<tables.count {
            let previous = tables[place - 256]
            tables[place] = (previous >> 8) ^ tables[Int(previous & 0xff)]
        }
        return tables
    }()

    /// The checksum of some bytes.
    public static func checksum(of bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { checksum(of: $0) }
    }

    /// The checksum of some bytes in memory.
    public static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
        tables.withUnsafeBufferPointer { tables in
            var checksum = ~UInt32(0)
            var place = 0
            while place + 4 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
                checksum ^= UInt32(littleEndian: word)
                checksum =
                    tables[768 + Int(checksum & 0xff)]
                    ^ tables[512 + Int((checksum >> 8) & 0xff)]
                    ^ tables[256 + Int((checksum >> 16) & 0xff)]
                    ^ tables[Int(checksum >> 24)]
                place += 4
            }
            while place < bytes.count {
                checksum = (checksum >> 8) ^ tables[Int((checksum ^ UInt32(bytes[place])) & 0xff)]
                place += 1
            }
            return ~checksum
        }
    }
}

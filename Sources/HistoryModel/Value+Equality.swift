extension Value {
    /// Whether both are the same, texts byte by byte.
    ///
    /// Swift takes texts for equal that look the same, such as a composed letter and one with its
    /// mark behind it; a system that gives back other bytes than it was given has changed them.
    /// Such texts have one hash, which is no harm.
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.text(let a), .text(let b)): a.hasSameBytes(as: b)
        case (.list(let a), .list(let b)), (.set(let a), .set(let b)): a == b
        case (.form(let a), .form(let b)): a.hasSameBytes(as: b)
        default: false
        }
    }
}

extension String {
    /// Whether both are the same bytes in UTF-8.
    @inline(__always)
    fileprivate func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let inPlace = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                UnsafeRawBufferPointer(left).hasSameBytes(as: UnsafeRawBufferPointer(right))
            }
        }
        return (inPlace ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}

extension UnsafeRawBufferPointer {
    /// Whether as many bytes are the same, eight at a time: every pool of values asks.
    @inline(__always)
    fileprivate func hasSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
        var place = 0
        while place + 8 <= count {
            let word = loadUnaligned(fromByteOffset: place, as: UInt64.self)
            guard word == other.loadUnaligned(fromByteOffset: place, as: UInt64.self) else {
                return false
            }
            place += 8
        }
        while place < count {
            guard self[place] == other[place] else { return false }
            place += 1
        }
        return true
    }
}

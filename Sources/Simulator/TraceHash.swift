internal import HistoryModel
internal import Vocabulary

/// The hash of everything that happened in a simulated run, in its order.
///
/// Equal runs have equal hashes in every process and on every machine: it depends on no path, no
/// `Hasher` and no floating-point function.
struct TraceHash: Hashable, Sendable {
    private(set) var value: UInt64 = 0

    /// The hash as sixteen hexadecimal digits.
    var text: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Folds in one word, with the finaliser of SplitMix64.
    mutating func fold(_ word: UInt64) {
        var mixed = (value ^ word) &+ 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        value = mixed ^ (mixed >> 31)
    }

    mutating func fold(_ number: Int) { fold(UInt64(bitPattern: Int64(number))) }

    mutating func fold(_ instant: Instant) { fold(UInt64(bitPattern: instant.nanoseconds)) }

    /// Folds in a text by FNV-1a.
    mutating func fold(_ text: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        fold(hash)
    }

    mutating func fold(_ value: Value) {
        switch value {
        case .null: fold(1)
        case .bool(let flag): fold(flag ? 3 : 2)
        case .integer(let number):
            fold(4)
            fold(UInt64(bitPattern: number))
        case .text(let text):
            fold(5)
            fold(text)
        case .list(let values):
            fold(6)
            fold(values.count)
            for value in values { fold(value) }
        case .set, .form:
            fold(7)
            fold(value.description)
        }
    }

    mutating func fold(_ event: Event) {
        fold(event.time)
        fold(event.process.rawValue)
        fold(event.type.rawValue)
        fold(event.function.rawValue)
        fold(event.value)
        if let key = event.key { fold(key) }
        if let found = event.found { fold(found) }
        if let error = event.error { fold(error) }
        fold(event.node?.rawValue ?? -1)
    }

    mutating func fold(_ event: NodeTraceEvent) {
        fold(event.time)
        fold(event.node.rawValue)
        fold(event.name)
        fold(event.term ?? -1)
        fold(event.index ?? -1)
        fold(event.hash ?? 0)
        fold(event.entryTerm ?? -1)
        fold(event.count ?? -1)
        if let detail = event.detail { fold(detail) }
    }

    mutating func fold(_ fault: FaultRecord) {
        fold(fault.id)
        fold(fault.summary)
        fold(fault.start)
        fold(fault.end ?? .distantFuture)
        fold(fault.touched)
        for node in fault.nodes { fold(node.rawValue) }
        for link in fault.links {
            fold(link.from.rawValue)
            fold(link.to.rawValue)
        }
        fold(fault.applied)
        fold(fault.healed)
    }

    private mutating func fold(_ proof: FaultRecord.Proof) {
        switch proof {
        case .notTried: fold(1)
        case .seen(let time):
            fold(2)
            fold(time)
        case .missing(let reason):
            fold(3)
            fold(reason)
        }
    }
}

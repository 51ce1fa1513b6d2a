/// The hash that identifies a log up to an index: h(i) = H(h(i−1), term, payload).
///
/// Equal logs have equal hashes in every process and on every machine, so two traces can be
/// compared without the entries.
enum RollingHash {
    /// The hash of a log that continues one of hash `previous` with `entry`.
    static func hash(of entry: LogEntry, after previous: UInt64) -> UInt64 {
        var hash = mixed(previous, UInt64(bitPattern: Int64(entry.term.rawValue)))
        switch entry.payload {
        case .noOp: hash = mixed(hash, 1)
        case .openSession: hash = mixed(hash, 2)
        case .command(let command):
            hash = mixed(hash, 3)
            hash = mixed(hash, command.session.rawValue)
            hash = mixed(hash, command.sequence)
            hash = mixed(hash, of: command.key)
            hash = mixed(hash, of: command.operation)
        }
        return hash
    }

    private static func mixed(_ hash: UInt64, of operation: KeyValueOperation) -> UInt64 {
        switch operation {
        case .read:
            mixed(hash, 4)
        case .write(let value):
            mixed(mixed(hash, 5), UInt64(bitPattern: value))
        case .compareAndSet(let expected, let new):
            mixed(
                mixed(
                    mixed(hash, expected == nil ? 6 : 7), UInt64(bitPattern: expected ?? 0)),
                UInt64(bitPattern: new))
        }
    }

    private static func mixed(_ hash: UInt64, of key: String) -> UInt64 {
        var text: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in key.utf8 {
            text = (text ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return mixed(hash, text)
    }

    /// Folds one word into the hash with the finaliser of SplitMix64.
    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        var mixed = (hash ^ word) &+ 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

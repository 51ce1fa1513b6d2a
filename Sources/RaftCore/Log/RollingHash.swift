import Objects

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

    private static func mixed(_ hash: UInt64, of operation: ObjectOperation) -> UInt64 {
        switch operation {
        case .read: mixed(hash, 4)
        case .write(let value): mixed(hash, 5, value)
        case .compareAndSet(let expected, let new):
            mixed(hash, expected == nil ? 6 : 7, expected ?? 0, new)
        case .enqueue(let value): mixed(hash, 8, value)
        case .dequeue: mixed(hash, 9)
        case .addElement(let element): mixed(hash, 10, element)
        case .readSet: mixed(hash, 11)
        case .acquire(let holder): mixed(hash, 12, holder)
        case .release(let holder): mixed(hash, 13, holder)
        case .addNumber(let amount): mixed(hash, 14, amount)
        case .readCounter: mixed(hash, 15)
        case .append(let element): mixed(hash, 16, element)
        case .writeList(let elements):
            elements.reduce(mixed(hash, 17, Int64(elements.count))) {
                mixed($0, UInt64(bitPattern: $1))
            }
        case .readList: mixed(hash, 18)
        case .nextID: mixed(hash, 19)
        }
    }

    /// Folds in the number of an operation and its arguments.
    private static func mixed(_ hash: UInt64, _ number: UInt64, _ arguments: Int64...) -> UInt64 {
        arguments.reduce(mixed(hash, number)) { mixed($0, UInt64(bitPattern: $1)) }
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

/// What a client does to a key.
public enum KeyValueOperation: Hashable, Sendable {
    /// Asks for the value.
    case read
    /// Sets the value.
    case write(Int64)
    /// Sets the value if it is the expected one; nil expects a key that was never written.
    case compareAndSet(expected: Int64?, new: Int64)
}

/// The replicated state: a value for each key that was ever written.
public struct KeyValueStore: Hashable, Sendable {
    private var values: [String: Int64] = [:]

    /// The value of a key; nil if it was never written.
    public subscript(key: String) -> Int64? { values[key] }

    /// Executes an operation and says how it went.
    mutating func execute(_ operation: KeyValueOperation, on key: String) -> ClientResponse {
        switch operation {
        case .read:
            return .value(values[key])
        case .write(let value):
            values[key] = value
            return .done
        case .compareAndSet(let expected, let new):
            let found = values[key]
            guard found == expected else { return .mismatch(found: found) }
            values[key] = new
            return .done
        }
    }
}

import Objects
import RaftCore
import Vocabulary

/// A client that writes 1, 2, 3 … to a key of its own, and reads it and its neighbours' keys.
///
/// Every key has one writer, so the values of a key only rise: a read must return at least the
/// largest value that was acknowledged before it began.
struct SimulatedClient {
    let number: Int
    var core: RaftClientCore
    var lastWritten: Int64 = 0
    /// The last value that certainly is in the register, or nil if that is unknown.
    var certain: Int64?? = .some(nil)
    var reading: (key: Int, atLeast: Int64)?
    var counts = (ok: 0, fail: 0, info: 0)

    init(number: Int, home: NodeID) {
        self.number = number
        core = RaftClientCore(configuration: .init(home: home))
    }

    static func key(_ number: Int) -> String { "k\(number)" }

    /// Chooses the next operation; a cas only where the present value is known.
    mutating func choose(
        using random: inout RandomStream, acknowledged: [Int64]
    ) -> (String, ObjectOperation) {
        if Bool.random(using: &random) {
            let key = Int.random(in: acknowledged.indices, using: &random)
            reading = (key, acknowledged[key])
            return (Self.key(key), .read)
        }
        lastWritten += 1
        let key = Self.key(number)
        if let certain, Bool.random(using: &random) {
            return (key, .compareAndSet(expected: certain, new: lastWritten))
        }
        return (key, .write(lastWritten))
    }

    /// Takes in an outcome; returns what is wrong with it.
    mutating func finished(
        _ outcome: RaftClientOutcome, acknowledged: inout [Int64]
    ) -> String? {
        defer { reading = nil }
        switch outcome {
        case .ok(.value(let value), _):
            counts.ok += 1
            guard let reading, value ?? 0 < reading.atLeast else { return nil }
            return "stale read: k\(reading.key) = \(value ?? 0), not \(reading.atLeast)"
        case .ok:
            counts.ok += 1
            acknowledged[number] = lastWritten
            certain = .some(lastWritten)
        case .fail(.object(.mismatch(let found)), _):
            return "a cas of the only writer found \(found ?? 0)"
        case .fail:
            counts.fail += 1
        case .info:
            counts.info += 1
            if reading == nil { certain = nil }
        }
        return nil
    }
}

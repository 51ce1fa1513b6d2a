import HistoryModel

/// Judges one register, operation by operation as they begin and end, in memory that does not grow
/// with their number.
///
/// Decides as ``ZoneMonitor`` does, by blocks: a written value, its reads, the compare-and-set
/// that takes it away, and so on. Remembered is only what something can still be added to, and
/// values that may yet turn up: an operation on a value that was forgotten would come too late.
/// No value may be written again while it is remembered.
///
/// Time is the place among the events; it rises from call to call.
struct RegisterStream: Sendable {
    /// An operation that is under way, for whoever ends it.
    struct Open: Sendable, BitwiseCopyable {
        var kind: RegisterOperation.Kind
        var before: ValueCode
        var after: ValueCode
        /// Where the value is remembered that it brings; -1 if it brings none.
        var record: Int32
        var call: Int
        /// Its number among the pending calls; -1 if it will have no known outcome.
        var number: Int

        /// Stands where no operation is.
        static let none = Open(
            kind: .read, before: .absent, after: .absent, record: -1, call: -1, number: -1)
    }

    private var memory: StreamMemory

    /// A register that holds this value at first, as if it had been written before everything.
    init(initial: ValueCode) { memory = StreamMemory(RegisterState(initial: initial)) }

    private var state: RegisterState {
        @inline(__always) _read { yield memory.state.pointee }
        @inline(__always) _modify {
            if !isKnownUniquelyReferenced(&memory) {
                memory = StreamMemory(memory.state.pointee.copy())
            }
            yield &memory.state.pointee
        }
    }

    /// Why nothing more can be said; nil while all is well.
    var end: StreamEnd? { state.end }
    /// The operations that bear on the verdict so far: reads, and what brought values that were seen.
    var judged: Int { state.judged }
    /// How many values are remembered.
    var remembered: Int { state.remembered }

    /// Adds the codes of all values that are remembered.
    func addCodes(to codes: inout [ValueCode]) { state.addCodes(to: &codes) }

    /// Gives up on a history that is not one of a register.
    mutating func leave() {
        state.leave()
    }

    /// An operation begins; what a read finds is not asked for yet.
    ///
    /// An open-ended one is known already to have no known outcome; nobody will end it.
    mutating func begin(
        _ kind: RegisterOperation.Kind, before: ValueCode, after: ValueCode, at time: Int,
        isOpenEnded: Bool = false
    ) -> Open {
        state.begin(
            kind, before: before, after: after, at: time, isOpenEnded: isOpenEnded)
    }

    /// An operation has happened; a read also says what it found.
    mutating func succeed(_ open: Open, found: ValueCode? = nil, at time: Int) {
        state.succeed(open, found: found, at: time)
    }

    /// An operation has certainly not happened; a compare-and-set may say what it found instead.
    mutating func fail(_ open: Open, found: ValueCode? = nil, at time: Int) {
        state.fail(open, found: found, at: time)
    }

    /// Nobody will ever know whether an operation happened.
    mutating func lose(_ open: Open, at time: Int) {
        state.lose(open, at: time)
    }
}

/// The memory of a stream.
///
/// Sendable for the reason that arrays are: it is changed by the only one who knows it, and copied
/// by whoever shares it before a change.
private final class StreamMemory: @unchecked Sendable {
    let state: UnsafeMutablePointer<RegisterState>

    init(_ start: consuming RegisterState) {
        state = .allocate(capacity: 1)
        state.initialize(to: start)
    }

    deinit {
        state.deinitialize(count: 1)
        state.deallocate()
    }
}

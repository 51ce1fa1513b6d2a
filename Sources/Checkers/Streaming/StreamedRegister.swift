import HistoryModel

/// A stream of one register that understands the operations of an object that is read as one.
struct StreamedRegister: ObjectStream {
    /// How the operations are to be understood.
    struct Reading: Sendable {
        let verbs: [(function: Function, verb: RegisterVerb)]
        let isText: Bool

        init(_ reading: RegisterReading) {
            verbs = reading.verbs.map { ($0, $1) }
            isText = reading.object == .text
        }

        /// What a function does; the few that there are are looked through faster than hashed.
        func verb(of function: Function) -> RegisterVerb? {
            for known in verbs
            where known.function.rawValue.utf8.count == function.rawValue.utf8.count
                && known.function == function
            {
                return known.verb
            }
            return nil
        }

        /// The code of a value; in texts null stands for the empty one.
        func code(of value: Value, in pool: inout ValuePool) -> ValueCode {
            isText && value == "" ? .null : pool.code(of: value)
        }
    }

    /// An operation that is under way; one that brings ``ValueCode/absent`` will say what it found.
    typealias Call = RegisterStream.Open

    private let reading: Reading
    private var stream: RegisterStream

    init(_ reading: Reading, initial: ValueCode) {
        self.reading = reading
        stream = RegisterStream(initial: initial)
    }

    var end: StreamEnd? { stream.end }

    var remembered: Int { stream.remembered }

    mutating func leave() { stream.leave() }

    func addCodes(to codes: inout [ValueCode]) { stream.addCodes(to: &codes) }

    static func addCodes(of call: Call, to codes: inout [ValueCode]) {
        codes += [call.before, call.after]
    }

    mutating func begin(
        _ function: Function, _ input: Value, by process: Int, _ pool: inout ValuePool, at time: Int
    ) -> Call? {
        let verb = reading.verb(of: function)
        var kind = RegisterOperation.Kind.read
        var before = ValueCode.absent
        var after = ValueCode.absent
        if verb == .write {
            kind = .write
            after = reading.code(of: input, in: &pool)
            before = after
        } else if verb == .cas, case .list(let pair) = input, pair.count == 2 {
            before = reading.code(of: pair[0], in: &pool)
            after = reading.code(of: pair[1], in: &pool)
            // Setting what is there already changes nothing: it is a read.
            kind = before == after ? .read : .cas
        } else if verb != .read {
            leave()
            return nil
        }
        return stream.begin(kind, before: before, after: after, at: time)
    }

    mutating func succeed(
        _ call: Call, _ output: Value, _ pool: inout ValuePool, at time: Int
    ) {
        let found = call.after == .absent ? reading.code(of: output, in: &pool) : nil
        stream.succeed(call, found: found, at: time)
    }

    mutating func fail(_ call: Call, found: Value?, _ pool: inout ValuePool, at time: Int) {
        let found = call.after == .absent ? nil : found.map { reading.code(of: $0, in: &pool) }
        stream.fail(call, found: found, at: time)
    }

    mutating func lose(_ call: Call, at time: Int) { stream.lose(call, at: time) }
}

import HistoryModel

/// How objects of a model are judged event by event.
enum StreamedObject: Sendable {
    /// Registers, and what is read as such.
    case register(RegisterReading)
    /// A lock that anybody may release.
    case mutex
    /// A lock that only its holder may release, with or without fencing tokens.
    case lock(isFenced: Bool)
    case queue
    case set
    case list
    case counter
}

/// The streams of all objects of a history; only those of one kind are used.
struct StreamShelf: Sendable {
    private let object: StreamedObject
    private let initial: Value?
    private let reading: StreamedRegister.Reading
    private var registers = StreamTable<StreamedRegister>()
    private var mutexes = StreamTable<MutexStream>()
    private var locks = StreamTable<LockStream>()
    private var queues = StreamTable<QueueStream>()
    private var sets = StreamTable<SetStream>()
    private var lists = StreamTable<AppendListStream>()
    private var counters = StreamTable<CounterStream>()

    init(_ object: StreamedObject, initial: Value?) {
        self.object = object
        var reading = RegisterReading.register
        if case .register(let chosen) = object { reading = chosen }
        self.reading = StreamedRegister.Reading(reading)
        self.initial = initial ?? (object.isRegister ? reading.initial : nil)
    }

    var remembered: Int {
        registers.remembered + mutexes.remembered + locks.remembered + queues.remembered
            + sets.remembered + lists.remembered + counters.remembered
    }

    func addCodes(to codes: inout [ValueCode]) {
        registers.addCodes(to: &codes)
        queues.addCodes(to: &codes)
        sets.addCodes(to: &codes)
    }

    /// Begins with another object.
    ///
    /// - Returns: The end that its stream is at already, because of what the object holds at first.
    mutating func append(_ pool: inout ValuePool) -> StreamEnd? {
        switch object {
        case .register:
            let code = reading.code(of: initial ?? .null, in: &pool)
            return registers.append(StreamedRegister(reading, initial: code))
        case .mutex: return mutexes.append(MutexStream(.mutex, initial: initial))
        case .lock(let isFenced):
            return locks.append(LockStream(isFenced: isFenced, initial: initial))
        case .queue:
            let codes = (initial?.elements ?? []).map { pool.code(of: $0) }
            return queues.append(QueueStream(initial: codes))
        case .set: return sets.append(SetStream(initial: initial, &pool))
        case .list: return lists.append(AppendListStream(kind: .list, initial: initial))
        case .counter: return counters.append(CounterStream(initial: initial))
        }
    }

    /// Takes in some events; see ``StreamTable``.
    mutating func add(
        _ events: UnsafePointer<Event>, at places: [StreamPlace], slots: Int,
        _ pool: inout ValuePool, from time: Int
    ) -> [(offset: Int, end: StreamEnd)] {
        switch object {
        case .register: registers.add(events, at: places, slots: slots, &pool, from: time)
        case .mutex: mutexes.add(events, at: places, slots: slots, &pool, from: time)
        case .lock: locks.add(events, at: places, slots: slots, &pool, from: time)
        case .queue: queues.add(events, at: places, slots: slots, &pool, from: time)
        case .set: sets.add(events, at: places, slots: slots, &pool, from: time)
        case .list: lists.add(events, at: places, slots: slots, &pool, from: time)
        case .counter: counters.add(events, at: places, slots: slots, &pool, from: time)
        }
    }

    /// Takes note that nobody will know how an operation ended.
    mutating func lose(_ slot: Int, of number: Int, at time: Int) -> StreamEnd? {
        switch object {
        case .register: registers.lose(slot, of: number, at: time)
        case .mutex: mutexes.lose(slot, of: number, at: time)
        case .lock: locks.lose(slot, of: number, at: time)
        case .queue: queues.lose(slot, of: number, at: time)
        case .set: sets.lose(slot, of: number, at: time)
        case .list: lists.lose(slot, of: number, at: time)
        case .counter: counters.lose(slot, of: number, at: time)
        }
    }
}

extension StreamedObject {
    fileprivate var isRegister: Bool {
        if case .register = self { return true }
        return false
    }
}

import HistoryModel

/// The streams of many objects of one kind, and what is under way on them.
struct StreamTable<Stream: ObjectStream>: Sendable {
    private var streams: [Stream] = []
    /// Per operation under way: what to end it by; nil where it is not for a stream to judge.
    private var calls: [Stream.Call?] = []

    /// How much all streams together remember.
    var remembered: Int { streams.reduce(0) { $0 + $1.remembered } }

    /// Adds the stream of another object.
    ///
    /// - Returns: The end that it is at already.
    mutating func append(_ stream: Stream) -> StreamEnd? {
        streams.append(stream)
        return stream.end
    }

    /// Adds the codes of all values that may still be asked for.
    func addCodes(to codes: inout [ValueCode]) {
        for stream in streams { stream.addCodes(to: &codes) }
        for case let call? in calls { Stream.addCodes(of: call, to: &codes) }
    }

    /// Takes in an event of an object.
    ///
    /// - Returns: The end that its stream came to by that.
    mutating func add(
        _ event: UnsafePointer<Event>, of number: Int, in slot: Int, _ pool: inout ValuePool,
        at time: Int
    ) -> StreamEnd? {
        if slot == calls.count { calls.append(nil) }
        guard event.pointee.type != .invoke else {
            guard streams[number].end == nil else {
                calls[slot] = nil
                return nil
            }
            calls[slot] = streams[number].begin(
                event.pointee.function, event.pointee.value, by: event.pointee.process.rawValue,
                &pool, at: time)
            return streams[number].end
        }
        guard streams[number].end == nil, let call = calls[slot] else { return nil }
        switch event.pointee.type {
        case .ok: streams[number].succeed(call, event.pointee.value, &pool, at: time)
        case .fail: streams[number].fail(call, found: event.pointee.found, &pool, at: time)
        case .info, .invoke: streams[number].lose(call, at: time)
        }
        calls[slot] = nil
        return streams[number].end
    }

    /// Takes note that nobody will know how an operation ended.
    mutating func lose(_ slot: Int, of number: Int, at time: Int) -> StreamEnd? {
        guard streams[number].end == nil, let call = calls[slot] else { return nil }
        calls[slot] = nil
        streams[number].lose(call, at: time)
        return streams[number].end
    }
}

import HistoryModel

/// What an event is about.
struct StreamPlace: BitwiseCopyable {
    /// The number of the operation among those that are under way.
    var slot: Int32
    /// The number of the object.
    var object: Int32
}

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

    /// Takes in some events, one at each of some places; `slots` is how many slots there are.
    ///
    /// - Returns: The ends that streams came to by them.
    mutating func add(
        _ events: UnsafePointer<Event>, at places: [StreamPlace], slots: Int,
        _ pool: inout ValuePool, from time: Int
    ) -> [(offset: Int, end: StreamEnd)] {
        while calls.count < slots { calls.append(nil) }
        var ends: [(offset: Int, end: StreamEnd)] = []
        // To ask at each event whether somebody shares the arrays takes as long as to judge it.
        streams.withUnsafeMutableBufferPointer { streams in
            calls.withUnsafeMutableBufferPointer { calls in
                for offset in places.indices {
                    let place = places[offset]
                    guard streams[Int(place.object)].end == nil else {
                        calls[Int(place.slot)] = nil
                        continue
                    }
                    Self.take(
                        events + offset, &streams[Int(place.object)], &calls[Int(place.slot)],
                        &pool, at: time + offset)
                    if let end = streams[Int(place.object)].end { ends.append((offset, end)) }
                }
            }
        }
        return ends
    }

    /// Hands an event to the stream of its object.
    @inline(__always)
    private static func take(
        _ event: UnsafePointer<Event>, _ stream: inout Stream, _ call: inout Stream.Call?,
        _ pool: inout ValuePool, at time: Int
    ) {
        guard event.pointee.type != .invoke else {
            call = stream.begin(
                event.pointee.function, event.pointee.value, by: event.pointee.process.rawValue,
                &pool, at: time)
            return
        }
        guard let open = call else { return }
        switch event.pointee.type {
        case .ok: stream.succeed(open, event.pointee.value, &pool, at: time)
        case .fail: stream.fail(open, found: event.pointee.found, &pool, at: time)
        case .info, .invoke: stream.lose(open, at: time)
        }
        call = nil
    }

    /// Takes note that nobody will know how an operation ended.
    mutating func lose(_ slot: Int, of number: Int, at time: Int) -> StreamEnd? {
        guard streams[number].end == nil, let call = calls[slot] else { return nil }
        calls[slot] = nil
        streams[number].lose(call, at: time)
        return streams[number].end
    }
}

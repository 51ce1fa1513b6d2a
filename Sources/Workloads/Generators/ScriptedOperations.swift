public import Vocabulary

/// Given operations, each at its time and on its thread.
///
/// The times count from the first time that the generator is asked. An operation whose thread is
/// still busy begins as soon as the thread is free; that delays what the same thread does later, and
/// no other thread. It is never exhausted, so that a load lasts as long as it is meant to: a
/// ``TimeLimit`` ends it.
public struct ScriptedOperations: Generator {
    private let script: [ScriptedOperation]
    /// For each thread, the places in the script of what it has still to do.
    private var waiting: [ArraySlice<Int>]
    private var origin: Instant?

    /// Plays `script`, which is in the order of its times, on `threadCount` threads.
    ///
    /// An operation of a thread that does not exist is left out.
    public init(_ script: [ScriptedOperation], threadCount: Int) {
        self.script = script
        var places: [[Int]] = Array(repeating: [], count: threadCount)
        for (place, scripted) in script.enumerated()
        where places.indices.contains(scripted.thread.rawValue) {
            places[scripted.thread.rawValue].append(place)
        }
        waiting = places.map { $0[...] }
    }

    /// Begins the first operation of the script that is due and whose thread is free.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        let origin = self.origin ?? context.now
        self.origin = origin
        guard let place = context.free.compactMap({ waiting[$0.rawValue].first }).min() else {
            return .pending(until: nil)
        }
        let scripted = script[place]
        let due = origin + scripted.start.nanoseconds
        guard due <= context.now else { return .pending(until: due) }
        waiting[scripted.thread.rawValue].removeFirst()
        return .operation(scripted.operation, thread: scripted.thread)
    }
}

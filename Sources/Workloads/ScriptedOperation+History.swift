public import HistoryModel
public import Vocabulary

extension [ScriptedOperation] {
    /// The script of a run: which thread invoked what and when, in the order of the invocations.
    ///
    /// - Parameters:
    ///   - history: What the run recorded; how operations ended does not matter.
    ///   - concurrency: The run's number of threads; a process's thread is its number modulo that.
    ///   - origin: When the load began; the script's times count from there.
    ///   - loadEnd: When the load ended; what was invoked then or later is left out.
    /// - Complexity: O(n).
    public init(of history: History, concurrency: Int, origin: Instant, loadEnd: Instant) {
        self = history.events.compactMap { event in
            guard event.type == .invoke, event.time < loadEnd, concurrency > 0 else { return nil }
            return ScriptedOperation(
                start: Instant(nanoseconds: Swift.max(0, event.time - origin)),
                thread: ThreadID(event.process.rawValue % concurrency),
                operation: OperationTemplate(
                    function: event.function, key: event.key, value: event.value))
        }
    }
}

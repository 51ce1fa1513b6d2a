internal import Checkers
internal import HistoryModel
internal import Synchronization
internal import Workloads

/// Judges the history of a run while it goes on.
///
/// It has its verdict as soon as the last operation has ended, however long the run was. What counts
/// is the verdict on the whole history, read back from the run file. The two agree, but for keys that
/// only the whole can decide.
final class LiveJudge: Sendable {
    /// The first violation, as soon as there is one.
    let violations: AsyncStream<StreamingChecker.Violation>
    private let continuation: AsyncStream<StreamingChecker.Violation>.Continuation
    private let state: Mutex<StreamingChecker?>

    /// Judges what the workload says can be judged so, if there is something.
    init(_ configuration: RunConfiguration) {
        (violations, continuation) = AsyncStream.makeStream()
        state = Mutex(configuration.kind.streamed.flatMap { StreamingChecker(model: $0) })
    }

    /// The first violation so far.
    var violation: StreamingChecker.Violation? { state.withLock { $0?.violation } }

    /// No more events will come.
    ///
    /// - Returns: The checker with what it has come to; nil if there was nothing to judge by.
    func finish() -> StreamingChecker? {
        state.withLock { checker in
            checker?.finish()
            return checker
        }
    }

    /// Takes in the next events.
    func add(_ events: [Event]) {
        let found = state.withLock { checker -> StreamingChecker.Violation? in
            guard checker?.violation == nil else { return nil }
            do {
                try checker?.add(contentsOf: events)
            } catch {
                // What is wrong with the events is for the whole history to tell.
                checker = nil
            }
            return checker?.violation
        }
        if let found { continuation.yield(found) }
    }
}

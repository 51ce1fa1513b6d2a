internal import Synchronization

/// A request to end early, for as many as want to know of it.
final class Stops: Sendable {
    private struct State {
        var isRequested = false
        var listeners: [AsyncStream<Void>.Continuation] = []
    }

    private let state = Mutex(State())

    /// Whether somebody has asked.
    var isRequested: Bool { state.withLock { $0.isRequested } }

    /// Asks everybody to end, now and later.
    func request() {
        state.withLock { state in
            state.isRequested = true
            for listener in state.listeners { listener.yield() }
        }
    }

    /// A stream of its own that gets one element when the request comes, or at once if it came before.
    func stream() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        state.withLock { state in
            if state.isRequested {
                continuation.yield()
            } else {
                state.listeners.append(continuation)
            }
        }
        return stream
    }

    /// Ends all streams: nobody will ask any more.
    func finish() {
        state.withLock { state in
            for listener in state.listeners { listener.finish() }
            state.listeners = []
        }
    }
}

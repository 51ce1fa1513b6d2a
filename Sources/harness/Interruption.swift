internal import Foundation
internal import UnixSignals

/// Ctrl-C: the first asks the run to end early, the second ends the harness at once.
enum Interruption {
    /// Runs `body` with a stream that gets an element for the first interruption.
    static func watch<Result>(
        _ printer: ProgressPrinter,
        _ message: String = "stopping: healing what is broken; once more to stop at once",
        _ body: (AsyncStream<Void>) async throws -> Result
    ) async throws -> Result {
        let (stops, continuation) = AsyncStream<Void>.makeStream()
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let watcher = Task {
            var seen = 0
            for await _ in signals {
                seen += 1
                // The guardian ends the nodes when this process is gone.
                if seen > 1 { exit(130) }
                printer.say(message)
                continuation.yield()
            }
        }
        defer {
            watcher.cancel()
            continuation.finish()
        }
        return try await body(stops)
    }
}

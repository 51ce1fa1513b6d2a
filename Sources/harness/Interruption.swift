internal import Foundation
internal import UnixSignals

/// Ctrl-C: the first asks the run to end early, the second ends the harness at once.
enum Interruption {
    /// Runs `body` with a request to stop that the first interruption makes.
    static func watch<Result>(
        _ printer: ProgressPrinter,
        _ message: String = "stopping: healing what is broken; once more to stop at once",
        _ body: (Stops) async throws -> Result
    ) async throws -> Result {
        let stops = Stops()
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let watcher = Task {
            var count = InterruptionCount()
            for await _ in signals {
                switch count.add(at: .now) {
                case .stop:
                    printer.say(message)
                    stops.request()
                case .echo: break
                // The guardian ends the nodes when this process is gone.
                case .quit: exit(130)
                }
            }
        }
        defer {
            watcher.cancel()
            stops.finish()
        }
        return try await body(stops)
    }
}

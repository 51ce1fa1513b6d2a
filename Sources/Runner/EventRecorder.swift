internal import HistoryModel
internal import HistoryStore

/// Carries events to the run file, and to whoever judges them meanwhile, without ever making the driver wait.
///
/// Batches are written in the order in which they were handed over, so the file holds a prefix of
/// the history at any moment.
struct EventRecorder: Sendable {
    private let writer: RunWriter
    private let judge: LiveJudge
    private let stream: AsyncStream<[Event]>
    private let continuation: AsyncStream<[Event]>.Continuation

    init(writer: RunWriter, judge: LiveJudge) {
        self.writer = writer
        self.judge = judge
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// Hands over the next events.
    func append(_ events: [Event]) { continuation.yield(events) }

    /// Says that no more events will come.
    func close() { continuation.finish() }

    /// Writes until ``close()`` has been called and everything is stored.
    ///
    /// - Throws: `RunStoreError` as soon as something can't be written.
    func run() async throws {
        for await events in stream {
            try await writer.append(events)
            judge.add(events)
        }
    }
}

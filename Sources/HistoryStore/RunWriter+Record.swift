public import HistoryModel

extension RunWriter {
    /// Writes a whole run that has happened already, such as a simulated one, without its results.
    ///
    /// - Throws: ``RunStoreError/notWritten(path:reason:)``, also if the file exists.
    public static func store(
        _ record: RunRecord, metadata: RunMetadata, at path: String
    ) async throws(RunStoreError) {
        let writer = try RunWriter(creating: path, metadata: metadata)
        for start in stride(from: 0, to: record.history.events.count, by: batch) {
            let end = min(start + batch, record.history.events.count)
            try await writer.append(Array(record.history.events[start..<end]))
        }
        for fault in record.faults { try await writer.record(fault) }
        try await writer.record(record.phases)
        for start in stride(from: 0, to: record.traces.count, by: batch) {
            let end = min(start + batch, record.traces.count)
            try await writer.append(Array(record.traces[start..<end]))
        }
        try await writer.append(notices: record.notices)
        if record.finished { try await writer.markFinished() }
        try await writer.finish()
    }

    private static let batch = 10_000
}

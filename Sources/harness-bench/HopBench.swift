internal import FaultProxy

/// What a hop through the fault proxy costs.
enum HopBench {
    /// The median round trip of 64 bytes through the proxy, less that of the direct way.
    static func hop() async throws -> BenchRow {
        let latency = try await HopLatency.measure()
        return BenchRow(
            name: "added by a proxied hop", measured: Double(latency.added) / 1_000, wanted: 60,
            unit: "µs", direction: .atMost,
            note: "direct \(latency.directMedian / 1_000) µs, "
                + "proxied \(latency.proxiedMedian / 1_000) µs")
    }
}

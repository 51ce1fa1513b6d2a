import FaultProxy
import Testing

@Suite(.timeLimit(.minutes(1)))
struct MeasurementTests {
    @Test
    func `a hop is measured against the direct way`() async throws {
        let latency = try await HopLatency.measure(roundTrips: 200)
        #expect(latency.directMedian > 0)
        #expect(latency.added > 0)
    }

    @Test
    func `a limit of open files that is too low is said`() throws {
        let limit = try DescriptorLimit.raise()
        #expect(limit.descriptorsMax > 100)
        #expect(limit.shortage(nodes: 1) == nil)
        let shortage = try #require(limit.shortage(nodes: 1_000_000))
        #expect(shortage.contains("the limit is \(limit.descriptorsMax)"))
    }
}

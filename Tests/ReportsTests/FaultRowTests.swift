import HistoryModel
import Testing
import Vocabulary

@testable import Reports

/// The row of a fault in the report.
@Suite struct FaultRowTests {
    /// A fault that was seen; the first bytes crossed `delivery` nanoseconds after the heal, if at all.
    private func row(simulated: Bool, delivery: Int64? = nil) throws -> FaultModel {
        var record = SampleRun(operations: 300).record()
        if simulated { record.metadata?.world = RunMetadata.simulated }
        var fault = try #require(record.faults.first)
        let end = try #require(fault.end)
        fault.applied = .seen(at: fault.start + 100_000_000)
        fault.healed = .seen(at: end + 20_000_000)
        fault.firstDelivery = delivery.map { end + $0 }
        record.faults = [fault]
        return try #require(FaultsModel(SectionContext(record)).faults.first)
    }

    @Test func `a probe of a real run says how long it took`() throws {
        let row = try row(simulated: false)
        #expect(row.applied.text == "+100 ms")
        #expect(row.healed.text == "+20.0 ms")
    }

    @Test func `a simulated fault is seen, without a length that nobody measured`() throws {
        let row = try row(simulated: true)
        #expect(row.applied.text == "seen" && row.applied.state == "seen")
        #expect(row.healed.text == "seen" && row.healed.state == "seen")
    }

    @Test(
        arguments: [
            (false, 3_000_000, "+3.00 ms"), (false, 0, "at once"), (false, -1_000_000, "at once"),
            (false, nil, "–"), (true, 3_000_000, "+3.00 ms"), (true, -1_000_000, "–"),
        ] as [(Bool, Int64?, String)])
    func `the first bytes after a heal crossed later, at once, or nobody knows`(
        simulated: Bool, delivery: Int64?, text: String
    ) throws {
        #expect(try row(simulated: simulated, delivery: delivery).delivery == text)
    }
}

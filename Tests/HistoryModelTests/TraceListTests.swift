import HistoryModel
import Testing
import Vocabulary

/// A packed list of traces is an array of them to everybody who uses it.
@Suite struct TraceListTests {
    private static let traces: [NodeTraceEvent] = (0..<60).map { place in
        NodeTraceEvent(
            time: Instant(nanoseconds: Int64(place) << 50), node: NodeID(place % 6),
            name: ["appended", "committed", "a name that is long enough"][place % 3],
            term: place % 4 == 0 ? nil : place,
            index: [nil, 0, 7, -1, .max, .min, 1 << 32, (1 << 32) - 1][place % 8],
            hash: place % 5 == 0 ? nil : UInt64.max - UInt64(place),
            entryTerm: place % 7 == 0 ? -place : nil, count: place % 2 == 0 ? 3 : nil,
            detail: place % 3 == 1 ? "detail \(place)" : nil)
    }

    @Test func `what is put in comes out`() {
        let list = TraceList(Self.traces)
        #expect(Array(list) == Self.traces)
        #expect(list == TraceList(Self.traces))
        #expect(Array(list.reversed()) == Self.traces.reversed())
    }

    @Test func `events are changed, removed and inserted`() {
        var list = TraceList(Self.traces)
        var array = Self.traces
        list[4].detail = "other"
        array[4].detail = "other"
        list[5] = list[1]
        array[5] = array[1]
        list.remove(at: 7)
        array.remove(at: 7)
        list.insert(contentsOf: Self.traces[10..<14], at: 20)
        array.insert(contentsOf: Self.traces[10..<14], at: 20)
        list.append(contentsOf: Self.traces[..<3])
        array.append(contentsOf: Self.traces[..<3])
        #expect(Array(list) == array)
        #expect(list != TraceList(Self.traces))
    }
}

import HistoryModel
import Testing

@testable import Checkers

/// What a stream remembers of the values of a register.
@Suite struct ValueRecordsTests {
    @Test func `a value that stands alone is removed without a trace in others`() {
        var values = ValueRecords()
        var pool = ValuePool()
        // As many as there is room for at first, all but the first in pairs of which one is above.
        var places: [Int32] = []
        for number in 0..<16 {
            let code = pool.code(of: .integer(Int64(number)))
            places.append(values.add(ValueRecord(code: code, call: number)))
        }
        for number in stride(from: 2, to: 16, by: 2) {
            values[places[number]].above = places[number + 1]
            values[places[number + 1]].below = places[number]
        }
        values.remove(places[0])
        values.remove(places[1])
        for number in stride(from: 2, to: 16, by: 2) {
            let (above, below) = (values[places[number]].above, values[places[number + 1]].below)
            #expect(above == places[number + 1])
            #expect(below == places[number])
        }
        let count = values.count
        #expect(count == 14)
    }
}

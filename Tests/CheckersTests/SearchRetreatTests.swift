import Testing

@testable import Checkers

/// From where a search goes on that left too much out.
@Suite struct SearchRetreatTests {
    private struct Mark: TimelinePosition {
        var event: Int
    }

    /// Leaves something out at event 10 and comes to an event; states are 16 events apart.
    private func retreat(havingComeTo last: Int) -> SearchRetreat<Mark> {
        var retreat = SearchRetreat<Mark>()
        retreat.leaveOut(at: Mark(event: 10))
        for event in 11...last {
            if retreat.isDue(at: event) { retreat.keep(Mark(event: event)) }
        }
        return retreat
    }

    @Test func `each failure at one place leads back twice as far, to four times as many`() {
        // Its states are those at 26, 42, 58, 74 and 90.
        var retreat = retreat(havingComeTo: 90)
        for (event, factor) in [(58, 4), (26, 16), (10, 64)] {
            let way = retreat.goBack(from: 90)
            #expect(way?.start.event == event)
            #expect(way?.factor == factor)
            #expect(retreat.furthest == 90)
        }
        // From there nothing was left out.
        let way = retreat.goBack(from: 90)
        #expect(way == nil)
    }

    @Test func `behind where it failed a search begins anew with few`() {
        var retreat = retreat(havingComeTo: 90)
        var factors: [Int] = []
        var isOver: [Bool] = []
        for event in [90, 91, 95] {
            if let way = retreat.goBack(from: 90) { factors.append(way.factor) }
            isOver.append(retreat.pass(event))
        }
        #expect(isOver == [false, true, true])
        #expect(factors == [4, 16, 4])
    }
}

import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// Whether events come one at a time or many together makes no difference.
@Suite struct StreamPortionTests {
    /// What a checker says after it was given events in portions of some sizes.
    private struct Told: Equatable {
        var summary: String
        var violation: StreamingChecker.Violation?
        var remembered: Int
        var error: HistoryError?
    }

    private func told(_ events: [Event], _ size: () -> Int) throws -> Told {
        var checker = try #require(StreamingChecker(model: .casRegister))
        var error: HistoryError?
        var start = 0
        while start < events.count, error == nil {
            let end = min(start + size(), events.count)
            do { try checker.add(contentsOf: Array(events[start..<end])) } catch let failure {
                error = failure
            }
            start = end
        }
        if error == nil { checker.finish() }
        return Told(
            summary: checker.summary, violation: checker.violation,
            remembered: checker.remembered, error: error)
    }

    /// Histories of some keys, some of them with an event too many or too few.
    private func events(_ rng: inout RandomStream) -> [Event] {
        var history = RandomHistory(rng: rng, uniqueValues: true)
        history.liesPerMille = 2
        var events = history.events(count: 200)
        rng = history.rng
        let keys = Int64.random(in: 1...4, using: &rng)
        let isText = Bool.random(using: &rng)
        for index in events.indices {
            events[index].key = .integer(Int64(events[index].process.rawValue) % keys)
            if isText { events[index] = events[index].withTexts }
        }
        switch Int.random(in: 0..<4, using: &rng) {
        case 0: events.remove(at: .random(in: events.indices, using: &rng))
        case 1:
            let place = Int.random(in: events.indices, using: &rng)
            events.insert(events[place], at: .random(in: place..<events.count, using: &rng))
        default: break
        }
        return events
    }

    @Test func `portions of any size come to the same`() throws {
        var rng = Seed(84).stream("portions")
        var found = (violations: 0, errors: 0)
        for _ in 0..<400 {
            let events = events(&rng)
            let single = try told(events) { 1 }
            #expect(try told(events) { events.count } == single)
            var sizes = rng
            #expect(try told(events) { .random(in: 1...150, using: &sizes) } == single)
            rng = sizes
            if single.violation != nil { found.violations += 1 }
            if single.error != nil { found.errors += 1 }
        }
        #expect(found.violations > 20 && found.errors > 20)
    }
}

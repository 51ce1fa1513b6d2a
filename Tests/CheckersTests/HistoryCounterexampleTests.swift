import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

@Suite struct HistoryCounterexampleTests {
    /// What clients do, by checker: the function, what it asks for, and what may come back.
    private static func invoke(
        _ name: String, _ count: Int64, _ rng: inout RandomStream
    ) -> (Function, Value) {
        let isFirst = Bool.random(using: &rng)
        switch name {
        case "set-full": return isFirst ? (.add, .integer(count)) : (.read, .null)
        case "total-queue":
            let takes: Function = Int.random(in: 0..<5, using: &rng) == 0 ? "drain" : "dequeue"
            return isFirst ? ("enqueue", .integer(count)) : (takes, .null)
        case "unique-ids": return ("generate", .null)
        default: return isFirst ? (.write, .integer(count)) : (.read, .null)
        }
    }

    private static func answer(_ name: String, _ event: Event, _ rng: inout RandomStream) -> Value {
        func number() -> Value { .integer(.random(in: 0...8, using: &rng)) }
        switch event.function.rawValue {
        case "read" where name == "set-full", "drain":
            return .list((0...6).filter { _ in Bool.random(using: &rng) }.map { .integer($0) })
        case "read", "dequeue", "generate": return number()
        default: return event.value
        }
    }

    private func history(_ name: String, count: Int, _ rng: inout RandomStream) -> [Event] {
        var events: [Event] = []
        var open: [Int: Event] = [:]
        var called = 0
        var processes = [0, 1, 2]
        while called < count || !open.isEmpty {
            let client = Int.random(in: 0..<3, using: &rng)
            let process = processes[client]
            if var event = open.removeValue(forKey: process) {
                event.index = events.count
                event.type = [.ok, .ok, .ok, .ok, .fail, .info].randomElement(using: &rng) ?? .ok
                if event.type == .info { processes[client] = 3 + called * 3 + client }
                if event.type == .ok { event.value = Self.answer(name, event, &rng) }
                events.append(event)
            } else if called < count {
                let (function, value) = Self.invoke(name, Int64(called), &rng)
                called += 1
                let event = Event(
                    index: events.count, process: ProcessID(process), type: .invoke,
                    function: function, value: value)
                events.append(event)
                open[process] = event
            }
        }
        return events
    }

    /// An event without what it found besides of elements that the story is not about: here nobody
    /// has brought those, which would prove something else.
    private static func told(_ event: Event, of counterexample: Counterexample) -> Event {
        guard !counterexample.summary.contains("nobody"),
            !counterexample.summary.contains("before anybody"),
            case .list(let found) = event.value
        else { return event }
        let brought = counterexample.participants.map(\.action)
        var event = event
        event.value = .list(
            found.filter { brought.contains("add \($0)") || brought.contains("enqueue \($0)") })
        return event
    }

    @Test(arguments: HistoryCheckers.all.map(\.name))
    func `a counterexample proves it alone, and nothing of it can be left out`(
        name: String
    ) throws {
        let checker = try #require(HistoryCheckers.named(name))
        var rng = Seed(71).stream(name)
        var broken = 0
        let rounds = Fuzzing.rounds(1_000)
        for round in 0..<rounds {
            let events = history(name, count: 2 + round % 7, &rng)
            let result = try checker.check(History(events: events))
            #expect((result.counterexample != nil) == (result.verdict == .invalid))
            guard let counterexample = result.counterexample else { continue }
            broken += 1
            #expect(!counterexample.steps.isEmpty && !counterexample.summary.isEmpty)
            let members = counterexample.participants.map { [$0.call, $0.return] }
            func verdict(without left: Int?) throws -> Verdict {
                let kept = Set(
                    members.enumerated().filter { $0.offset != left }.flatMap(\.element)
                        .compactMap { $0 })
                let part = events.filter { kept.contains($0.index) }
                return try checker.check(
                    History(events: part.map { Self.told($0, of: counterexample) })
                ).verdict
            }
            try #require(try verdict(without: nil) == .invalid, "\(counterexample)")
            for (place, participant) in counterexample.participants.enumerated()
            where participant.outcome == "ok" {
                // Without the operation that brought a value, it came from nowhere, and without the one
                // that took it out too early, it never came out.
                let isEarly = counterexample.summary.contains("before anybody enqueued it")
                let brings =
                    isEarly
                    || ["write", "add", "enqueue"].contains { participant.action.hasPrefix($0) }
                let rest = try verdict(without: place)
                #expect(rest != .invalid || brings, "\(place) of \(counterexample)")
            }
        }
        #expect(broken > rounds / 20)
    }
}

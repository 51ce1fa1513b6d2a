import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// What comes out of a priority queue first.
@Suite struct PriorityOrderTests {
    private func check(_ values: [String], initial: Value? = nil) throws -> CheckerResult {
        let puts = values.map { "0 :invoke :insert \($0)\n0 :ok :insert \($0)" }
        let takes = values.map { "0 :invoke :poll nil\n0 :ok :poll \($0)" }
        return try LinearizabilityChecker(model: .priorityQueue, initial: initial).check(
            History(script: (puts + takes).joined(separator: "\n")))
    }

    /// In the order in which they come out.
    @Test(arguments: [
        ["-1.5", "0", "0x9", "0x10", "16.5", "99999999999999999999", "100000000000000000000"],
        ["-100000000000000000000", "-99999999999999999999", "-1e2", "-99.5", "1e-400", "1e400"],
        ["9.5", "10.25", "10.5M", "1.1e1", "2E5", "0xFFFFFFFFFFFFFFFFFF", "1e40N"],
        ["nil", "false", "true", "1", "1.5", "2", "\"a\"", "\"b\"", "[1 2.5]", "[1 10.5]"],
        ["[9.5 \"x\"]", "[10.5 \"a\"]", "[10.5 \"b\"]"],
    ])
    func `numbers are compared as numbers, however they are written`(order: [String]) throws {
        // nil is no value of a queue.
        let order = order.filter { $0 != "nil" }
        #expect(try check(order).verdict == .valid)
        // With a value that comes back it is for the search.
        #expect(try check([order[0]] + order).verdict == .valid)
        for place in order.indices.dropLast() {
            var wrong = order
            wrong.swapAt(place, place + 1)
            let result = try check(wrong)
            #expect(result.verdict == .invalid, "\(order[place]) < \(order[place + 1])")
            #expect(try check([wrong[0]] + wrong).verdict == .invalid)
        }
    }

    @Test func `different values of one size may come out in either order`() throws {
        for order in [["1", "1.0", "2"], ["1.0", "1", "2"]] {
            #expect(try check(order).verdict == .valid)
            #expect(try check(["0", "0"] + order).verdict == .valid)
        }
        #expect(try check(["1", "2", "1.0"]).verdict == .invalid)
        #expect(try check(["0", "0", "1", "2", "1.0"]).verdict == .invalid)
    }

    @Test(arguments: ["##NaN", "1/3"])
    func `what has no place among numbers leaves the verdict open, and is named`(
        value: String
    ) throws {
        for values in [[value, "1"], ["1", value], ["1", "1", value]] {
            let result = try check(values)
            #expect(result.verdict == .unknown)
            #expect(result.reasons.first?.contains(value) == true, "\(result.reasons)")
        }
    }

    @Test func `texts that are no numbers come out in their own order`() throws {
        #expect(try check(["\"10\"", "\"9\"", "\"2020-01-02\""].sorted()).verdict == .valid)
        #expect(try check(["\"9\"", "\"10\""]).verdict == .invalid)
    }

    @Test func `what was there at first has its place`() throws {
        let script = "0 :invoke :poll nil\n0 :ok :poll 9.5\n0 :invoke :poll nil\n0 :ok :poll 10.5"
        let checker = LinearizabilityChecker(
            model: .priorityQueue, initial: [.form("10.5"), .form("9.5")])
        #expect(try checker.check(History(script: script)).verdict == .valid)
    }

    @Test func `exact numbers are ordered as those of the machine, where these are exact`() throws {
        var rng = Seed(17).stream("numbers")
        for _ in 0..<Fuzzing.rounds(2_000) {
            let (a, b) = (
                Int64.random(in: -5_000...5_000, using: &rng),
                Int64.random(in: -5_000...5_000, using: &rng)
            )
            // In quarters, which are exact: 1234.25.
            func written(_ number: Int64) -> Value {
                let sign = number < 0 ? "-" : ""
                let (whole, part) = number.magnitude.quotientAndRemainder(dividingBy: 4)
                return .form("\(sign)\(whole).\(["0", "25", "50", "750"][Int(part)])")
            }
            let left = try #require(ExactNumber(written(a)))
            let right = try #require(ExactNumber(written(b)))
            #expect((left < right) == (a < b) && (left == right) == (a == b))
            #expect((left < (try #require(ExactNumber(.integer(b))))) == (a < 4 * b))
        }
    }

    /// Priorities that are whole or not, several of one size.
    @Test func `a priority queue of equal sizes agrees with trying every order`() throws {
        let sizes: [Value] = [
            1, .form("1.0"), .form("1.50"), .form("1.5"), 2, .form("2.0"),
        ]
        @Sendable func rank(_ value: Value) -> Int { (sizes.firstIndex(of: value) ?? 0) / 2 }
        var object = TestObject.priorityQueue(unique: true)
        object.invoke = { rng, count in
            guard Bool.random(using: &rng) else { return ("poll", .null) }
            return ("insert", sizes[Int(count) % 6])
        }
        object.answer = { state, invocation in
            var event = invocation
            if event.function == "insert" {
                state = .list(
                    (state.elements + [event.value]).sorted {
                        (rank($0), $0) < (rank($1), $1)
                    })
            } else {
                event.value = state.elements.first ?? .null
                state = .list(Array(state.elements.dropFirst()))
            }
            return event
        }
        object.lie = { event, rng in
            var event = event
            if event.function == "poll" { event.value = sizes.randomElement(using: &rng) ?? .null }
            return event
        }
        object.step = { state, operation in
            let held = state.elements
            if operation.function == "insert" {
                return [
                    .list((held + [operation.input]).sorted { (rank($0), $0) < (rank($1), $1) })
                ]
            }
            guard let first = held.first else { return operation.returned(.null) ? [state] : [] }
            return held.indices.filter { rank(held[$0]) == rank(first) }
                .filter { operation.returned(held[$0]) }
                .map { place in
                    .list(Array(held[..<place] + held[(place + 1)...]))
                }
        }
        var random = RandomObjectHistory(object, rng: Seed(18).stream("sizes"))
        var valid = 0
        let rounds = Fuzzing.rounds(3_000)
        for round in 0..<rounds {
            random.liesPerMille = round % 3 * 100
            let operations = try random.operations(count: 2 + round % 8)
            let expected = ObjectBruteForce.isLinearizable(operations, object)
            if expected { valid += 1 }
            let verdict = LinearizabilityChecker(model: .priorityQueue).check(operations).verdict
            try #require(verdict == (expected ? .valid : .invalid), "\(render(operations))")
        }
        #expect(valid > rounds / 4 && valid < rounds * 19 / 20)
    }
}

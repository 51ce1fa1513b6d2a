import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// The tables of streams, each held against a plain collection.
@Suite struct StreamTablesTests {
    private func code(_ number: Int) -> ValueCode {
        var pool = ValuePool()
        return pool.code(of: .integer(Int64(number)))
    }

    /// Codes close together, and codes that collide because they differ in their upper bits only.
    @Test(arguments: [1, 1 << 16, 3 << 20])
    func `a table of values is a dictionary`(stride: Int) {
        var rng = Seed(81).stream("table \(stride)")
        var table = NumberTable<ValueCode>()
        var expected: [ValueCode: Int32] = [:]
        for round in 0..<20_000 {
            let code = code(stride * Int.random(in: 0..<200, using: &rng))
            if expected[code] == nil, Bool.random(using: &rng) {
                expected[code] = Int32(round)
                table.insert(code, Int32(round))
            } else {
                #expect(table.remove(code) == expected.removeValue(forKey: code))
            }
            #expect(table.count == expected.count)
            let other = self.code(stride * Int.random(in: 0..<200, using: &rng))
            #expect(table.number(of: other) == expected[other])
        }
        #expect(Set(table.allKeys) == Set(expected.keys))
    }

    @Test(arguments: [1, -1, 1 << 32, 1 << 56])
    func `who is in a table keeps his number`(stride: Int) {
        var table = NumberTable<Int>()
        for process in 0..<100 {
            let isNew = table.insert(stride &* process, Int32(process))
            let isNewAgain = table.insert(stride &* process, 1_000)
            #expect(isNew && !isNewAgain)
        }
        #expect((0..<100).allSatisfy { table.number(of: stride &* $0) == Int32($0) })
        #expect(table.count == 100 && table.number(of: stride &* 100) == nil)
    }

    @Test(arguments: [1, 1 << 16, 3 << 20])
    func `what a stream remembers of values is a dictionary`(stride: Int) {
        var rng = Seed(82).stream("records \(stride)")
        var values = ValueRecords()
        var expected: [ValueCode: Int32] = [:]
        for _ in 0..<20_000 {
            let code = code(stride * Int.random(in: 0..<200, using: &rng))
            let record = values.record(of: code)
            #expect(record == expected[code])
            if let record {
                values.remove(record)
                expected[code] = nil
            } else {
                let added = values.add(ValueRecord(code: code, call: 0))
                #expect(!expected.values.contains(added))
                expected[code] = added
            }
        }
        let count = values.count
        #expect(count == expected.count)
    }

    @Test(arguments: [1, 4, 5, 100])
    func `what is under way returns in its order, each from a slot of its own`(clients: Int) {
        var rng = Seed(83).stream("returns \(clients)")
        var pending = PendingReturns()
        var expected: [Int: Int] = [:]
        for _ in 0..<10_000 {
            if expected.count < clients {
                var time: Int
                repeat {
                    time = Int.random(in: 0..<1_000_000, using: &rng)
                } while expected.values
                    .contains(time)
                let slot = pending.begin(returning: UInt32(time))
                #expect(0..<clients ~= slot && expected[slot] == nil)
                expected[slot] = time
            } else if let first = expected.min(by: { $0.value < $1.value }) {
                #expect(pending.next(before: UInt32(first.value)) == nil)
                let next = pending.next(before: UInt32(first.value + 1))
                #expect(next?.slot == first.key && next?.return == first.value)
                expected[first.key] = nil
            }
            let count = pending.count
            #expect(count == expected.count)
        }
    }

    /// Two clients of whom one always has something under way: no moment is without an operation.
    @Test func `a register that is never at rest is not remembered for ever`() throws {
        var checker = try #require(StreamingChecker())
        var index = 0
        func add(_ type: EventType, _ number: Int) throws {
            let event = Event(
                index: index, process: ProcessID(number % 2), type: type, function: .write,
                value: .integer(Int64(number)))
            try checker.add(event)
            index += 1
        }
        try add(.invoke, 0)
        for number in 1...5_000 {
            try add(.invoke, number)
            try add(.ok, number - 1)
            #expect(checker.remembered < 8)
        }
        #expect(checker.verdict == .valid)
    }

    @Test func `what a replay counts is what it was given`() throws {
        let script = """
            0 :invoke :enqueue 1
            1 :invoke :enqueue 2
            2 :invoke :dequeue nil
            0 :ok :enqueue 1
            3 :invoke :dequeue nil
            1 :fail :enqueue 2
            2 :ok :dequeue 1
            3 :info :dequeue nil
            4 :invoke :dequeue nil
            4 :ok :dequeue nil
            """
        var checks = LinearizabilityChecker(model: .queue).keyChecks(
            of: try OperationList(History(script: script)))
        #expect(checks.count == 1)
        while !checks[0].advance(steps: 1) {}
        #expect(checks[0].conclusion?.verdict == .valid)
        #expect(checks[0].conclusion?.judged == 4)
        #expect(checks[0].conclusion?.concurrency == 2)
    }

    /// Blocks are passed over in groups; one of which something was read late must not be missed,
    /// however many return later that were called earlier.
    @Test(arguments: [300, 5_000])
    func `of thousands of zones the two that cross are found`(count: Int) throws {
        var lines = ["900000 :invoke :read nil"]
        for number in 1...count { lines.append("\(number) :invoke :write \(number)") }
        for number in 1...200 { lines.append("\(number) :ok :write \(number)") }
        lines += ["0 :invoke :read nil", "0 :ok :read 80"]
        for number in 201...count { lines.append("\(number) :ok :write \(number)") }
        var checker = try #require(StreamingChecker())
        try checker.add(contentsOf: Array(History(script: lines.joined(separator: "\n")).events))
        #expect(checker.verdict == .valid)
        let last = ["0 :invoke :read nil", "0 :ok :read 5"]
        checker = try #require(StreamingChecker())
        try checker.add(
            contentsOf: Array(History(script: (lines + last).joined(separator: "\n")).events))
        #expect(checker.verdict == .invalid)
    }
}

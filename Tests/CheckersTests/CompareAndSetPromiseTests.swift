import HistoryModel
import Testing

@testable import Checkers

/// Promises about reads and writes hold of what a compare-and-set reads and writes as well.
@Suite struct CompareAndSetPromiseTests {
    private func check(_ name: String, _ lines: [String]) throws -> CheckerResult {
        let script = lines.map { line in
            let parts = line.split(separator: "|")
            return "\(parts[0]) :invoke :\(parts[1])\n\(parts[0]) :\(parts[2])"
        }.joined(separator: "\n")
        return try #require(HistoryCheckers.named(name)).check(History(script: script))
    }

    private let write = "0|write 1|ok :write 1"
    private let cas = "0|cas [1 2]|ok :cas [1 2]"

    @Test(arguments: ["sessions", "k-atomicity"])
    func `a read of what a compare-and-set wrote is fresh`(name: String) throws {
        let result = try check(name, [write, cas, "0|read nil|ok :read 2"])
        #expect(result.verdict == .valid, "\(result.reasons)")
    }

    @Test(arguments: [("sessions", "read-your-writes"), ("k-atomicity", "stale-read")])
    func `a read of what a compare-and-set replaced is stale`(name: String, kind: String) throws {
        let result = try check(name, [write, cas, "0|read nil|ok :read 1"])
        #expect(result.verdict == .invalid)
        #expect(result.kind == kind)
        let actions = result.counterexample?.participants.map(\.action) ?? []
        #expect(actions.contains("cas 1 → 2") && actions.contains("read → 1"), "\(actions)")
    }

    @Test(arguments: ["sessions", "k-atomicity"])
    func `a compare-and-set that replaces what had been replaced is a stale read`(
        name: String
    ) throws {
        let result = try check(name, [write, "0|write 2|ok :write 2", "0|cas [1 3]|ok :cas [1 3]"])
        #expect(result.verdict == .invalid)
        #expect(result.reasons.count == 1 && result.reasons[0].contains("1"), "\(result.reasons)")
    }

    @Test(arguments: ["sessions", "k-atomicity"])
    func `a compare-and-set that failed wrote nothing`(name: String) throws {
        let failed = "0|cas [1 2]|fail :cas [1 2]"
        #expect(try check(name, [write, failed, "0|read nil|ok :read 1"]).verdict == .valid)
    }

    @Test(arguments: ["sessions", "k-atomicity"])
    func `a compare-and-set of what is there already changes nothing`(name: String) throws {
        let same = "0|cas [1 1]|ok :cas [1 1]"
        #expect(try check(name, [write, same, "0|read nil|ok :read 1"]).verdict == .valid)
        let late = [write, cas, "0|cas [1 1]|ok :cas [1 1]"]
        #expect(try check(name, late).verdict == .invalid)
    }

    @Test func `what a failed compare-and-set found is a read of that`() throws {
        let history = History(events: [
            Event(index: 0, process: ProcessID(0), type: .invoke, function: .write, value: 1),
            Event(index: 1, process: ProcessID(0), type: .ok, function: .write, value: 1),
            Event(index: 2, process: ProcessID(0), type: .invoke, function: .write, value: 2),
            Event(index: 3, process: ProcessID(0), type: .ok, function: .write, value: 2),
            Event(index: 4, process: ProcessID(0), type: .invoke, function: .cas, value: [5, 6]),
            Event(
                index: 5, process: ProcessID(0), type: .fail, function: .cas, value: [5, 6],
                found: 1),
        ])
        #expect(try SessionChecker().check(history).verdict == .invalid)
        #expect(try StalenessChecker().check(history).verdict == .invalid)
    }

    @Test func `a compare-and-set of unknown outcome may have written or not`() throws {
        let unknown = "1|cas [1 2]|info :cas [1 2]"
        for found in ["1", "2"] {
            let lines = [write, unknown, "0|read nil|ok :read \(found)"]
            #expect(try check("k-atomicity", lines).verdict == .valid)
            #expect(try check("sessions", lines).verdict == .valid)
        }
    }

    @Test func `nil that is written again is not told from nil at first`() throws {
        let lines = [
            "0|read nil|ok :read nil", "0|write nil|ok :write nil", "0|read nil|ok :read nil",
        ]
        #expect(try check("k-atomicity", lines).verdict == .unknown)
    }

    @Test func `versions beyond 64 bits are compared as numbers`() throws {
        let large = "12345678901234567890"
        let larger = "112345678901234567890"
        let rising = [
            "0|write \(large)|ok :write \(large)", "0|read nil|ok :read \(larger)",
            "0|read nil|ok :read \(larger)",
        ]
        #expect(try check("sessions", rising).verdict == .valid)
        let falling = rising + ["0|read nil|ok :read \(large)"]
        #expect(try check("sessions", falling).kind == "monotonic-reads")
    }
}

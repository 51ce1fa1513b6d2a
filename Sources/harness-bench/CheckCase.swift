internal import Checkers
internal import Foundation
internal import HistoryModel
internal import Vocabulary

/// One row of the table of checkers: a history, what is wanted, and what others do with it.
struct CheckCase {
    /// How the history is judged.
    enum Way {
        /// Whole, key after key.
        case whole
        /// Whole, keys side by side on all cores, as `harness check` does.
        case onAllCores
        /// Event by event, while it is made.
        case streaming
    }

    var name: String
    var load: CheckLoad
    var model = ObjectModel.casRegister
    var way = Way.whole
    var wantedSeconds: Double
    var verdict = Verdict.valid
    /// What Porcupine takes, on a machine like this.
    var peer = "—"
    var peerSeconds: Double?

    /// What came of one row.
    struct Outcome: Codable {
        var seconds: Double
        /// What all cores together worked; less than `seconds` where others used them.
        var cpuSeconds: Double
        /// The most memory that the process held, the history with it.
        var megabytes: Double
        var verdict: Verdict

        /// The fastest of some, with the most memory of all and a verdict that all agree on.
        static func best(of outcomes: [Outcome]) -> Outcome {
            var best = outcomes[0]
            for outcome in outcomes.dropFirst() {
                let megabytes = max(best.megabytes, outcome.megabytes)
                let verdict = best.verdict == outcome.verdict ? best.verdict : .unknown
                if outcome.seconds < best.seconds { best = outcome }
                (best.megabytes, best.verdict) = (megabytes, verdict)
            }
            return best
        }
    }

    /// Makes the history and judges it; only judging counts.
    func measure() async throws -> Outcome {
        if way == .streaming { return try stream() }
        let operations = try load.packed(seed: 1)
        let checker = LinearizabilityChecker(model: model)
        var outcomes: [Outcome] = []
        // The first time, memory is new and nothing is in the caches.
        for _ in 0..<(load.operations > 1_000_000 ? 1 : 3) {
            let start = Self.now()
            let result =
                way == .onAllCores
                ? await Self.judgeOnAllCores(operations, checker) : checker.check(operations)
            outcomes.append(Self.outcome(since: start, result.verdict))
        }
        return Outcome.best(of: outcomes)
    }

    private static func judgeOnAllCores(
        _ operations: OperationList, _ checker: LinearizabilityChecker
    ) async -> CheckerResult {
        let workers = ProcessInfo.processInfo.activeProcessorCount
        let checks = await LinearizabilityChecker.inOrder(
            withTaskGroup(of: [KeyCheck].self) { tasks in
                for worker in 0..<workers {
                    tasks.addTask { checker.keyChecks(of: operations, part: worker, of: workers) }
                }
                return await tasks.reduce(into: []) { $0.append($1) }
            })
        let conclusions = await withTaskGroup(of: [KeyResult].self) { tasks in
            for worker in 0..<workers {
                tasks.addTask {
                    stride(from: worker, to: checks.count, by: workers).compactMap { index in
                        var check = checks[index]
                        while !check.advance(steps: .max) {}
                        return check.conclusion
                    }
                }
            }
            return await tasks.reduce(into: []) { $0 += $1 }
        }
        return checker.combine(conclusions)
    }

    /// Judges portions of events as they are made; only judging counts.
    private func stream() throws -> Outcome {
        guard var checker = StreamingChecker(model: model) else { throw NotStreamed() }
        var total = (wall: 0.0, cpu: 0.0)
        var portion: [Event] = []
        func judgePortion() throws {
            let start = Self.now()
            try checker.add(contentsOf: portion)
            let end = Self.now()
            total = (total.wall + end.wall - start.wall, total.cpu + end.cpu - start.cpu)
            portion.removeAll(keepingCapacity: true)
        }
        try load.generate(seed: 1) { (event) throws in
            portion.append(event)
            if portion.count == 4_000 { try judgePortion() }
        }
        try judgePortion()
        return Outcome(
            seconds: total.wall, cpuSeconds: total.cpu, megabytes: Self.peakMegabytes,
            verdict: checker.verdict)
    }

    private static func outcome(
        since start: (wall: Double, cpu: Double), _ verdict: Verdict
    ) -> Outcome {
        let end = now()
        return Outcome(
            seconds: end.wall - start.wall, cpuSeconds: end.cpu - start.cpu,
            megabytes: peakMegabytes, verdict: verdict)
    }

    /// A row that asks for what there is not.
    private struct NotStreamed: Error {}

    /// The most memory that this process has ever held.
    static var peakMegabytes: Double {
        var usage = rusage()
        getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1024
    }

    /// The time on the clock, and what this process has computed so far.
    static func now() -> (wall: Double, cpu: Double) {
        var usage = rusage()
        getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
        let user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
        let system = Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
        return (ProcessInfo.processInfo.systemUptime, user + system)
    }

    static func registers(
        _ operations: Int, _ clients: Int, values: Int64? = 5, keys: Int = 1, unknown: Int = 0,
        stale: Bool = false
    ) -> CheckLoad {
        CheckLoad(
            object: .registers(values: values), operations: operations, clients: clients,
            keys: keys, unknownPerMille: unknown, hasStaleRead: stale)
    }
}

import Checkers
import Faults
import HistoryModel
import Simulator
import Testing
import Vocabulary
import Workloads

/// The Raft store takes its keys for other objects than registers, under the faults of a run.
@Suite struct `A simulated run of objects` {
    /// What clients do with a type of object, what judges it, and the defect that shows there.
    struct Load: CustomTestStringConvertible {
        var object: ObjectType
        var changes: [Function]
        var observation: Function
        var defect: String
        var judge: @Sendable (History) throws -> Verdict

        var testDescription: String { "\(object)" }

        init(
            _ object: ObjectType, _ changes: [Function], _ observation: Function, defect: String,
            judge: @escaping @Sendable (History) throws -> Verdict
        ) {
            self.object = object
            self.changes = changes
            self.observation = observation
            self.defect = defect
            self.judge = judge
        }

        init(
            _ object: ObjectType, _ changes: [Function], _ observation: Function, defect: String,
            model: ObjectModel
        ) {
            self.init(object, changes, observation, defect: defect) {
                try LinearizabilityChecker(model: model).check($0).verdict
            }
        }

        private static let workloads: [ObjectType: Workload] = [
            .queue: .queue, .set: .set, .lock: .lock, .counter: .counter, .list: .append,
            .ids: .uniqueIDs,
        ]

        /// Operations of ten threads on a key, which another one replaces after 200.
        func script(length: Int) -> [ScriptedOperation] {
            (0..<length).map { number in
                let turn = number / 10 % (changes.count + 1)
                let function = turn < changes.count ? changes[turn] : observation
                let takesValue = [.add, "enqueue", "append"].contains(function)
                return ScriptedOperation(
                    start: Instant(nanoseconds: Int64(number) * 4_000_000),
                    thread: ThreadID(number % 10),
                    operation: OperationTemplate(
                        function: function, key: .integer(Int64(number / 200)),
                        value: takesValue ? .integer(Int64(number)) : .null))
            }
        }

        func run(seed: UInt64, defects: [String] = []) throws -> History {
            var configuration = RunConfiguration(workload: "objects")
            configuration.kind = try #require(Self.workloads[object])
            configuration.operations = script(length: 1_500)
            configuration.timeLimit = 6_000_000_000
            configuration.recoveryLimit = 1_000_000_000
            configuration.faults = [.killLeader, .partitionLeader, .partitionHalves]
            configuration.defects = defects
            configuration.seed = seed
            let run = try SimulatedRun(configuration)
            // The last phase writes and reads registers.
            return History(
                events: run.record.history.events.filter {
                    $0.function == observation || changes.contains($0.function)
                })
        }
    }

    static let loads: [Load] = [
        Load(.queue, ["enqueue"], "dequeue", defect: "no-sessions", model: .queue),
        Load(.set, [.add], .read, defect: "stale-reads", model: .set),
        Load(
            .lock, ["acquire"], "release", defect: "local-tokens", model: .fencedLock),
        Load(.counter, [.add], .read, defect: "no-sessions", model: .counter),
        Load(.list, ["append"], .read, defect: "read-modify-write-append", model: .listAppend),
        Load(.ids, [], "generate", defect: "unlogged-ids") { history in
            guard let checker = HistoryCheckers.named("unique-ids") else { return .unknown }
            return try checker.check(history).verdict
        },
    ]

    @Test(arguments: loads)
    func `keeps the promise of the object`(load: Load) throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            let history = try load.run(seed: seed)
            #expect(try load.judge(history) == .valid, "seed \(seed)")
            let answers = history.events.count { $0.type == .ok }
            #expect(answers > 150, "seed \(seed)")
        }
    }

    @Test(arguments: loads)
    func `shows the defect of the object`(load: Load) throws {
        let found = try (UInt64(1)...20).first { seed in
            try load.judge(load.run(seed: seed, defects: [load.defect])) == .invalid
        }
        #expect(found != nil)
    }
}

import Exploration
import Faults
import HistoryModel
import Simulator
import Testing
import Vocabulary
import WorkloadFiles
import Workloads

@Suite struct ScenarioDrawingTests {
    /// A file that writes out what the clients do or what breaks, over the most nodes and threads
    /// that are ever drawn by chance alone.
    private static func base(schedule: Bool, operations: Bool) -> RunConfiguration {
        var base = RunConfiguration(workload: "test")
        base.nodes = 9
        base.concurrency = 20
        base.timeLimit = 3_000_000_000
        if schedule {
            base.schedule = FaultSchedule(faults: [
                PlannedFault(
                    id: 1, kind: .killOne, start: Instant(nanoseconds: 1_000_000_000),
                    duration: 1_000_000_000, order: base.nodeIDs.reversed())
            ])
        }
        if operations {
            base.operations = [
                ScriptedOperation(
                    start: Instant(nanoseconds: 2_900_000_000), thread: ThreadID(19),
                    operation: OperationTemplate(function: .write, key: 1, value: 1))
            ]
        }
        return base
    }

    @Test(arguments: [(true, false), (false, true), (true, true), (false, false)])
    func `every scenario that is drawn is a valid file`(schedule: Bool, operations: Bool) throws {
        let base = Self.base(schedule: schedule, operations: operations)
        let drawing = ScenarioDrawing(base: base)
        for seed in 0..<200 as Range<UInt64> {
            let scenario = drawing.scenario(seed: seed)
            let text = WorkloadFile.render(scenario)
            #expect(try WorkloadFile.parse(text, name: "test", path: "test.yaml") == scenario)
        }
    }

    @Test func `what is written out is kept, and the world around it is drawn`() throws {
        let base = Self.base(schedule: true, operations: true)
        let scenarios = (0..<9 as Range<UInt64>).map {
            ScenarioDrawing(base: base).scenario(seed: $0)
        }
        for scenario in scenarios {
            #expect(scenario.nodes == 9)
            #expect(scenario.concurrency == 20)
            #expect(scenario.timeLimit == base.timeLimit)
            #expect(scenario.schedule == base.schedule)
            #expect(scenario.operations == base.operations)
        }
        #expect(Set(scenarios.map(\.simulation)).count == 9)
        #expect(try SimulatedRun(scenarios[0]).record.finished)
    }
}

import ArgumentParser
import Foundation
import HistoryModel
import Testing
import Vocabulary
import Workloads

@testable import harness

@Suite struct ScenarioSourceTests {
    private static func loaded(world: String) -> ScenarioSource.Loaded {
        var scenario = RunConfiguration(workload: "register")
        scenario.concurrency = 2
        let record = RunRecord(
            metadata: RunMetadata(
                id: "a", startedAt: "", workload: "register", system: "raft", defects: [],
                nodes: 3, seed: 0, world: world, command: [], configuration: "", versions: [:]),
            history: History(events: [
                Event(
                    index: 0, time: Instant(nanoseconds: 5), process: ProcessID(3), type: .invoke,
                    function: .write, key: 1, value: 7)
            ]),
            phases: [RunPhase(name: "load", start: .zero)])
        return ScenarioSource.Loaded(scenario: scenario, record: record, name: ["reports/a"])
    }

    @Test func `what the clients of a real run did is taken as it was recorded, in both worlds`() {
        let real = Self.loaded(world: RunMetadata.real)
        for isReal in [true, false] {
            let operations = real.scenario(forReal: isReal).operations
            #expect(operations?.map(\.thread) == [ThreadID(1)])
        }
    }

    @Test func `a simulated run draws its operations again, but not for real processes`() {
        let simulated = Self.loaded(world: RunMetadata.simulated)
        #expect(simulated.scenario(forReal: false).operations == nil)
        #expect(simulated.scenario(forReal: true).operations?.count == 1)
    }

    @Test func `the folder of an exploration names the runs in it`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "explore-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "seed-7"), withIntermediateDirectories: true)
        try Data().write(to: folder.appending(path: "seed-7.yaml"))
        func complaint() throws -> String? {
            let source = try ScenarioSource.parse([folder.path])
            return #expect(throws: ValidationError.self) { try source.load() }?.message
        }
        #expect(try complaint()?.hasSuffix("such as \(folder.path)/seed-7.yaml") == true)
        try Data().write(to: folder.appending(path: "seed-7/run.sqlite"))
        #expect(try complaint()?.hasSuffix("such as \(folder.path)/seed-7") == true)
    }

    @Test func `wrong options are told with the usage of their command`() {
        let text = Harness.usageError(ValidationError("no"), of: ExploreCommand.self)
        #expect(text.hasPrefix("Error: no\nUsage: harness explore "))
        #expect(text.contains(" explore --help"))
    }

    @Test(arguments: [(0, "0 faults"), (1, "1 fault"), (2, "2 faults")])
    func `one is not many`(number: Int, text: String) {
        #expect(PluralText.count(number, "fault") == text)
    }
}

import Faults
import HistoryModel
import Shrinking
import Testing
import Vocabulary
import WorkloadFiles
import Workloads

@Suite struct ShrinkerTests {
    /// A busy scenario; the value that an operation writes is its number.
    static func scenario(faults: Int = 12, operations: Int = 200, seed: UInt64 = 1)
        -> RunConfiguration
    {
        var random = Seed(seed).stream("scenario")
        var scenario = RunConfiguration(workload: "test")
        scenario.seed = seed
        scenario.entriesPerMessage = 3
        scenario.schedule = FaultSchedule(
            faults: (0..<faults).map { number in
                PlannedFault(
                    id: number + 1, kind: FaultKind.all[number % FaultKind.all.count],
                    start: Instant(nanoseconds: 2_000_000_000 + Int64(number) * 4_000_000_000),
                    duration: 2_000_000_000 + Int64(number),
                    order: scenario.nodeIDs.shuffled(using: &random),
                    heal: Bool.random(using: &random) ? .resume : .reset,
                    mutes: Bool.random(using: &random),
                    afterElection: Bool.random(using: &random) ? 1_500_000 : nil)
            })
        scenario.simulation.network.laggingLinks = [DirectedLink(from: NodeID(1), to: NodeID(5))]
        scenario.operations = (0..<operations).map { number in
            ScriptedOperation(
                start: Instant(nanoseconds: Int64(number) * 59_000_000_000 / Int64(operations)),
                thread: ThreadID(Int.random(in: 0..<10, using: &random)),
                operation: OperationTemplate(
                    function: .write, key: .integer(Int64.random(in: 0..<8, using: &random)),
                    value: .integer(Int64(number))))
        }
        return scenario
    }

    static func values(_ scenario: RunConfiguration) -> Set<Int64> {
        Set(
            (scenario.operations ?? []).compactMap {
                if case .integer(let value) = $0.operation.value { return value }
                return nil
            })
    }

    /// Shrinks until nothing is left to try; every candidate has to be a valid file.
    static func shrink(
        _ scenario: RunConfiguration, atMost bound: Int, checked: Bool = true,
        _ fails: (RunConfiguration) -> Bool
    ) throws -> (smallest: RunConfiguration, tried: Int) {
        var shrinker = ScenarioShrinker(scenario)
        #expect(fails(shrinker.smallest))
        while let candidate = shrinker.nextCandidate() {
            let tried = shrinker.progress.tried
            guard tried < bound else {
                Issue.record("more than \(bound) candidates: \(shrinker.progress)")
                break
            }
            #expect(candidate != shrinker.smallest)
            if checked {
                let text = WorkloadFile.render(candidate)
                let read = try WorkloadFile.parse(text, name: "test", path: "candidate.yaml")
                #expect(read == candidate)
            }
            shrinker.record(fails: fails(candidate))
            #expect(fails(shrinker.smallest))
        }
        return (shrinker.smallest, shrinker.progress.tried)
    }

    private func kinds(_ scenario: RunConfiguration) -> [FaultKind] {
        (scenario.schedule?.faults ?? []).map(\.kind)
    }

    @Test func `exactly the faults and operations that matter are found`() throws {
        let scenario = Self.scenario()
        let wanted = [FaultKind.partitionLeader, .killMajority]
        let (smallest, tried) = try Self.shrink(scenario, atMost: 400) {
            Set(wanted).isSubset(of: kinds($0)) && Self.values($0).isSuperset(of: [5, 20, 21])
        }
        #expect(kinds(smallest) == wanted)
        #expect(Self.values(smallest) == [5, 20, 21])
        #expect(smallest.nodes == 2)
        #expect(smallest.concurrency == 1)
        #expect(smallest.timeLimit < 1_000_000_000)
        #expect(smallest.schedule?.faults.map(\.id) == [1, 2])
        #expect(smallest.schedule?.faults.allSatisfy { $0.heal == .resume && !$0.mutes } == true)
        #expect(smallest.simulation.network.lossPerMille == 0)
        #expect(smallest.entriesPerMessage == 256)
        #expect(tried < 250, "\(tried)")
    }

    @Test func `a failure that needs nothing shrinks to nothing at once`() throws {
        let (smallest, tried) = try Self.shrink(Self.scenario(), atMost: 60) { _ in true }
        #expect(smallest.schedule?.faults.isEmpty == true)
        #expect(smallest.operations?.isEmpty == true)
        #expect(smallest.nodes == 1)
        #expect(smallest.concurrency == 1)
        #expect(smallest.timeLimit == 1_000_000)
        #expect(tried < 20, "\(tried)")
    }

    @Test func `a failure that needs everything is left as it is`() throws {
        let scenario = Self.scenario(faults: 5, operations: 30)
        let (smallest, tried) = try Self.shrink(scenario, atMost: 600) { $0 == scenario }
        #expect(smallest == scenario)
        #expect(tried < 400, "\(tried)")
    }

    @Test(arguments: 0..<12 as Range<UInt64>)
    func `any small set of operations is found among many`(seed: UInt64) throws {
        var random = Seed(seed).stream("wanted")
        let wanted = Set((0..<4).map { _ in Int64.random(in: 0..<1_000, using: &random) })
        let scenario = Self.scenario(faults: 0, operations: 1_000, seed: seed)
        let (smallest, _) = try Self.shrink(scenario, atMost: 320, checked: false) {
            Self.values($0).isSuperset(of: wanted)
        }
        #expect(Self.values(smallest) == wanted)
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `an oracle that is not monotone still ends at something minimal`(seed: UInt64) throws {
        let scenario = Self.scenario(faults: 3, operations: 60, seed: seed)
        let fails: (RunConfiguration) -> Bool = { candidate in
            let values = Self.values(candidate)
            return values.contains(7) && (values.count.isMultiple(of: 3) || values.count >= 4)
        }
        let (smallest, _) = try Self.shrink(scenario, atMost: 4_000, checked: false, fails)
        for place in (smallest.operations ?? []).indices {
            var less = smallest
            less.operations?.remove(at: place)
            #expect(!fails(less))
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `whatever the oracle says, it ends and every candidate is a valid file`(
        seed: UInt64
    ) throws {
        let scenario = Self.scenario(faults: 6, operations: 40, seed: seed)
        let resolved = ScenarioShrinker(scenario).smallest
        var random = Seed(seed).stream("oracle")
        var failing: Set<RunConfiguration> = [resolved]
        _ = try Self.shrink(scenario, atMost: 4_000) { candidate in
            if failing.contains(candidate) { return true }
            guard Int.random(in: 0..<4, using: &random) == 0 else { return false }
            failing.insert(candidate)
            return true
        }
    }

    @Test func `a fault becomes as simple as the failure allows`() throws {
        let (smallest, _) = try Self.shrink(Self.scenario(), atMost: 400) { scenario in
            (scenario.schedule?.faults ?? []).contains {
                $0.kind.family == .partition && $0.kind.nodesMin >= 2 && $0.heal == .reset
            } && kinds(scenario).contains { [.killMajority, .killAll].contains($0) }
        }
        #expect(kinds(smallest) == [.partitionOne, .killMajority])
        #expect(smallest.schedule?.faults.map(\.heal) == [.reset, .resume])
        #expect(smallest.schedule?.faults.allSatisfy { $0.duration < 50_000_000 } == true)
    }

    @Test func `threads that must differ stay apart`() throws {
        let (smallest, _) = try Self.shrink(Self.scenario(), atMost: 400) { scenario in
            Set((scenario.operations ?? []).map(\.thread)).count >= 3
        }
        #expect(smallest.concurrency == 3)
        #expect(smallest.operations?.count == 3)
    }

    @Test func `time that matters stays`() throws {
        let (smallest, _) = try Self.shrink(Self.scenario(), atMost: 400) { scenario in
            guard let fault = scenario.schedule?.faults.first(where: { $0.kind == .pauseOne })
            else { return false }
            return fault.duration >= 1_000_000_000 && fault.start.nanoseconds >= 300_000_000
        }
        let fault = try #require(smallest.schedule?.faults.first)
        #expect((1_000_000_000..<2_000_000_000).contains(fault.duration))
        #expect((300_000_000..<600_000_000).contains(fault.start.nanoseconds))
        #expect(smallest.timeLimit < 2_700_000_000)
    }

    @Test func `in a smaller cluster the same node is hit`() throws {
        var scenario = Self.scenario(faults: 1, operations: 1)
        scenario.schedule?.faults[0].kind = .killOne
        scenario.schedule?.faults[0].order = [5, 4, 1, 2, 3].map { NodeID($0) }
        let (smallest, _) = try Self.shrink(scenario, atMost: 400) {
            $0.nodes >= 3 && kinds($0) == [.killOne]
        }
        #expect(smallest.schedule?.faults[0].order.map(\.rawValue) == [3, 2, 1])
    }

    @Test func `the seed with which a candidate failed is kept`() throws {
        var shrinker = ScenarioShrinker(Self.scenario())
        var seed: UInt64 = 100
        while shrinker.nextCandidate() != nil {
            seed += 1
            shrinker.record(failingSeed: seed)
            #expect(shrinker.smallest.seed == seed)
        }
        #expect(shrinker.progress.accepted == Int(seed) - 100)
        #expect(shrinker.progress.operations == 0)
    }

    @Test func `a candidate is returned until it is told about`() {
        var shrinker = ScenarioShrinker(Self.scenario())
        let first = shrinker.nextCandidate()
        #expect(shrinker.nextCandidate() == first)
        shrinker.record(fails: false)
        #expect(shrinker.nextCandidate() != first)
        #expect(shrinker.progress.tried == 1)
    }

    @Test func `without a script the drawn operations are left alone`() throws {
        var scenario = Self.scenario()
        scenario.operations = nil
        let (smallest, _) = try Self.shrink(scenario, atMost: 300) { kinds($0).contains(.killAll) }
        #expect(smallest.operations == nil)
        #expect(smallest.concurrency == scenario.concurrency)
        #expect(kinds(smallest) == [.killAll])
    }
}

import Faults
import HistoryModel
import Testing
import Vocabulary
import WorkloadFiles
import Workloads

@Suite struct ScenarioFileTests {
    private func parse(_ text: String) throws -> RunConfiguration {
        try WorkloadFile.parse(text, name: "test", path: "test.yaml")
    }

    @Test func `a simulated world is read`() throws {
        let configuration = try parse(
            """
            entries-per-message: 7
            simulation:
              network:
                latency: [200us, 2ms]
                slow-latency: [5ms, 1s]
                slow: 6
                loss: 3
                duplicates: 4
                reorders: false
                lagging-links: [1>2, 4>3]
              disk: {sync: [0s, 250ns], slow-sync: [20ms, 300ms], slow: 9}
              clocks: {offset: 1h, drift: 100}
            """)
        let network = configuration.simulation.network
        #expect(configuration.entriesPerMessage == 7)
        #expect(network.latency == 200_000...2_000_000)
        #expect(network.slowLatency == 5_000_000...1_000_000_000)
        #expect(
            [network.slowPerMille, network.lossPerMille, network.duplicatePerMille] == [6, 3, 4])
        #expect(!network.reorders)
        #expect(
            network.laggingLinks == [
                DirectedLink(from: NodeID(1), to: NodeID(2)),
                DirectedLink(from: NodeID(4), to: NodeID(3)),
            ])
        #expect(configuration.simulation.disk.sync == 0...250)
        #expect(configuration.simulation.disk.slowPerMille == 9)
        #expect(configuration.simulation.clocks.offsetMax == 3_600_000_000_000)
        #expect(configuration.simulation.clocks.driftMaxPPM == 100)
    }

    @Test func `operations are read into the order of their times`() throws {
        let configuration = try parse(
            """
            operations:
              - {at: 1300ms, thread: 1, f: read, key: 3}
              - {at: 1203ms, thread: 2, f: write, key: "3", value: 17}
              - {at: 1203ms, thread: 0, f: cas, key: null, value: [17, "18"]}
            """)
        let operations = try #require(configuration.operations)
        #expect(operations.map(\.thread.rawValue) == [2, 0, 1])
        #expect(operations.map(\.operation.function) == [.write, .cas, .read])
        #expect(operations.map(\.operation.key) == [.text("3"), Value.null, 3])
        #expect(operations.map(\.operation.value) == [17, [17, "18"], .null])
        #expect(operations[0].start == Instant(nanoseconds: 1_203_000_000))
    }

    @Test func `no script and an empty script are different`() throws {
        #expect(try parse("operations: []").operations?.isEmpty == true)
        #expect(try parse("nodes: 5").operations == nil)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `every scenario survives being written and read`(seed: UInt64) throws {
        var random = Seed(seed).stream("scenario")
        let scenario = RandomScenario.draw(&random)
        let text = WorkloadFile.render(scenario)
        let read = try parse(text)
        #expect(WorkloadFile.render(read) == text)
        #expect(read == scenario)
    }
}

/// Draws configurations in which nothing keeps its default.
enum RandomScenario {
    static func draw(_ random: inout RandomStream) -> RunConfiguration {
        var scenario = RunConfiguration(workload: "test")
        scenario.description = text(&random)
        scenario.nodes = Int.random(in: 1...9, using: &random)
        scenario.concurrency = Int.random(in: 1...12, using: &random)
        scenario.rate = Bool.random(using: &random) ? nil : .random(in: 0.001...1e9, using: &random)
        scenario.timeLimit = length(1...RunConfiguration.timeLimitMax, &random)
        scenario.recoveryLimit = length(1_000_000...10_000_000_000, &random)
        scenario.operationTimeout = length(1_000_000...10_000_000_000, &random)
        scenario.electionTimeout = lengths(1_000_000...10_000_000_000, &random)
        scenario.entriesPerMessage = Int.random(in: 1...1000, using: &random)
        scenario.faults = FaultKind.all.filter { _ in Bool.random(using: &random) }
        scenario.check.time = length(0...10_000_000_000, &random)
        scenario.check.bytesMax = Int.random(in: 0...(1 << 40), using: &random)
        scenario.register.operationsPerKey = Int.random(in: 1...1000, using: &random)
        scenario.kind = WorkloadKind.allCases.randomElement(using: &random) ?? .register
        scenario.keyValue.valueBytes = Int.random(in: 0...1000, using: &random)
        scenario.keyValue.settleRounds = Bool.random(using: &random) ? nil : 7
        scenario.gossip = gossip(&random)
        scenario.seed = UInt64.random(in: 0...(.max), using: &random)
        scenario.schedule = schedule(scenario, &random)
        scenario.simulation = simulation(scenario.nodeIDs, &random)
        if Bool.random(using: &random) { scenario.operations = operations(scenario, &random) }
        return scenario
    }

    private static func gossip(_ random: inout RandomStream) -> GossipSettings {
        var settings = GossipSettings()
        settings.jitterPercent = Int.random(in: 0...100, using: &random)
        settings.datagramBytesMax = Int.random(in: 300...1500, using: &random)
        settings.versionMax = UInt64.random(in: 0...(.max), using: &random)
        settings.notesPropagation = Bool.random(using: &random)
        settings.tombstoneGrace = length(0...1_000_000_000, &random)
        settings.roundsMax = Bool.random(using: &random) ? nil : 5
        if Bool.random(using: &random) {
            settings.rumors = nil
        } else {
            settings.rumors?.direction =
                GossipSettings.Direction.allCases.randomElement(using: &random) ?? .push
            settings.rumors?.hasFeedback = Bool.random(using: &random)
            settings.rumors?.interest = .coin
            settings.rumors?.count = .round
            settings.rumors?.k = Int.random(in: 1...9, using: &random)
            settings.rumors?.fanOut = Int.random(in: 1...9, using: &random)
            settings.rumors?.skipsTold = Bool.random(using: &random)
            settings.rumors?.suppressesEcho = Bool.random(using: &random)
        }
        // Without both nothing would spread, which is refused.
        if settings.rumors != nil, Bool.random(using: &random) {
            settings.antiEntropy = nil
        } else {
            settings.antiEntropy?.comparison =
                GossipSettings.AntiEntropy.Comparison.allCases.randomElement(using: &random)
                ?? .digest
            settings.antiEntropy?.direction = .pull
            settings.antiEntropy?.interval = length(1_000_000...1_000_000_000, &random)
        }
        if Bool.random(using: &random) {
            settings.membership = nil
        } else {
            settings.membership?.contacts = Int.random(in: 1...9, using: &random)
            settings.membership?.probeInterval = length(170_000_000...1_000_000_000, &random)
        }
        return settings
    }

    private static func schedule(
        _ scenario: RunConfiguration, _ random: inout RandomStream
    ) -> FaultSchedule {
        var faults: [PlannedFault] = []
        for id in 1...3 {
            let start = length(0...(scenario.timeLimit), &random)
            var fault = PlannedFault(
                id: id, kind: FaultKind.all.randomElement(using: &random) ?? .killAll,
                start: Instant(nanoseconds: start),
                duration: length(0...(scenario.timeLimit - start), &random),
                order: scenario.nodeIDs.shuffled(using: &random),
                heal: Bool.random(using: &random) ? .resume : .reset,
                mutes: Bool.random(using: &random),
                afterElection: Bool.random(using: &random) ? 1_500_000 : nil)
            fault.drawStrength(random: &random)
            if fault.kind.family == .datagrams {
                fault.lateness = lengths(1000...1_000_000_000, &random)
            }
            faults.append(fault)
        }
        faults.sort { ($0.start, $0.id) < ($1.start, $1.id) }
        for place in faults.indices { faults[place].id = place + 1 }
        return FaultSchedule(faults: faults)
    }

    private static func simulation(
        _ nodes: [NodeID], _ random: inout RandomStream
    ) -> SimulationSettings {
        var settings = SimulationSettings()
        settings.network.latency = lengths(1000...1_000_000_000, &random)
        settings.network.slowLatency = lengths(1000...1_000_000_000, &random)
        settings.network.slowPerMille = Int.random(in: 0...1000, using: &random)
        settings.network.lossPerMille = Int.random(in: 0...1000, using: &random)
        settings.network.duplicatePerMille = Int.random(in: 0...1000, using: &random)
        settings.network.reorders = Bool.random(using: &random)
        for from in nodes {
            for to in nodes where from != to && Int.random(in: 0..<9, using: &random) == 0 {
                settings.network.laggingLinks.append(DirectedLink(from: from, to: to))
            }
        }
        settings.disk.sync = lengths(0...1_000_000_000, &random)
        settings.disk.slowSync = lengths(0...1_000_000_000, &random)
        settings.disk.slowPerMille = Int.random(in: 0...1000, using: &random)
        settings.clocks.offsetMax = length(0...1_000_000_000, &random)
        settings.clocks.driftMaxPPM = Int.random(in: 0...1000, using: &random)
        return settings
    }

    private static func operations(
        _ scenario: RunConfiguration, _ random: inout RandomStream
    ) -> [ScriptedOperation] {
        let starts = (0..<5).map { _ in length(0...(scenario.timeLimit - 1), &random) }.sorted()
        return starts.map { start in
            let key: Value? = Bool.random(using: &random) ? nil : value(&random)
            let operation: OperationTemplate =
                switch Int.random(in: 0..<3, using: &random) {
                case 0: OperationTemplate(function: .read, key: key)
                case 1: OperationTemplate(function: .write, key: key, value: written(&random))
                default:
                    OperationTemplate(
                        function: .cas, key: key, value: .list([value(&random), value(&random)]))
                }
            return ScriptedOperation(
                start: Instant(nanoseconds: start),
                thread: ThreadID(Int.random(in: 0..<scenario.concurrency, using: &random)),
                operation: operation)
        }
    }

    private static func written(_ random: inout RandomStream) -> Value {
        let value = value(&random)
        return value == .null ? 1 : value
    }

    private static func value(_ random: inout RandomStream) -> Value {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: .null
        case 1: .bool(Bool.random(using: &random))
        case 2: .integer(.random(in: .min ... .max, using: &random))
        case 3: .text(text(&random))
        default: .list((0..<Int.random(in: 0..<3, using: &random)).map { _ in value(&random) })
        }
    }

    private static func text(_ random: inout RandomStream) -> String {
        let parts = [
            "null", "17", "true", " ", "\n", "\r\n", "\t", "\"", "\\", "#", ": ", "[", "ü", "🙂",
            "\u{0}", "\u{7f}", "\u{2028}",
        ]
        return (0..<Int.random(in: 0..<4, using: &random)).map { _ in
            parts.randomElement(using: &random) ?? ""
        }.joined()
    }

    /// Whole and odd numbers of every unit.
    private static func length(
        _ range: ClosedRange<Nanoseconds>, _ random: inout RandomStream
    ) -> Nanoseconds {
        let exact = Nanoseconds.random(in: range, using: &random)
        let unit: Nanoseconds =
            [1, 1000, 1_000_000, 1_000_000_000].randomElement(using: &random) ?? 1
        return max(range.lowerBound, exact / unit * unit)
    }

    private static func lengths(
        _ range: ClosedRange<Nanoseconds>, _ random: inout RandomStream
    ) -> ClosedRange<Nanoseconds> {
        let ends = [length(range, &random), length(range, &random)].sorted()
        return ends[0]...ends[1]
    }
}

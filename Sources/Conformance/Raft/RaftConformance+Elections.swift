internal import Exploration
internal import Faults
internal import HistoryModel
internal import Vocabulary
internal import Workloads

// How long it takes to a new leader: 1,000 elections in virtual time, 50 between processes.

extension RaftConformance {
    /// A range of election timeouts with what Ongaro's thesis (2014, chapter 9) measured with it: 5 nodes,
    /// a broadcast of about 15 ms.
    private struct Setting {
        var timeout: ClosedRange<Nanoseconds>
        var thesis: String

        init(_ timeout: ClosedRange<Nanoseconds>, _ thesis: String) {
            let shortest = timeout.lowerBound * millisecond
            self.timeout = shortest...(timeout.upperBound * millisecond)
            self.thesis = thesis
        }
    }

    private static let settings = [
        Setting(150...155, "median 287"), Setting(150...200, "worst 513"),
        Setting(150...300, "recommended"), Setting(12...24, "mean 35, worst 152"),
    ]

    var reelections: ConformanceScenario { reelections(count: 1_000) }

    /// Shows so many elections with each of the thesis's ranges.
    func reelections(count: Int) -> ConformanceScenario {
        ConformanceScenario(
            "re-election: a new leader follows soon, and split votes come to an end",
            injecting: "the leader of 5 killed \(count) times with each range of timeouts, messages of "
                + "7 to 8 ms"
        ) {
            let rows = try Self.settings.map { setting in
                let times = try elections(count, timeout: setting.timeout)
                let range =
                    "\(setting.timeout.lowerBound / 1_000_000)–"
                    + "\(setting.timeout.upperBound / 1_000_000) ms"
                return (
                    text: "\(range): \(times.text) (thesis: \(setting.thesis))",
                    isSound: times.all.count == count && times.isBounded(by: setting.timeout))
            }
            return .init(
                "ms to a leader: " + rows.map(\.text).joined(separator: "; "),
                rows.allSatisfy(\.isSound))
        }
    }

    /// Kills leaders in one run after the other until there are enough.
    func elections(
        _ count: Int, timeout: ClosedRange<Nanoseconds>
    ) throws -> ElectionTimes {
        var times = ElectionTimes()
        // In milliseconds; short enough for many runs, long enough for nearly every election.
        let down = max(200, 3 * timeout.upperBound / Self.millisecond)
        let period = down + max(200, 2 * timeout.upperBound / Self.millisecond)
        var seed: UInt64 = 0
        // No run is without any; the limit is for stores that elect nobody.
        while times.all.count < count, seed < 40 {
            seed += 1
            let kills = min(50, count - times.all.count + 1)
            let seconds = Nanoseconds(kills + 1) * period / 1_000 + 3
            let run = configuration(seconds: seconds, seed: seed) { run in
                run.rate = 2
                run.electionTimeout = timeout
                run.simulation.network.latency = 200_000...1_000_000
                run.simulation.network.lossPerMille = 0
                run.simulation.disk.sync = 12_000_000...15_000_000
                run.simulation.disk.slowPerMille = 0
                run.schedule = faults(
                    Array(repeating: .killLeader, count: kills), length: down, every: period)
            }
            times.add(try SeedOutcome(run).record)
        }
        times.keepFirst(count)
        return times
    }

    var realReelections: RealScenario.Experiment {
        .init(
            "the leader of 5 processes killed 50 times, timeouts of 150 to 300 ms",
            configuration(seconds: 92) { run in
                run.rate = 20
                run.schedule = faults(
                    Array(repeating: .killLeader, count: 50), length: 800, every: 1_800)
            }
        ) { record in
            var times = ElectionTimes()
            times.add(record)
            return .init(
                "\(record.verdictWithViolations); ms to a leader: \(times.text) (thesis, 150–200 ms: "
                    + "worst 513 of 1,000)",
                record.verdict == .valid && times.all.count >= 45
                    && times.isBounded(by: 150_000_000...300_000_000))
        }
    }
}

/// Times from the kill of a leader to the next one.
struct ElectionTimes {
    private(set) var all: [Nanoseconds] = []
    /// Kills after which nobody was elected.
    private(set) var without = 0
    /// Terms that ended without a leader.
    private(set) var splitVotes = 0

    /// Adds the kills of a run that hit a leader.
    mutating func add(_ record: RunRecord) {
        let leaders = Leaderships(record.traces)
        for (fault, old) in leaders.hit(by: record.faults) {
            guard let new = leaders.next(after: fault.start, term: old.term) else {
                without += 1
                continue
            }
            all.append(new.start - fault.start)
            splitVotes += new.term - old.term - 1
        }
    }

    mutating func keepFirst(_ count: Int) { all = Array(all.prefix(count)) }

    /// Whether nobody waited for longer than ten of the longest timeouts.
    func isBounded(by timeout: ClosedRange<Nanoseconds>) -> Bool {
        without == 0 && all.allSatisfy { $0 < 10 * timeout.upperBound }
    }

    /// Their distribution in milliseconds.
    var text: String {
        guard !all.isEmpty else { return "none" }
        let sorted = all.sorted()
        func at(_ perMille: Int) -> Nanoseconds {
            sorted[(sorted.count - 1) * perMille / 1_000] / 1_000_000
        }
        let mean = all.reduce(0, +) / Nanoseconds(all.count) / 1_000_000
        return "mean \(mean), median \(at(500)), 99 % \(at(990)), worst \(at(1_000)) of \(all.count), "
            + "\(splitVotes) terms without a leader"
    }
}

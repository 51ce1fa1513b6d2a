internal import Exploration
internal import Faults
internal import HistoryModel
internal import Vocabulary
internal import Workloads

// How long it takes to a new leader: 1,000 elections in virtual time, 50 between processes.

extension RaftConformance {
    /// A range of election timeouts, and what Ongaro's thesis (2014, §9.3) measured with it: 5 nodes, a
    /// broadcast of about 15 ms.
    private struct Setting {
        var timeout: ClosedRange<Nanoseconds>
        /// The figure in milliseconds that the thesis gives, and which one it is.
        var thesis: (name: String, perMille: Int, figure: Nanoseconds)?

        init(
            _ timeout: ClosedRange<Nanoseconds>,
            _ thesis: (name: String, perMille: Int, figure: Nanoseconds)? = nil
        ) {
            let shortest = timeout.lowerBound * millisecond
            self.timeout = shortest...(timeout.upperBound * millisecond)
            self.thesis = thesis
        }

        var name: String {
            "\(timeout.lowerBound / millisecond)–\(timeout.upperBound / millisecond) ms"
        }

        var thesisText: String {
            thesis.map { "\($0.name) \($0.figure)" } ?? "recommended, no figure"
        }

        /// Whether elections came to an end and took no more than half as long again as in the thesis.
        func agrees(with times: ElectionTimes) -> Bool {
            guard times.isBounded(by: timeout) else { return false }
            return thesis.map { 2 * times.milliseconds(at: $0.perMille) <= 3 * $0.figure } ?? true
        }
    }

    private static let settings = [
        Setting(150...155, ("median", 500, 287)), Setting(150...200, ("worst", 1_000, 513)),
        Setting(150...300),
    ]

    var reelections: ConformanceScenario { reelections(count: 1_000) }

    /// Shows so many elections with each of the thesis's ranges.
    func reelections(count: Int) -> ConformanceScenario {
        ConformanceScenario(
            "re-election: a new leader follows about as soon as Ongaro measured, and split votes come "
                + "to an end",
            injecting:
                "the leader of 5 killed \(count) times with each range of timeouts; a broadcast "
                + "takes 12 to 17 ms, nearly all of it for the disk"
        ) {
            let rows = try Self.settings.map { setting in
                let times = try elections(count, timeout: setting.timeout)
                return (
                    text: "\(setting.name): \(times.text) (thesis: \(setting.thesisText))",
                    isSound: times.all.count == count && setting.agrees(with: times)
                )
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

    /// Whether each kill was followed by a leader within ten of the longest timeouts, and there are no more
    /// split votes than elections.
    func isBounded(by timeout: ClosedRange<Nanoseconds>) -> Bool {
        without == 0 && splitVotes <= all.count
            && all.allSatisfy { $0 < 10 * timeout.upperBound }
    }

    /// What so many in a thousand do not exceed; a million seconds if there was no election.
    func milliseconds(at perMille: Int) -> Nanoseconds {
        guard !all.isEmpty else { return 1_000_000_000 }
        return all.sorted()[(all.count - 1) * perMille / 1_000] / 1_000_000
    }

    /// Their distribution in milliseconds.
    var text: String {
        guard !all.isEmpty else { return "none" }
        let mean = all.reduce(0, +) / Nanoseconds(all.count) / 1_000_000
        return
            "mean \(mean), median \(milliseconds(at: 500)), 99 % \(milliseconds(at: 990)), worst "
            + "\(milliseconds(at: 1_000)) of \(all.count), \(splitVotes) split votes"
    }
}

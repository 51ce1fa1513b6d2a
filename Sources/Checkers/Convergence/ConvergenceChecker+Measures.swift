import HistoryModel
import Vocabulary

// What a convergence check measures besides judging.

extension ConvergenceChecker {
    func measures(
        _ record: RunRecord, _ spread: SpreadMeasure, _ clients: ClientView, _ final: FinalReads,
        _ situation: RunSituation, _ anomalies: [Anomaly]
    ) -> [CheckerResult.Measure] {
        var measures: [CheckerResult.Measure] = [
            .init("writes", "\(spread.updateCount)"),
            .init("writes undecided", "\(spread.undecided)"),
            .init("late arrivals of writes", "\(spread.late)"),
        ]
        measures += distribution("time to all nodes", spread.all)
        measures += distribution("without faults", spread.calm)
        measures += recovery(spread, situation)
        measures += residues(spread.all)
        measures += traffic(TrafficMeasure(record.traces), updates: spread.updateCount)
        for kind in Anomaly.Kind.allCases {
            let count = anomalies.count { $0.kind == kind }
            if count > 0 { measures.append(.init("anomalies: \(kind.rawValue)", "\(count)")) }
        }
        measures += [
            .init("writes acknowledged", "\(clients.acknowledgedCount)"),
            .init("writes gone with their node", "\(clients.goneWithNode)"),
            .init("keys compared at the end", "\(final.keyCount)"),
            .init("reads that went back between nodes", "\(clients.looseRegressions)"),
        ]
        return measures
    }

    private func recovery(
        _ spread: SpreadMeasure, _ situation: RunSituation
    ) -> [CheckerResult.Measure] {
        guard situation.healed > .zero else { return [] }
        let reunion = situation.reunited - situation.healed
        let settling = spread.settling ?? 0
        return [
            .init("heal to reunion", milliseconds(reunion)),
            .init("reunion to convergence", timeAndRounds(settling)),
            .init("heal to convergence", timeAndRounds(reunion + settling)),
        ]
    }

    private func timeAndRounds(_ length: Nanoseconds) -> String {
        "\(milliseconds(length)), \(count(of: rounds(length)))"
    }

    private func count(of rounds: Int) -> String {
        rounds == 1 ? "1 round" : "\(rounds) rounds"
    }

    private func milliseconds(_ length: Nanoseconds) -> String { "\(length / 1_000_000) ms" }

    private func distribution(
        _ name: String, _ lengths: [Nanoseconds]
    ) -> [CheckerResult.Measure] {
        let sorted = lengths.sorted()
        guard let longest = sorted.last else { return [] }
        let shares: [(String, Nanoseconds)] = [50, 95, 99].map { percent in
            ("p\(percent)", sorted[(percent * sorted.count + 99) / 100 - 1])
        }
        return (shares + [("max", longest)]).map { share, length in
            .init("\(name), \(share)", timeAndRounds(length))
        }
    }

    /// The share of writes that had not reached everybody after some rounds.
    private func residues(_ lengths: [Nanoseconds]) -> [CheckerResult.Measure] {
        guard !lengths.isEmpty else { return [] }
        return [1, 2, 4, 8].map { rounds in
            let late = lengths.count { $0 > Nanoseconds(rounds) * round }
            return .init(
                "not everywhere after \(count(of: rounds))", "\(late * 100 / lengths.count) %")
        }
    }

    private func traffic(
        _ traffic: TrafficMeasure, updates: Int
    ) -> [CheckerResult.Measure] {
        guard traffic.messages > 0 else { return [] }
        var measures: [CheckerResult.Measure] = [
            .init("messages", "\(traffic.messages)"), .init("bytes", "\(traffic.bytes)"),
            .init("refused", "\(traffic.refused)"),
        ]
        if updates > 0 {
            measures.append(.init("messages per write", "\(traffic.messages / updates)"))
            measures.append(.init("bytes per write", "\(traffic.bytes / updates)"))
        }
        if traffic.entries > 0 {
            measures.append(
                .init("share of duplicates", "\(traffic.needless * 100 / traffic.entries) %"))
        }
        return measures
    }
}

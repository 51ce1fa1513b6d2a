import HistoryModel
import Vocabulary

extension EvidenceModel {
    static func evidence(_ figures: RunFigures) -> [Fact] {
        let faults = figures.faults
        var facts: [Fact] = []
        if !figures.isTimed {
            // Without times there are no rates.
        } else if faults.isEmpty {
            facts.append(
                Fact(name: "Rate", value: Display.rate(figures.rate), note: "ok operations"))
        } else {
            facts.append(
                Fact(
                    name: "Rate without faults", value: Display.rate(figures.rateFaultFree),
                    note: "ok operations"))
            facts.append(
                Fact(
                    name: "Rate under faults", value: Display.rate(figures.rateUnderFaults),
                    note: "ok operations"))
        }
        if figures.keys > 0 {
            facts.append(
                Fact(name: "Keys", value: Display.count(figures.keys), note: "judged apart"))
        }
        facts.append(
            Fact(
                name: "Concurrency", value: Display.count(figures.concurrencyMax),
                note: Display.count(figures.processes, "process", "processes")))
        let proven = faults.filter(\.isProven).count
        let touched = faults.filter { $0.fault.touched > 0 }.count
        facts.append(
            Fact(
                name: "Faults", value: Display.count(faults.count),
                note: faults.isEmpty ? "none injected" : "\(proven) proven, \(touched) touched"))
        if let changes = figures.leaderChanges {
            let terms = figures.record.traces.lazy.compactMap(\.term).max()
            facts.append(
                Fact(
                    name: "Leader changes", value: Display.count(changes),
                    note: terms.map { "last term \($0)" }))
        }
        return facts
    }

    static func shares(_ figures: RunFigures) -> [Share] {
        let total = figures.operations.count
        return [("ok", figures.ok), ("fail", figures.fail), ("info", figures.info)].map {
            name, count in
            let share = total == 0 ? 0 : Double(count) * 100 / Double(total)
            // What exists is seen, however little it is.
            let width = count == 0 ? 0 : max(share, 0.4)
            let percent =
                count > 0 && share < 0.01
                ? "< 0.01" : Display.decimal(share, places: share < 1 ? 2 : 1)
            return Share(
                outcome: name, count: Display.count(count), percent: percent,
                width: Display.decimal(width, places: 2))
        }
    }
}

internal import HistoryModel

/// The first event in which two records of what should be one run differ.
struct RunDifference: CustomStringConvertible {
    let description: String

    /// Compares two records; nil if all their events, traces and faults are equal.
    init?(_ recorded: RunRecord, _ replayed: RunRecord) {
        let differences = [
            Self.first("event", recorded.history.events, replayed.history.events, time: \.time),
            Self.first("trace event", recorded.traces, replayed.traces, time: \.time),
            Self.first("fault", recorded.faults, replayed.faults, time: \.start),
        ]
        guard let earliest = differences.compactMap(\.self).min(by: { $0.time < $1.time }) else {
            return nil
        }
        description = earliest.text
    }

    private static func first<Element: Equatable, Time: Comparable>(
        _ what: String, _ recorded: [Element], _ replayed: [Element],
        time: (Element) -> Time
    ) -> (time: Time, text: String)? {
        for (place, pair) in zip(recorded, replayed).enumerated() where pair.0 != pair.1 {
            return (
                min(time(pair.0), time(pair.1)),
                "the first difference is \(what) \(place):\n  recorded \(pair.0)\n"
                    + "  replayed \(pair.1)"
            )
        }
        let longer = recorded.count > replayed.count ? recorded : replayed
        let common = min(recorded.count, replayed.count)
        guard longer.count > common else { return nil }
        return (
            time(longer[common]),
            "the first difference is \(what) \(common), which only the "
                + "\(recorded.count > replayed.count ? "recorded" : "replayed") run has:\n"
                + "  \(longer[common])"
        )
    }
}

public import Vocabulary

/// The faults of a run in the order of their start.
///
/// In real runs faults never overlap: one that is still under way delays the next.
public struct FaultSchedule: Hashable, Sendable {
    /// The faults in order.
    public var faults: [PlannedFault]

    /// Makes a schedule of these faults.
    public init(faults: [PlannedFault] = []) { self.faults = faults }

    /// The faults split into as few schedules as there can be without overlaps in any of them.
    public var lanes: [FaultSchedule] {
        var lanes: [FaultSchedule] = []
        for fault in faults.sorted(by: { ($0.start, $0.id) < ($1.start, $1.id) }) {
            let free = lanes.firstIndex { lane in
                lane.faults.last.map { $0.start + $0.duration <= fault.start } ?? true
            }
            if let free {
                lanes[free].faults.append(fault)
            } else {
                lanes.append(FaultSchedule(faults: [fault]))
            }
        }
        return lanes
    }

    /// Draws a schedule like a shuffled bag: each kind once before any comes again.
    ///
    /// The time is cut into equal slots of 3.5 to 8 seconds, so that a run of 60 seconds has room
    /// for every ordinary kind. A fault lasts a bit more than half of its slot; the rest
    /// is for recovery and for the figures of the fault-free parts.
    /// - Parameters:
    ///   - kinds: What may be drawn; kinds that do nothing in so small a cluster are left out.
    ///   - nodes: The cluster.
    ///   - length: The length of the load; no fault lasts beyond it.
    ///   - random: The stream that all choices come from.
    /// - Returns: the schedule; empty if there is no room for a single fault.
    public static func drawn(
        kinds: [FaultKind], nodes: [NodeID], length: Nanoseconds,
        random: inout RandomStream
    ) -> FaultSchedule {
        let usable = kinds.filter { $0.nodesMin <= nodes.count }
        let leadIn = min(2_000_000_000, length / 8)
        guard !usable.isEmpty, length > 0 else { return FaultSchedule() }
        let room = length - leadIn
        let slot = min(max(room / Nanoseconds(usable.count), slotMin), slotMax)
        let count = max(1, Int(room / slot))
        let width = min(slot, room)

        var bag: [FaultKind] = []
        var faults: [PlannedFault] = []
        for position in 0..<count {
            if bag.isEmpty { bag = usable.shuffled(using: &random) }
            let begin = leadIn + Nanoseconds(position) * width
            let jitter = Nanoseconds.random(in: 0...(width / 10), using: &random)
            let duration = width * Nanoseconds.random(in: 50...65, using: &random) / 100
            var fault = PlannedFault(
                id: position + 1, kind: bag.removeLast(),
                start: Instant.zero + wholeMilliseconds(begin + jitter),
                duration: wholeMilliseconds(duration),
                order: nodes.shuffled(using: &random),
                heal: Bool.random(using: &random) ? .resume : .reset,
                mutes: Bool.random(using: &random))
            fault.drawStrength(random: &random)
            faults.append(fault)
        }
        return FaultSchedule(faults: faults)
    }

    /// Schedules are written down and read by people.
    private static func wholeMilliseconds(_ length: Nanoseconds) -> Nanoseconds {
        length / 1_000_000 * 1_000_000
    }

    private static let slotMin: Nanoseconds = 3_500_000_000
    private static let slotMax: Nanoseconds = 8_000_000_000
}

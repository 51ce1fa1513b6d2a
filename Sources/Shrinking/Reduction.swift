internal import Faults
internal import Vocabulary
internal import Workloads

/// One way to make a scenario smaller or simpler.
///
/// Each of them goes in one direction only, so that trying them over and over comes to an end.
enum Reduction: Hashable, Sendable {
    case nodes(Int)
    case end(eighths: Int64)
    case beginning(eighths: Int64)
    case renumberThreads
    case trimThreads
    case mergeThread(place: Int)
    case closeAllGaps
    case closeGap(Int)
    case halveGap(Int)
    case halveDuration(fault: Int)
    case plainFaults
    case resume(fault: Int)
    case unmute(fault: Int)
    case beginAtStart(fault: Int)
    case kind(fault: Int, FaultKind)
    case calm(Simplification?)

    /// Whether it can be tried again after it has succeeded.
    var repeats: Bool {
        switch self {
        case .end, .beginning, .halveGap, .halveDuration: true
        default: false
        }
    }

    /// All reductions of a pass, the ones that promise most first.
    static func all(_ pass: ShrinkingPass, of scenario: RunConfiguration) -> [Reduction] {
        let faults = Array(scenario.scheduledFaults.indices)
        switch pass {
        case .faults, .keys, .operations: return []
        case .end: return [4, 6, 7].map { .end(eighths: $0) }
        case .beginning: return [7, 6, 4, 2, 1].map { .beginning(eighths: $0) }
        case .nodes: return sizes(below: scenario.nodes).map { .nodes($0) }
        case .threads:
            let places = scenario.usedThreads.indices.dropFirst().reversed().prefix(mergesMax)
            return [.renumberThreads, .trimThreads] + places.map { .mergeThread(place: $0) }
        case .time:
            let gaps = scenario.gaps
            let long = gaps.indices.filter { gaps[$0].length >= Scenario.shortGap }
            return [.closeAllGaps] + long.reversed().flatMap { [.closeGap($0), .halveGap($0)] }
        case .details:
            let perFault = faults.flatMap { index -> [Reduction] in
                scenario.scheduledFaults[index].kind.simplifications.map { .kind(fault: index, $0) }
                    + [
                        .halveDuration(fault: index), .resume(fault: index),
                        .unmute(fault: index), .beginAtStart(fault: index),
                    ]
            }
            return [.plainFaults] + perFault
        case .world: return [.calm(nil)] + Simplification.allCases.map { .calm($0) }
        }
    }

    /// How many threads a pass tries to do without; more than that is a crowd anyway.
    private static let mergesMax = 20

    /// Sizes of clusters, small and odd ones first: an even one tolerates no more than the odd one
    /// below it.
    private static func sizes(below nodes: Int) -> [Int] {
        var sizes: [Int] = []
        for size in [1, 3, 5, 7, nodes / 2 | 1, nodes - 2, nodes - 1]
        where size >= 1 && size < nodes && !sizes.contains(size) {
            sizes.append(size)
        }
        return sizes
    }

    /// The scenario after this reduction; nil if that changes nothing.
    func applied(to scenario: RunConfiguration) -> RunConfiguration? {
        var reduced = scenario
        switch self {
        case .nodes(let count): reduced = scenario.withNodes(count)
        case .end(let eighths): reduced.end(at: wholeMilliseconds(scenario.timeLimit / 8 * eighths))
        case .beginning(let eighths):
            reduced.begin(at: wholeMilliseconds(scenario.timeLimit / 8 * eighths))
        case .renumberThreads: reduced.renumberThreads()
        case .trimThreads: reduced.trimThreads()
        case .mergeThread(let place): reduced.mergeThread(place)
        case .closeAllGaps:
            for gap in scenario.gaps.reversed() { reduced.cut(gap, to: Scenario.shortGap) }
        case .closeGap(let index): reduced.cutGap(index) { _ in Scenario.leastGap }
        case .halveGap(let index):
            reduced.cutGap(index) { $0 < Scenario.shortGap ? $0 : wholeMilliseconds($0 / 2) }
        case .halveDuration(let index):
            reduced.changeFault(index) { fault in
                guard fault.duration >= Scenario.shortGap else { return }
                fault.duration = wholeMilliseconds(fault.duration / 2)
            }
        case .plainFaults:
            for index in scenario.scheduledFaults.indices {
                reduced.changeFault(index) {
                    ($0.heal, $0.mutes, $0.afterElection) = (.resume, false, nil)
                }
            }
        case .resume(let index): reduced.changeFault(index) { $0.heal = .resume }
        case .unmute(let index): reduced.changeFault(index) { $0.mutes = false }
        case .beginAtStart(let index): reduced.changeFault(index) { $0.afterElection = nil }
        case .kind(let index, let kind): reduced.simplifyFault(index, to: kind)
        case .calm(let calm):
            for calm in calm.map({ [$0] }) ?? Simplification.allCases { calm.apply(to: &reduced) }
        }
        return reduced == scenario ? nil : reduced
    }

    private func wholeMilliseconds(_ length: Nanoseconds) -> Nanoseconds {
        length / 1_000_000 * 1_000_000
    }
}

/// Lengths of time that matter to shrinking.
enum Scenario {
    /// A gap that is not worth a try.
    static let shortGap: Nanoseconds = 50_000_000
    /// What is left of a gap that is closed.
    static let leastGap: Nanoseconds = 1_000_000
}

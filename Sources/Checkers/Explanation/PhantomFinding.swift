import HistoryModel

/// Shows that an operation found something that nobody can have brought by then.
///
/// It takes no search, whatever else was done and however often values came back: one operation
/// proves it.
struct PhantomFinding {
    /// A word for what it finds.
    static let violationKind = "phantom-value"

    /// Finds the first operation that found what was not there.
    ///
    /// - Parameters:
    ///   - subhistory: The operations, all of which must be understood.
    ///   - initial: What was there at first.
    ///   - found: What an operation of known outcome found.
    ///   - brought: What an operation brings if it takes effect.
    ///   - describe: What it is called.
    /// - Returns: The proof; nil if there is none.
    /// - Complexity: O(n log n) in what was found and brought.
    static func first<Thing: Hashable>(
        in subhistory: Subhistory, initial: Set<Thing>, found: (Operation) -> [Thing],
        brought: (Operation) -> [Thing], describe: @escaping (Thing) -> String
    ) -> MonitorFinding? {
        let own = subhistory.own
        var begun: [Thing: Int] = [:]
        for operation in own where operation.outcome != .fail {
            for thing in brought(operation) where begun[thing] == nil {
                begun[thing] = operation.call
            }
        }
        var first: (end: Int, finder: Int, thing: Thing)?
        for (place, operation) in own.enumerated() where operation.outcome == .ok {
            let end = operation.return ?? .max
            guard end < first?.end ?? .max else { continue }
            let phantom = found(operation).first {
                begun[$0] ?? .max > end && !initial.contains($0)
            }
            if let phantom { first = (end, place, phantom) }
        }
        guard let (end, finder, thing) = first else { return nil }
        let bringers = own.indices.filter { brought(own[$0]).contains(thing) }
        let later = bringers.first { own[$0].outcome != .fail }
        let refused = bringers.last { own[$0].outcome == .fail && own[$0].call < end }
        return tell(
            subhistory.members[finder], describe(thing),
            later: later.map { subhistory.members[$0] },
            refused: refused.map { subhistory.members[$0] })
    }

    private static func tell(
        _ finder: Int32, _ thing: String, later: Int32?, refused: Int32?
    ) -> MonitorFinding {
        MonitorFinding(members: [finder] + [later, refused].compactMap { $0 }) {
            participants, place in
            let at = place(finder)
            var steps = [
                "\(participants.label(at)) was under way from event \(participants.call(at)) to event "
                    + "\(participants.return(at))."
            ]
            if let refused {
                steps.append(
                    "\(participants.name(place(refused))) was reported as failed, so it brought nothing."
                )
            }
            steps.append(
                later.map {
                    "\(participants.name(place($0))) was called only afterwards (event "
                        + "\(participants.call(place($0)))), and nobody brought it before."
                }
                    ?? "Nobody else who succeeded, or whose outcome is unknown, brings it.")
            return Explanation(
                summary: "\(participants.name(at)) found \(thing), which nobody "
                    + (later == nil ? "ever brought." : "had begun to bring."),
                steps: steps)
        }
    }
}

/// Looks for a finding that needs no search, and goes on with another inquiry if there is none.
struct PhantomProcedure: DecisionProcedure {
    let method = KeyResult.Method.monitor
    let violationKind: String? = PhantomFinding.violationKind
    let steps = 0
    let concurrency = 0
    let returnsDone = 0
    private let subhistory: Subhistory
    private let find: @Sendable (Subhistory) -> MonitorFinding?
    private let next: any DecisionProcedure

    init(
        _ subhistory: Subhistory, _ find: @escaping @Sendable (Subhistory) -> MonitorFinding?,
        else next: any DecisionProcedure
    ) {
        self.subhistory = subhistory
        self.find = find
        self.next = next
    }

    var judged: Int { subhistory.members.count }

    mutating func advance(steps: Int) -> DecisionFinding? {
        guard subhistory.method != .search, let finding = find(subhistory) else {
            return .passedOn(next)
        }
        return .invalid(finding.counterexample(of: subhistory))
    }
}

import HistoryModel

/// Tells what is wrong with a lock that only its holder may release.
///
/// Knows of each acquisition which release ended it: the next of the same process.
struct LockTrail {
    /// What can be wrong; the numbers say where the operations stand in the list that they were
    /// taken from.
    enum Violation {
        /// The second acquisition returned before the release of the first was called; nil stands
        /// for a release that was never called.
        case heldByTwo(Tenure, Tenure)
        /// A process released the lock that had not acquired it since it released it last.
        case notHeld(release: Int32, before: Tenure?)
        /// The second acquisition got no larger token than the first.
        case tokenFell(Tenure, Tenure)

        /// A word that groups violations alike.
        var kind: String {
            switch self {
            case .heldByTwo: "two-holders"
            case .notHeld: "release-not-held"
            case .tokenFell: "stale-token"
            }
        }
    }

    /// An acquisition and the release that ended it.
    struct Tenure {
        var acquisition: Int32
        var release: Int32?

        var members: [Int32] { [acquisition] + (release.map { [$0] } ?? []) }
    }

    private struct Step {
        var source: Int32
        var process: ValueCode
        var isAcquisition: Bool
        var token: Int64?
        var call: Int
        var `return`: Int
    }

    /// The operations in the order of their calls.
    private var steps: [Step] = []

    /// Takes the operations on one lock.
    init(_ members: [Int32], of list: OperationList) {
        let verbs = list.functions.map { RegisterReading.lock.verbs[$0] }
        list.forEach(at: members) { member, operation in
            guard operation.outcome != .fail else { return true }
            var step = Step(
                source: member, process: operation.process,
                isAcquisition: verbs[Int(operation.function)] == .acquire,
                call: Int(operation.call), return: operation.knownReturn)
            if case .integer(let token) = list.pool.value(of: operation.output) {
                step.token = token
            }
            steps.append(step)
            return true
        }
    }

    /// What the event is about at which a stream has found that there is no order.
    func violation(at event: Int, isFenced: Bool) -> Violation? {
        guard let last = steps.indices.first(where: { steps[$0].return == event }) else {
            return nil
        }
        guard steps[last].isAcquisition else {
            let earlier = steps[..<last].lastIndex {
                $0.process == steps[last].process && $0.isAcquisition && $0.return < event
            }
            return .notHeld(
                release: steps[last].source, before: earlier.map { tenure($0, excluding: last) })
        }
        let holder = steps.indices.filter {
            steps[$0].isAcquisition && steps[$0].return < event
        }.max { steps[$0].return < steps[$1].return }
        guard let holder else { return nil }
        let (first, second) = (tenure(holder), tenure(last))
        let release = steps.first { $0.source == first.release }
        guard let release, release.call < event else { return .heldByTwo(first, second) }
        return isFenced ? .tokenFell(first, second) : nil
    }

    private func tenure(_ acquisition: Int, excluding other: Int? = nil) -> Tenure {
        let release = steps.indices.first {
            $0 > acquisition && $0 != other && !steps[$0].isAcquisition
                && steps[$0].process == steps[acquisition].process
        }
        return Tenure(
            acquisition: steps[acquisition].source, release: release.map { steps[$0].source })
    }

    /// The operations that prove a violation, and the story.
    func finding(for violation: Violation) -> MonitorFinding {
        switch violation {
        case .heldByTwo(let first, let second): heldByTwo(first, second)
        case .notHeld(let release, let before): notHeld(release, before)
        case .tokenFell(let first, let second): tokenFell(first, second)
        }
    }

    private func heldByTwo(_ first: Tenure, _ second: Tenure) -> MonitorFinding {
        MonitorFinding(members: [first.acquisition, second.acquisition]) { participants, place in
            let (a, b) = (place(first.acquisition), place(second.acquisition))
            let holder = participants.originals[a].process.rawValue
            return Explanation(
                summary:
                    "\(participants.list([a, b])) both acquired the lock, and neither had begun to "
                    + "release it when both had it.",
                steps: [
                    "\(participants.name(a)) had the lock when it returned (event \(participants.return(a))).",
                    "\(participants.name(b)) had the lock when it returned (event \(participants.return(b))); "
                        + "process \(holder) had not begun to release it by then.",
                    "So at event \(participants.return(b)) both held it.",
                ])
        }
    }

    private func notHeld(_ release: Int32, _ before: Tenure?) -> MonitorFinding {
        MonitorFinding(members: [release] + (before?.members ?? [])) { participants, place in
            let name = participants.name(place(release))
            let process = participants.originals[place(release)].process.rawValue
            guard let before, let ended = before.release else {
                return Explanation(
                    summary: "\(name) released the lock, which process \(process) never had.",
                    steps: ["No acquisition by process \(process) came before it."])
            }
            let (a, b) = (place(before.acquisition), place(ended))
            return Explanation(
                summary: "\(name) released the lock, which process \(process) had released before.",
                steps: [
                    "\(participants.name(a)) was the last acquisition by process \(process) before it.",
                    "\(participants.label(b)) released that: \(participants.returnedBefore(b, place(release))).",
                ])
        }
    }

    private func tokenFell(_ first: Tenure, _ second: Tenure) -> MonitorFinding {
        MonitorFinding(members: first.members + [second.acquisition]) { participants, place in
            let (a, b) = (place(first.acquisition), place(second.acquisition))
            var steps = [
                "\(participants.label(a)) had the lock when it returned (event \(participants.return(a))), and "
                    + "\(participants.label(b)) when it returned later (event \(participants.return(b)))."
            ]
            if let release = first.release.map(place) {
                steps.append(
                    "\(participants.label(release)) may have released it in between, but nobody can have "
                        + "released the lock of \(participants.label(b)) before that returned; so "
                        + "\(participants.label(a)) came first.")
            }
            steps.append(
                "Each acquisition has to return a larger token than all before, but "
                    + "\(participants.label(a)) got \(participants.originals[a].output) and \(participants.label(b)) "
                    + "\(participants.originals[b].output).")
            return Explanation(
                summary:
                    "\(participants.name(b)) got no larger token than \(participants.name(a)), which had the "
                    + "lock before.", steps: steps,
                precedences: [
                    participants.precedence(
                        a, b,
                        because:
                            "the process of \(participants.label(b)) did not begin to release the lock "
                            + "before \(participants.label(a)) returned (event \(participants.return(a)))"
                    ),
                    participants.precedence(b, a, because: "it got the smaller token"),
                ])
        }
    }
}

import HistoryModel

/// Decides about a text that is appended to: by the monitor of registers where what was got tells
/// every step, else by search.
struct TextProcedure: DecisionProcedure {
    let method = KeyResult.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let subhistory: Subhistory
    private var register: RegisterHistory?
    private(set) var violationKind: String?

    init(_ subhistory: Subhistory) { self.subhistory = subhistory }

    var judged: Int { register?.operations.count ?? 0 }
    var concurrency: Int { register?.concurrency ?? 0 }

    mutating func advance(steps: Int) -> DecisionFinding? {
        guard subhistory.method != .search, let history = TextHistory(subhistory),
            var monitor = ZoneMonitor(history.register)
        else {
            return .passedOn(
                subhistory.method == .search
                    ? search : PhantomProcedure(subhistory, phantom, else: search))
        }
        register = history.register
        if let conflict = history.conflict { return found(conflict) }
        guard let violation = monitor.violation() else { return .valid }
        violationKind = violation.kind(among: history.register.operations)
        if case .neverWritten(let read) = violation {
            let strange = StrangeText(
                history.register.operations[read].source, history.words, subhistory)
            return .invalid(strange.finding.counterexample(of: subhistory))
        }
        var maker = CounterexampleMaker(
            history.register, of: subhistory.operations, key: subhistory.key, noun: "key",
            budget: subhistory.budget)
        let outcome = maker.make(from: violation)
        guard case .confirmed(let counterexample) = outcome else { return outcome.finding }
        return .invalid(substantiated(counterexample, by: history))
    }

    /// With the gets that tell what the appends that take part were done behind.
    private func substantiated(
        _ counterexample: Counterexample, by history: TextHistory
    ) -> Counterexample {
        var counterexample = counterexample
        let list = subhistory.operations
        let calls = Set(counterexample.participants.map(\.call))
        let members = subhistory.members.filter { calls.contains(list[Int($0)].call) }
        let witnesses = history.witnesses(for: members, of: list)
        let reads = Set(witnesses.map(\.read)).sorted()
        let participants = Participants((members + reads).map { list[Int($0)] })
        counterexample.participants += participants.all.dropFirst(members.count)
        for witness in witnesses {
            guard let place = members.firstIndex(of: witness.append),
                let reader = reads.firstIndex(of: witness.read)
            else { continue }
            counterexample.steps.insert(
                "\(participants.label(place)) appended to \(witness.text), as "
                    + "\(participants.name(members.count + reader)) shows.", at: 0)
        }
        return counterexample
    }

    /// A word was found in two places.
    private mutating func found(_ conflict: TextHistory.Conflict) -> DecisionFinding {
        let isOneRead = conflict.first == conflict.second
        violationKind = isOneRead ? "duplicate" : "divergence"
        let finding = MonitorFinding(
            members: [conflict.append, conflict.first, conflict.second]
        ) { participants, place in
            let append = participants.name(place(conflict.append))
            let (one, other) = (
                participants.label(place(conflict.first)),
                participants.label(place(conflict.second))
            )
            return Explanation(
                summary: isOneRead
                    ? "\(one) found what \(append) appended twice."
                    : "\(one) and \(other) found what \(append) appended in different places.",
                steps: [
                    "It was appended once, and no other word is like it or begins with it.",
                    "What stands before a word never changes, until all is put anew.",
                ])
        }
        return .invalid(finding.counterexample(of: subhistory))
    }

    /// How many bytes may be compared to find a text that nobody can have made: a second or less.
    static let composingEffortMax = 5_000_000

    /// A get of a text that can't be made of what had begun to be put and appended by then.
    private func phantom(in subhistory: Subhistory) -> MonitorFinding? {
        let list = subhistory.operations
        let isKnown = subhistory.members.allSatisfy {
            list[Int($0)].outcome == .fail || list[Int($0)].isOnText
        }
        guard isKnown else { return nil }
        var composer = TextComposer(subhistory, effort: Self.composingEffortMax)
        let gets = subhistory.members.filter {
            list[Int($0)].outcome == .ok && !list[Int($0)].writes
        }.sorted { list[Int($0)].return ?? .max < list[Int($1)].return ?? .max }
        let first = gets.first { member in
            guard let text = TextState(list[Int(member)].output).bytes else { return false }
            return composer.canMake(text, before: list[Int(member)].return ?? .max) == false
        }
        return first.map { get in
            MonitorFinding(members: [get]) { participants, place in
                Explanation(
                    summary:
                        "\(participants.name(place(get))) found a text that nobody can have made.",
                    steps: [
                        "When it returned (event \(participants.return(place(get)))), nothing that had begun to "
                            + "be put and appended makes that text, in any order and however often."
                    ])
            }
        }
    }

    private var search: any DecisionProcedure {
        let (own, initial) = (subhistory.own, subhistory.initial)
        let search = ModelProcedure(
            subhistory, model: TextModel(own, initial: initial),
            explainedBy: TextModel(own, initial: initial, tellsAllApart: true))
        // Only what is appended to can become something that is not known.
        let strange = own.first {
            $0.writes && $0.outcome != .fail && TextState($0.input).bytes == nil
        }
        guard let strange else { return search }
        return LenientProcedure(
            search,
            because:
                "\(strange.input) (event \(strange.call)) is no text, and it is not known what it "
                + "becomes when something is appended to it, or it to something")
    }
}

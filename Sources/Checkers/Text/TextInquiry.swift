import HistoryModel

/// Decides about a text that is appended to: by the monitor of registers where what was got tells
/// every step, else by search.
struct TextInquiry: KeyInquiry {
    let method = KeyConclusion.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let keyCase: KeyCase
    private var register: RegisterHistory?
    private(set) var violationKind: String?

    init(_ keyCase: KeyCase) { self.keyCase = keyCase }

    var judged: Int { register?.operations.count ?? 0 }
    var concurrency: Int { register?.concurrency ?? 0 }

    mutating func advance(steps: Int) -> KeyFinding? {
        guard keyCase.method != .search, let history = TextHistory(keyCase),
            var monitor = BlockMonitor(history.register)
        else {
            return .passedOn(
                keyCase.method == .search ? search : PhantomInquiry(keyCase, phantom, else: search))
        }
        register = history.register
        if let conflict = history.conflict { return found(conflict) }
        guard let violation = monitor.violation() else { return .valid }
        violationKind = violation.kind(among: history.register.operations)
        if case .neverWritten(let read) = violation {
            let strange = StrangeText(
                history.register.operations[read].source, history.words, keyCase)
            return .invalid(strange.finding.counterexample(of: keyCase))
        }
        var maker = CounterexampleMaker(
            history.register, of: keyCase.operations, key: keyCase.key, noun: "key",
            budget: keyCase.budget)
        let outcome = maker.make(from: violation)
        guard case .confirmed(let counterexample) = outcome else { return outcome.finding }
        return .invalid(substantiated(counterexample, by: history))
    }

    /// With the gets that tell what the appends that take part were done behind.
    private func substantiated(
        _ counterexample: Counterexample, by history: TextHistory
    ) -> Counterexample {
        var counterexample = counterexample
        let list = keyCase.operations
        let calls = Set(counterexample.participants.map(\.call))
        let members = keyCase.members.filter { calls.contains(list[Int($0)].call) }
        let witnesses = history.witnesses(for: members, of: list)
        let reads = Set(witnesses.map(\.read)).sorted()
        let cast = Cast((members + reads).map { list[Int($0)] })
        counterexample.participants += cast.participants.dropFirst(members.count)
        for witness in witnesses {
            guard let place = members.firstIndex(of: witness.append),
                let reader = reads.firstIndex(of: witness.read)
            else { continue }
            counterexample.steps.insert(
                "\(cast.label(place)) appended to \(witness.text), as "
                    + "\(cast.name(members.count + reader)) shows.", at: 0)
        }
        return counterexample
    }

    /// A word was found in two places.
    private mutating func found(_ conflict: TextHistory.Conflict) -> KeyFinding {
        let isOneRead = conflict.first == conflict.second
        violationKind = isOneRead ? "duplicate" : "divergence"
        let finding = MonitorFinding(
            members: [conflict.append, conflict.first, conflict.second]
        ) { cast, place in
            let append = cast.name(place(conflict.append))
            let (one, other) = (
                cast.label(place(conflict.first)), cast.label(place(conflict.second))
            )
            return Story(
                summary: isOneRead
                    ? "\(one) found what \(append) appended twice."
                    : "\(one) and \(other) found what \(append) appended in different places.",
                steps: [
                    "It was appended once, and no other word is like it or begins with it.",
                    "What stands before a word never changes, until all is put anew.",
                ])
        }
        return .invalid(finding.counterexample(of: keyCase))
    }

    /// How many bytes may be compared to find a text that nobody can have made: a second or less.
    static let composingEffortMax = 5_000_000

    /// A get of a text that can't be made of what had begun to be put and appended by then.
    private func phantom(in keyCase: KeyCase) -> MonitorFinding? {
        let list = keyCase.operations
        let isKnown = keyCase.members.allSatisfy {
            list[Int($0)].outcome == .fail || list[Int($0)].isOnText
        }
        guard isKnown else { return nil }
        var composer = TextComposer(keyCase, effort: Self.composingEffortMax)
        let gets = keyCase.members.filter {
            list[Int($0)].outcome == .ok && !list[Int($0)].writes
        }.sorted { list[Int($0)].return ?? .max < list[Int($1)].return ?? .max }
        let first = gets.first { member in
            guard let text = TextState(list[Int(member)].output).bytes else { return false }
            return composer.canMake(text, before: list[Int(member)].return ?? .max) == false
        }
        return first.map { get in
            MonitorFinding(members: [get]) { cast, place in
                Story(
                    summary: "\(cast.name(place(get))) found a text that nobody can have made.",
                    steps: [
                        "When it returned (event \(cast.return(place(get)))), nothing that had begun to "
                            + "be put and appended makes that text, in any order and however often."
                    ])
            }
        }
    }

    private var search: any KeyInquiry {
        let (own, initial) = (keyCase.own, keyCase.initial)
        let search = ModelInquiry(
            keyCase, model: TextModel(own, initial: initial),
            explainedBy: TextModel(own, initial: initial, tellsAllApart: true))
        // Only what is appended to can become something that is not known.
        let strange = own.first {
            $0.writes && $0.outcome != .fail && TextState($0.input).bytes == nil
        }
        guard let strange else { return search }
        return LenientInquiry(
            search,
            because:
                "\(strange.input) (event \(strange.call)) is no text, and it is not known what it "
                + "becomes when something is appended to it, or it to something")
    }
}

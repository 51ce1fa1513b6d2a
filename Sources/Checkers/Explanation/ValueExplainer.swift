import HistoryModel

/// Tells why operations can't be put in order, where every value was written once.
struct ValueExplainer {
    let witnesses: Witnesses
    private let operations: [RegisterOperation]
    private let paths: ZonePaths

    init(_ witnesses: Witnesses) {
        self.witnesses = witnesses
        operations = witnesses.history.operations
        paths = ZonePaths(witnesses.history)
    }

    /// The story of a violation that the monitor found in these very operations.
    func explanation(of violation: RegisterViolation) -> Explanation? {
        var explanation = bareExplanation(of: violation)
        explanation?.steps.insert(contentsOf: operations.indices.compactMap(certainty), at: 0)
        return explanation
    }

    /// Why an operation of unknown outcome must have happened.
    private func certainty(_ index: Int) -> String? {
        guard let observer = paths.proof(thatHappened: index).first else { return nil }
        let doubt =
            witnesses.isIndeterminate(index)
            ? "The outcome of \(witnesses.name(index)) is not known, but it took effect"
            : "\(witnesses.name(index)) returned only later, but had taken effect by event "
                + "\(deadline(of: index))"
        return doubt + ": only it "
            + "brought \(witnesses.value(operations[index].after)), which "
            + "\(witnesses.name(observer)) found."
    }

    /// When an operation must have taken effect: when it returned, or when somebody of known outcome
    /// did who depends on it.
    private func deadline(of index: Int) -> Int {
        witnesses.return(paths.proof(thatHappened: index).last ?? index)
    }

    private func bareExplanation(of violation: RegisterViolation) -> Explanation? {
        switch violation {
        case .neverWritten(let observer): neverWritten(observer)
        case .takenTwice(let first, let second): takenTwice(first, second)
        case .feedingEachOther(let member): feedingEachOther(member)
        case .tooLate(let earlier, let later): tooLate(earlier, later)
        case .crossed(let one, let other): crossed(one, other)
        case .unanswerable: nil
        }
    }

    private func neverWritten(_ observer: Int) -> Explanation {
        let number = operations[observer].before
        let subject = "\(witnesses.label(observer)) \(witnesses.pastAction(observer))"
        var steps = [
            "\(witnesses.name(observer)) found \(witnesses.value(number)) "
                + "between event \(witnesses.call(observer)) and event \(deadline(of: observer))."
        ]
        if let refused = witnesses.background.refused {
            steps.append(witnesses.refusal(of: refused))
        }
        if let later = witnesses.background.later {
            steps.append(
                "\(witnesses.name(of: later)) was called only afterwards (event \(later.call)).")
            return Explanation(
                summary: "\(subject) before anybody had begun to \(witnesses.bringing(number)).",
                steps: steps)
        }
        steps.append(
            "No attempt to \(witnesses.bringing(number)) succeeded, and none was left with an unknown "
                + "outcome.")
        return Explanation(
            summary: "\(subject), but nobody ever \(witnesses.bringing(number, past: true)).",
            steps: steps)
    }

    private func takenTwice(_ first: Int, _ second: Int) -> Explanation {
        let number = operations[first].before
        let value = witnesses.value(number)
        let pair = witnesses.list([first, second])
        let origin =
            paths.producer(of: number).map { "only \(witnesses.name($0)) brought it" }
            ?? "it is the initial value and was never written"
        return Explanation(
            summary: "\(pair) both replaced \(value), which was there only once.",
            steps: [
                "\(value) was there only once: \(origin).",
                "\(witnesses.label(first)) \(witnesses.pastAction(first)): after it, \(value) is gone.",
                "\(witnesses.label(second)) \(witnesses.pastAction(second)): after it, \(value) is gone "
                    + "as well.",
                "Whichever of them came second can't have found \(value).",
            ])
    }

    private func feedingEachOther(_ member: Int) -> Explanation {
        let circle = paths.ancestry(of: member)
        let precedences = circle.indices.map { place in
            let later = circle[place]
            let earlier = circle[(place + 1) % circle.count]
            let value = witnesses.value(operations[later].before)
            return witnesses.precedence(
                earlier, later,
                because: "\(witnesses.label(later)) expects \(value), which only "
                    + "\(witnesses.label(earlier)) brought")
        }
        return Explanation(
            summary: "\(witnesses.list(circle)) each need a value that only another of them "
                + "brought.",
            steps: precedences.map(\.sentence) + ["So none of them can have been the first."],
            precedences: precedences)
    }

    private func tooLate(_ earlier: Int, _ later: Int) -> Explanation {
        let path = paths.path(from: earlier, to: later)
        var precedences = zip(path, path.dropFirst()).map { byValue($0, $1) }
        precedences.append(witnesses.realTime(later, earlier))
        let early = "\(witnesses.label(earlier)) \(witnesses.pastAction(earlier))"
        let late = "\(witnesses.label(later)) \(witnesses.pastAction(later))"
        let summary =
            if operations[earlier].kind == .read, path.count == 2 {
                "\(early), but before it was called \(late)."
            } else if path.count == 2 {
                "\(late), but only afterwards \(early)."
            } else {
                "\(late), but had returned before \(early), which has to come first."
            }
        return Explanation(
            summary: summary,
            steps: precedences.map(\.sentence) + ["Both can't be: this is a circle."],
            precedences: precedences)
    }

    /// Why, on one chain, an operation comes right before another.
    private func byValue(_ earlier: Int, _ later: Int) -> Counterexample.Precedence {
        let early = witnesses.label(earlier)
        let late = witnesses.label(later)
        let value = witnesses.value(operations[later].before)
        let because =
            operations[earlier].mutates
            ? "\(late) \(witnesses.pastAction(later)), and only \(early) brought \(value)"
            : "\(early) \(witnesses.pastAction(earlier)), and \(late) replaced it for good"
        return witnesses.precedence(earlier, later, because: because)
    }

    private func crossed(
        _ one: RegisterViolation.Zone, _ other: RegisterViolation.Zone
    ) -> Explanation? {
        // The block that began first is the older one: it is older than what came in between.
        let (old, new) = one.firstReturn < other.firstReturn ? (one, other) : (other, one)
        guard let oldLast = old.last, let newFirst = new.first, let newLast = new.last else {
            return nil
        }
        let oldValues = values(of: oldLast, old.first)
        let newValues = values(of: newLast, newFirst)
        let because: String
        var precedences: [Counterexample.Precedence] = []
        if let oldFirst = old.first {
            because = witnesses.returnedBefore(oldFirst, newLast)
            precedences.append(witnesses.realTime(oldFirst, newLast))
        } else {
            let initial = witnesses.value(RegisterHistory.initialValue)
            because = "\(initial) was there at the start and was never written again"
        }
        precedences.append(
            witnesses.precedence(
                oldLast, newFirst,
                because: "all on \(oldValues) comes before all on \(newValues): \(because)"))
        precedences.append(witnesses.realTime(newFirst, oldLast))
        let oldLabel = witnesses.label(oldLast)
        return Explanation(
            summary: operations[oldLast].kind == .write
                ? "What was done on \(oldValues) and what was done on \(newValues) would each have "
                    + "to come before the other."
                : "\(oldLabel) \(witnesses.pastAction(oldLast)), although \(newValues) had taken the "
                    + "place of \(oldValues) before.",
            steps: [
                "\(membership(of: old)) \(membership(of: new)) Each value came only once, so "
                    + "what was done on \(oldValues) and on \(newValues) can't be mixed.",
                "All on \(oldValues) must come before all on \(newValues) because \(because).",
                "But \(witnesses.label(newFirst)) must come before \(oldLabel) because "
                    + "\(witnesses.returnedBefore(newFirst, oldLast)).",
                "Both can't be: this is a circle.",
            ], precedences: precedences)
    }

    /// The values of the part of a block that two of its operations span.
    private func values(of one: Int, _ other: Int?) -> String {
        var numbers: [Int32] = []
        for index in members(one, other) {
            for number in [operations[index].before, operations[index].after]
            where !numbers.contains(number) {
                numbers.append(number)
            }
        }
        return Witnesses.list(numbers.map(witnesses.value))
    }

    private func members(_ one: Int, _ other: Int?) -> [Int] {
        let members = other.map { paths.connection(one, $0).members } ?? paths.ancestry(of: one)
        return Set(members).sorted()
    }

    private func membership(of zone: RegisterViolation.Zone) -> String {
        guard let last = zone.last else { return "" }
        let members = members(last, zone.first)
        let verb = members.count == 1 ? "is" : "are"
        return "\(witnesses.list(members)) \(verb) on \(values(of: last, zone.first))."
    }
}

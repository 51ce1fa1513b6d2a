import HistoryModel

/// Something that can't have happened to a queue, whatever its order, and the operations that show it.
struct QueueFlaw {
    /// What can be wrong with a value, in the order in which it is told.
    enum Kind: CaseIterable {
        case fromNowhere
        case early
        case tooOften
        case lost

        /// The word that groups alike violations.
        var violation: String {
            switch self {
            case .fromNowhere, .early: "phantom-value"
            case .tooOften: "duplicate"
            case .lost: "lost-value"
            }
        }
    }

    let kind: Kind
    private let account: QueueAccount
    private let entry: QueueAccount.Entry

    fileprivate init(_ kind: Kind, _ entry: QueueAccount.Entry, in account: QueueAccount) {
        self.kind = kind
        self.account = account
        self.entry = entry
    }

    /// What is wrong, in a sentence.
    var reason: String {
        let value = entry.value
        let what =
            switch kind {
            case .fromNowhere: "\(value) came out, but nobody ever enqueued it."
            case .early: earlySummary(entry.early)
            case .tooOften:
                "\(value) came out \(entry.takes.count) times, enqueued \(entry.puts.count)."
            case .lost: "\(value) was enqueued and never came out."
            }
        return account.key.asTopic + what
    }

    /// The operations that prove it, out of all that there are.
    func counterexample(in all: [Operation]) -> Counterexample? {
        switch kind {
        case .fromNowhere: fromNowhere(all)
        case .early: early()
        case .tooOften: tooOften()
        case .lost: lost()
        }
    }

    private var key: Value? { account.key == .null ? nil : account.key }

    private func fromNowhere(_ all: [Operation]) -> Counterexample {
        let failed = all.filter {
            ($0.key ?? .null) == account.key && $0.function == "enqueue" && $0.input == entry.value
        }
        let take = entry.takes[0]
        return Counterexample(of: failed + [take], key: key) { participants, place in
            Explanation(
                summary:
                    "\(participants.label(place(take))) took \(entry.value), which nobody ever enqueued.",
                steps: [
                    "No enqueue of \(entry.value) can have happened.",
                    "\(participants.label(place(take))) took it out.",
                ] + failed.map { "\(participants.name(place($0))) was reported as failed." })
        }
    }

    private func tooOften() -> Counterexample {
        let takes = entry.takes.prefix(entry.puts.count + 1)
        return Counterexample(of: entry.puts + takes, key: key) { participants, place in
            Explanation(
                summary:
                    "\(entry.value) came out \(entry.takes.count) times, but was enqueued only "
                    + "\(Witnesses.times(entry.puts.count)).",
                steps: [
                    "Only \(participants.list(entry.puts.map(place))) enqueued \(entry.value).",
                    "\(participants.list(Set(takes.map(place)).sorted())) took it out.",
                ])
        }
    }

    private func earlySummary(_ early: (place: Int, puts: Int)?) -> String {
        guard let early, early.puts > 0 else {
            return "\(entry.value) came out before anybody enqueued it."
        }
        return "\(entry.value) had come out \(Witnesses.times(early.place + 1)) when only "
            + "\(Witnesses.times(early.puts)) anybody had begun to enqueue it."
    }

    /// Who took a value out, and who enqueued it only later.
    private func early() -> Counterexample? {
        guard let early = entry.early else { return nil }
        let takes = entry.takes.prefix(early.place + 1)
        let puts = entry.puts.prefix(early.puts + 1)
        guard let last = takes.last, let later = puts.last else { return nil }
        return Counterexample(of: Array(takes) + Array(puts), key: key) { participants, place in
            let (taker, putter) = (place(last), place(later))
            let before = puts.dropLast().map(place)
            return Explanation(
                summary: before.isEmpty
                    ? "\(participants.label(taker)) took \(entry.value) before anybody enqueued it."
                    : earlySummary(early),
                steps: [
                    before.isEmpty
                        ? "\(participants.returnedBefore(taker, putter)), and nobody enqueued it before that."
                        : "\(participants.returnedBefore(taker, putter)), and before that only "
                            + "\(participants.list(before)) enqueued \(entry.value).",
                    "By then \(participants.list(Set(takes.map(place)).sorted())) had taken it out.",
                ], precedences: [participants.realTime(taker, putter)])
        }
    }

    /// Who enqueued values that never came out, and who may have taken some of them.
    private func lost() -> Counterexample? {
        let unknown = account.unknownDequeues
        var missing = unknown.count + 1
        var values: [QueueAccount.Entry] = []
        for entry in account.entries where entry.lost > 0 && missing > 0 {
            values.append(entry)
            missing -= entry.lost
        }
        let puts = values.flatMap(\.puts)
        let takes = values.flatMap(\.takes)
        return Counterexample(of: puts + takes + unknown, key: key) { participants, place in
            let names = participants.list(puts.filter { $0.outcome == .ok }.map(place))
            return Explanation(
                summary: takes.isEmpty
                    ? "What \(names) enqueued never came out."
                    : "What \(names) enqueued did not come out as often.",
                steps: [
                    takes.isEmpty
                        ? "\(names) succeeded, and nothing that was taken out is that."
                        : "\(names) succeeded, and only "
                            + "\(participants.list(Set(takes.map(place)).sorted())) took any of that out."
                ]
                    + (unknown.isEmpty
                        ? []
                        : [
                            "Only \(participants.list(unknown.map(place))) had an unknown outcome, and each "
                                + "of them can have taken one value."
                        ]))
        }
    }
}

extension QueueAccount {
    /// What is wrong in one way, value by value.
    func flaws(of kind: QueueFlaw.Kind) -> [QueueFlaw] {
        let concerned = entries.filter { entry in
            switch kind {
            case .fromNowhere: entry.isFromNowhere
            case .early: entry.early != nil
            case .tooOften: entry.isTakenTooOften
            case .lost: entry.lost > 0 && isLossCertain
            }
        }
        return concerned.map { QueueFlaw(kind, $0, in: self) }
    }
}

import HistoryModel

/// Shows by counting that a read of a whole list or set holds too much or too little of an element,
/// also where elements come back.
struct WholeReadCount {
    /// What is wrong with a read.
    private struct Flaw {
        var read: Int32
        var element: Value
        var count: Int
        /// The additions that show it: too few that had begun, or too many that had ended.
        var additions: [Int32]
        var isTooMuch: Bool
    }

    fileprivate struct Entry {
        var time: Int
        var source: Int32
    }

    private struct Record {
        /// In the order of their calls.
        var begun: [Entry] = []
        /// In the order of their returns.
        var ended: [Entry] = []
        var isRemoved = false
        var hasFailed = false
    }

    private let subhistory: Subhistory
    private let kind: AppendListHistory.Kind
    private var records: [Value: Record] = [:]
    private var initial: [Value: Int] = [:]

    /// Nil if there are operations that may have done anything.
    init?(_ subhistory: Subhistory, _ kind: AppendListHistory.Kind) {
        self.subhistory = subhistory
        self.kind = kind
        for element in subhistory.initial?.elements ?? [] { initial[element, default: 0] += 1 }
        for member in subhistory.members {
            let operation = subhistory.operations[Int(member)]
            guard operation.outcome != .fail else {
                if operation.function == kind.addition {
                    records[operation.input, default: Record()].hasFailed = true
                }
                continue
            }
            switch operation.function {
            case kind.addition:
                records[operation.input, default: Record()].begun.append(
                    Entry(time: operation.call, source: member))
                guard operation.outcome == .ok, let end = operation.return else { continue }
                records[operation.input, default: Record()].ended.append(
                    Entry(time: end, source: member))
            case "remove" where !kind.isOrdered:
                records[operation.input, default: Record()].isRemoved = true
            case "contains" where !kind.isOrdered: continue
            case .read:
                guard operation.outcome != .ok || operation.output.isWhole else { return nil }
            default: return nil
            }
        }
        for value in records.keys { records[value]?.ended.sort { $0.time < $1.time } }
    }

    /// The first read that can't be, with a word for what is wrong; nil if none is found.
    ///
    /// - Complexity: O(n log n) for n operations and elements read: only of the read that is returned
    ///   all elements are looked through.
    func finding() -> (finding: MonitorFinding, kind: String)? {
        let reads = subhistory.members.filter {
            let read = subhistory.operations[Int($0)]
            return read.function == .read && read.outcome == .ok && read.return != nil
        }.sorted {
            subhistory.operations[Int($0)].return ?? .max < subhistory.operations[Int($1)].return
                ?? .max
        }
        // What nobody takes out has to be there once the first addition of it has ended.
        let deferred = records.values.filter { !$0.isRemoved }.compactMap { $0.ended.first?.time }
            .sorted()
        for member in reads {
            let read = subhistory.operations[Int(member)]
            guard
                let flaw = flaw(
                    of: read, at: member, deferred: deferred.firstPlace { $0 >= read.call })
            else { continue }
            let isPhantom = flaw.additions.isEmpty && initial[flaw.element] == nil
            let excess = isPhantom ? PhantomFinding.violationKind : "duplicate"
            return (tell(flaw), flaw.isTooMuch ? excess : "lost-value")
        }
        return nil
    }

    /// The element that a read holds too often, or else too rarely, of as many as it has to hold.
    private func flaw(of read: Operation, at member: Int32, deferred: Int) -> Flaw? {
        let end = read.return ?? .max
        var counts: [Value: Int] = [:]
        for element in read.output.elements { counts[element, default: 0] += 1 }
        // In the order of the read, and of the elements: not in that of a dictionary.
        for element in read.output.elements {
            let begun = records[element]?.begun.before(end) ?? []
            let most = initial[element, default: 0] + begun.count
            let count = counts[element] ?? 0
            guard count > (kind.isOrdered ? most : min(most, 1)) else { continue }
            return Flaw(
                read: member, element: element, count: count, additions: begun.map(\.source),
                isTooMuch: true)
        }
        let held = counts.count { element, count in
            guard let record = records[element], !record.isRemoved else { return false }
            let ended = record.ended.before(read.call)
            return !ended.isEmpty && count >= least(of: element, ended.count)
        }
        guard held < deferred else { return nil }
        let missing = records.compactMap { element, record -> (Value, [Int32])? in
            guard !record.isRemoved else { return nil }
            let ended = record.ended.before(read.call)
            let count = counts[element, default: 0]
            guard !ended.isEmpty, count < least(of: element, ended.count) else { return nil }
            let enough = ended.prefix(max(1, count + 1 - initial[element, default: 0]))
            return (element, enough.map(\.source))
        }.min { ($0.1.count, $0.0) < ($1.1.count, $1.0) }
        return missing.map { element, additions in
            Flaw(
                read: member, element: element, count: counts[element, default: 0],
                additions: additions, isTooMuch: false)
        }
    }

    /// How often an element has to be there that nobody takes out, after so many additions.
    private func least(of element: Value, _ additions: Int) -> Int {
        let least = initial[element, default: 0] + additions
        return kind.isOrdered ? least : min(least, 1)
    }

    private func tell(_ flaw: Flaw) -> MonitorFinding {
        let before = initial[flaw.element, default: 0]
        let held =
            before == 0 ? [] : ["At first \(flaw.element) was there \(Witnesses.times(before))."]
        return MonitorFinding(members: [flaw.read] + flaw.additions) { participants, place in
            let read = place(flaw.read)
            let names = participants.list(flaw.additions.map(place).sorted())
            let verb = kind.isOrdered ? "append" : "add"
            let failed =
                records[flaw.element]?.hasFailed ?? false ? ", but for attempts that failed" : ""
            if flaw.isTooMuch {
                let brought = flaw.additions.isEmpty ? "nobody" : "only \(names)"
                return Explanation(
                    summary: "\(participants.label(read)) found \(flaw.element)"
                        + (flaw.count > 1 ? " \(Witnesses.times(flaw.count)), " : ", ")
                        + (flaw.additions.isEmpty && before == 0
                            ? "which nobody had begun to \(verb)\(failed)."
                            : "which can have been there only "
                                + "\(Witnesses.times(kind.isOrdered ? before + flaw.additions.count : 1))."),
                    steps: held + [
                        "When \(participants.label(read)) returned (event \(participants.return(read))), \(brought) "
                            + "had begun to \(verb) \(flaw.element)\(failed)."
                    ])
            }
            return Explanation(
                summary: "\(participants.label(read)) found \(flaw.element) "
                    + (flaw.count == 0 ? "missing" : "only \(Witnesses.times(flaw.count))")
                    + ", although \(names) had \(verb)ed it before.",
                steps: held
                    + flaw.additions.map { "\(participants.returnedBefore(place($0), read))." } + [
                        "Nobody ever takes \(flaw.element) out."
                    ], precedences: flaw.additions.map { participants.realTime(place($0), read) })
        }
    }
}

extension [WholeReadCount.Entry] {
    /// What came before a time, of entries in the order of theirs.
    fileprivate func before(_ time: Int) -> ArraySlice<Element> {
        self[..<firstPlace { $0.time >= time }]
    }
}

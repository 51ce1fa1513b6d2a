import Checkers
import HistoryModel
import Testing
import Vocabulary

@Suite struct `The invariants of Raft` {
    private func check(_ write: (inout RaftTraces) -> Void) -> CheckerResult? {
        var traces = RaftTraces()
        write(&traces)
        return RaftInvariantsChecker().check(RunRecord(history: History(), traces: traces.events))
    }

    private func measure(_ name: String, of result: CheckerResult?) -> String? {
        result?.measures.first { $0.name == name }?.value
    }

    /// Two terms; what the first leader did not commit is overwritten by the second.
    private func healthyRun(_ traces: inout RaftTraces) {
        for node in 1...3 { traces.start(node) }
        traces.add(1, "voted", term: 1, detail: "for n1")
        traces.add(2, "voted", term: 1, detail: "for n1")
        traces.lead(1, term: 1, entries: 4)
        traces.append(2, term: 1, log: [1, 1], count: 2)
        traces.commit(1, term: 1, log: [1, 1])
        traces.append(3, term: 1, log: [1, 1], count: 2)
        traces.add(2, "voted", term: 2, detail: "for n2")
        traces.lead(2, term: 2, log: [1, 1], entries: 2)
        traces.add(1, "stepped-down", term: 1)
        traces.add(1, "follower", term: 2, detail: "of n2")
        traces.add(1, "truncated", term: 2, index: 3)
        traces.append(1, term: 2, log: [1, 1, 2, 2], count: 2)
        traces.commit(2, term: 2, log: [1, 1, 2, 2])
        traces.commit(1, term: 2, log: [1, 1, 2])
        traces.commit(3, term: 2, log: [1, 1])
    }

    @Test func `hold in a healthy run`() {
        let result = check(healthyRun)
        #expect(result?.verdict == .valid)
        #expect(result?.reasons == [])
        #expect(result?.kind == nil)
        #expect(measure("elections", of: result) == "2")
        #expect(measure("positions compared", of: result) == "3")
        #expect(measure("positions not comparable", of: result) == "0")
    }

    @Test func `accuse despite gaps only of what no missing line explains`() {
        func verdict(_ write: (inout RaftTraces) -> Void) -> CheckerResult? {
            check {
                write(&$0)
                $0.add(3, RunRecord.traceUnreadable, term: 0, detail: "1 lines of its trace")
            }
        }
        #expect(verdict(healthyRun)?.verdict == .unknown)
        let two = verdict {
            $0.lead(1, term: 4)
            $0.lead(2, term: 4)
        }
        #expect(two?.verdict == .invalid && two?.kind == "election-safety")
        // The lines between two terms of a node may be missing.
        let fallen = verdict {
            $0.start(1, term: 5)
            $0.start(1, term: 2)
            $0.lead(2, term: 6)
        }
        #expect(fallen?.verdict == .unknown && fallen?.kind == nil)
    }

    @Test func `do not apply where nobody traced them`() {
        #expect(check { _ in } == nil)
        #expect(check { $0.add(1, "started", term: 1) } == nil)
    }

    @Test func `are unknown where clients were answered and the traces are gone`() {
        var record = RunRecord(
            history: History(events: [
                Event(
                    index: 0, time: .zero, process: ProcessID(0), type: .invoke, function: .read),
                Event(index: 1, time: .zero, process: ProcessID(0), type: .ok, function: .read),
            ]))
        func verdict(_ write: (inout RaftTraces) -> Void) -> Verdict? {
            var traces = RaftTraces()
            write(&traces)
            record.traces = TraceList(traces.events)
            return RaftInvariantsChecker().check(record)?.verdict
        }
        #expect(verdict { $0.commit(1, term: 1, log: [1]) } == .unknown)
        #expect(verdict { $0.lead(1, term: 1) } == .unknown)
        #expect(verdict(healthyRun) == .valid)
        record.metadata = RunMetadata(
            id: "", startedAt: "", workload: "", system: "raft", defects: [], nodes: 3, seed: 1,
            world: RunMetadata.real, command: [], configuration: "", versions: [:],
            faultsPlanned: 0)
        #expect(verdict { _ in } == .unknown)
    }

    @Test func `a commit that can't be placed does not hide two that disagree`() {
        let result = check {
            $0.lead(1, term: 1, entries: 1)
            $0.commit(1, term: 1, log: [1])
            // The log below this one was never traced.
            $0.append(2, term: 2, log: [2, 2, 2], count: 1)
            $0.commit(2, term: 2, log: [2, 2, 2])
            $0.append(3, term: 3, log: [3, 3, 3, 3], count: 4)
            $0.append(3, term: 3, log: [3], count: 1)
            $0.append(3, term: 3, log: [3, 3], count: 1)
            $0.append(3, term: 3, log: [3, 3, 3], count: 1)
            $0.append(3, term: 3, log: [3, 3, 3, 3], count: 1)
            $0.commit(3, term: 3, log: [3, 3, 3, 3])
        }
        #expect(result?.reasons.contains { $0.contains("n1") && $0.contains("n3") } == true)
    }

    @Test func `are judged without commits as far as can be seen`() {
        let result = check { $0.lead(1, term: 1) }
        #expect(result?.verdict == .valid)
        #expect(measure("commits", of: result) == "not in the traces")
    }

    @Test func `a term with two leaders is a violation`() {
        let result = check {
            $0.lead(1, term: 5)
            $0.lead(2, term: 5)
        }
        #expect(result?.kind == "election-safety")
        #expect(
            result?.reasons == [
                "election-safety: n1 became leader of term 5 at 0.001 s, and n2 did so as well at "
                    + "0.003 s"
            ])
    }

    @Test(arguments: [("for n3", true), ("for n2", false)])
    func `a node has one vote in a term, restarts included`(detail: String, isBroken: Bool) {
        let result = check {
            $0.add(1, "voted", term: 3, detail: "for n2")
            $0.start(1, term: 3)
            $0.add(1, "voted", term: 3, detail: detail)
            $0.add(1, "voted", term: 4, detail: "for n3")
        }
        #expect(result?.kind == (isBroken ? "one-vote" : nil))
    }

    @Test(arguments: [(2, true), (3, false)])
    func `a term does not fall, restarts included`(term: Int, isBroken: Bool) {
        let result = check {
            $0.lead(1, term: 3)
            $0.start(2, term: 1)
            $0.start(1, term: term)
        }
        #expect(result?.kind == (isBroken ? "monotonic-term" : nil))
    }

    @Test func `a leader removes nothing from its log`() {
        let result = check {
            $0.lead(1, term: 1, entries: 3)
            $0.add(1, "truncated", term: 1, index: 2)
        }
        #expect(result?.kind == "leader-append-only")
    }

    @Test func `one who leads no more may remove entries, and a restart may lose them`() {
        let result = check {
            $0.start(1)
            $0.lead(1, term: 1, entries: 3)
            $0.add(1, "follower", term: 1, detail: "of n2")
            $0.add(1, "truncated", term: 1, index: 3)
            $0.start(1, term: 1, log: [1])
            $0.append(1, term: 2, log: [1, 2])
        }
        #expect(result?.verdict == .valid)
    }

    @Test func `logs that agree in a last entry are equal`() {
        let result = check {
            $0.lead(1, term: 1, entries: 3)
            $0.add(2, "appended", term: 1, log: [1, 1, 1], variant: 7, count: 3)
        }
        #expect(result?.kind == "log-matching")
        #expect(result?.reasons.first?.contains("index 3 of term 1") == true)
    }

    @Test(arguments: [[1, 1], [1, 1, 1]])
    func `a leader has what was committed before its term`(log: [Int]) {
        let result = check {
            $0.lead(1, term: 1, entries: 3)
            $0.commit(1, term: 1, log: [1, 1, 1])
            $0.lead(2, term: 2, log: [1, 1], entries: 2)
            $0.lead(3, term: 3, log: log)
        }
        // The second leader lacks the third entry in any case.
        #expect(result?.kind == "leader-completeness")
        #expect(result?.reasons.count == (log.count == 2 ? 2 : 1))
    }

    @Test func `another entry in the place of a committed one is found by walking back`() {
        let result = check {
            $0.lead(1, term: 1, entries: 2)
            $0.lead(2, term: 2, log: [1], entries: 3)
            $0.commit(1, term: 1, log: [1, 1])
            $0.lead(3, term: 3, log: [1, 2, 2, 2])
        }
        #expect(result?.reasons.count == 2)
        #expect(result?.reasons.last?.contains("n3 became leader of term 3") == true)
    }

    /// The commit of term 2 is stamped after the election of term 3, and a follower learns of a
    /// commit of term 3 in term 4 only.
    @Test func `the terms of a commit and of an election decide, not the clocks`() {
        let late = check {
            $0.lead(1, term: 2, entries: 2)
            $0.lead(2, term: 3, log: [2])
            $0.commit(1, term: 2, log: [2, 2])
        }
        #expect(late?.kind == "leader-completeness")
        let laterTerm = check {
            $0.lead(1, term: 3, entries: 2)
            $0.commit(1, term: 3, log: [3, 3])
            $0.commit(2, term: 3, log: [3])
            $0.lead(3, term: 2, log: [])
            $0.lead(3, term: 4, log: [3, 3])
            $0.commit(1, term: 4, log: [3, 3, 4])
        }
        #expect(laterTerm?.verdict == .valid)
    }

    @Test func `nobody applies another entry at an index`() {
        let result = check {
            $0.lead(1, term: 1, entries: 2)
            $0.lead(2, term: 2, log: [1], entries: 2)
            $0.commit(3, term: 2, log: [1, 1])
            $0.commit(2, term: 2, log: [1, 2, 2])
            $0.commit(2, term: 2, log: [1, 2])
        }
        #expect(result?.kind == "state-machine-safety")
        #expect(measure("positions compared", of: result) == "2")
    }

    @Test func `where traces are missing nobody is accused`() {
        let result = check {
            $0.add(1, "leader", term: 2, log: [1, 1, 2])
            $0.commit(2, term: 1, log: [1, 1])
            $0.commit(3, term: 3, log: [1, 1, 2, 3])
        }
        #expect(result?.verdict == .valid)
        #expect(measure("positions not comparable", of: result) == "2")
    }

    @Test func `the middle of a batch is not known without whoever made its entries`() {
        let result = check {
            $0.start(2)
            $0.append(2, term: 1, log: [1, 1, 1], count: 3)
            $0.commit(1, term: 1, log: [1, 1])
            $0.add(2, "leader", term: 2, log: [1, 1, 1])
        }
        #expect(result?.verdict == .valid)
        #expect(measure("positions not comparable", of: result) == "1")
    }

    @Test func `events of different nodes may come in any order`() {
        var traces = RaftTraces()
        healthyRun(&traces)
        // Everything of node 1 first, then of node 3, then of node 2, each in its own order.
        let order = [1, 3, 2].flatMap { node in
            traces.events.filter { $0.node == NodeID(node) }
        }
        let result = RaftInvariantsChecker().check(
            RunRecord(history: History(), traces: order))
        #expect(result?.verdict == .valid)
        #expect(measure("positions compared", of: result) == "3")
    }

    @Test func `many violations of one kind are told by the first of them`() {
        let result = check {
            for term in 1...9 {
                $0.lead(1, term: term)
                $0.lead(2, term: term)
            }
        }
        #expect(result?.reasons.prefix(5).count == 4)
        #expect(result?.reasons.last == "election-safety: and 6 more like these")
    }
}

@testable import Conformance
import HistoryModel
import Testing
import Vocabulary

/// What traces tell of roles, terms, logs and leaders is read rightly.
@Suite struct `Readings of Raft's traces` {
    private func event(
        _ node: Int, _ name: String, term: Int, at milliseconds: Int = 0, index: Int? = nil,
        entryTerm: Int? = nil, count: Int? = nil
    ) -> NodeTraceEvent {
        NodeTraceEvent(
            time: Instant(nanoseconds: Nanoseconds(milliseconds) * 1_000_000), node: NodeID(node),
            name: name, term: term, index: index, hash: index.map(UInt64.init),
            entryTerm: entryTerm, count: count)
    }

    private func roles(_ names: String...) -> RoleHistory {
        RoleHistory(TraceList(names.map { event(1, $0, term: 1) }))
    }

    @Test func `a node becomes leader as a candidate only`() {
        let names = ["started", "pre-candidate", "candidate", "leader", "stepped-down", "follower"]
        let sound = RoleHistory(TraceList(names.map { event(1, $0, term: 1) }))
        #expect(sound.illegal.isEmpty && sound.transitions == 4)
        #expect(roles("started", "leader").illegal.count == 1)
        #expect(roles("started", "candidate").illegal.count == 1)
        #expect(roles("pre-candidate", "leader").illegal.count == 1)
    }

    @Test func `a leader steps down before it is anything else`() {
        #expect(roles("pre-candidate", "candidate", "leader", "follower").illegal.count == 1)
        #expect(roles("pre-candidate", "candidate", "leader", "pre-candidate").illegal.count == 1)
        #expect(roles("pre-candidate", "candidate", "leader", "started").illegal.isEmpty)
    }

    @Test func `terms that are left out, jumped over or that fall are counted`() {
        func terms(_ events: NodeTraceEvent...) -> TermHistory { TermHistory(TraceList(events)) }
        let sound = terms(
            event(1, "candidate", term: 1), event(2, "follower", term: 1),
            event(2, "candidate", term: 2), event(1, "follower", term: 2))
        #expect(sound.jumps == 0 && sound.missing == 0 && sound.falls == 0 && sound.largest == 2)
        let jumped = terms(event(1, "candidate", term: 1), event(1, "candidate", term: 3))
        #expect(jumped.jumps == 1 && jumped.missing == 1)
        let fallen = terms(event(1, "candidate", term: 1), event(1, "started", term: 0))
        #expect(fallen.falls == 1)
    }

    @Test func `appends that leave a gap or whose term falls are counted`() {
        func log(_ events: NodeTraceEvent...) -> LogHistory {
            LogHistory(TraceList([event(1, "started", term: 0, index: 0, entryTerm: 0)] + events))
        }
        let first = event(1, "appended", term: 2, index: 2, entryTerm: 2, count: 2)
        #expect(log(first).gaps == 0 && log(first).appends == 1)
        #expect(
            log(first, event(1, "appended", term: 2, index: 4, entryTerm: 2, count: 1)).gaps == 1)
        #expect(
            log(first, event(1, "appended", term: 2, index: 3, entryTerm: 1, count: 1)).falls == 1)
        let replaced = log(
            first, event(1, "truncated", term: 3, index: 2),
            event(1, "appended", term: 3, index: 2, entryTerm: 3, count: 1))
        #expect(replaced.gaps == 0 && replaced.falls == 0)
        #expect(log(event(1, "appended", term: 1)).incomplete == 1)
    }

    @Test func `a leadership lasts until the node steps down or starts again`() {
        let leaders = Leaderships([
            event(1, "leader", term: 1, at: 10), event(1, "stepped-down", term: 2, at: 30),
            event(2, "leader", term: 2, at: 20), event(2, "started", term: 2, at: 50),
            event(3, "leader", term: 2, at: 60),
        ])
        func at(_ milliseconds: Int) -> Instant {
            Instant(nanoseconds: Nanoseconds(milliseconds) * 1_000_000)
        }
        #expect(leaders.leadership(of: NodeID(1), at: at(29))?.term == 1)
        #expect(leaders.leadership(of: NodeID(1), at: at(30)) == nil)
        #expect(leaders.leadership(of: NodeID(2), at: at(49))?.term == 2)
        #expect(leaders.next(after: at(10), term: 1)?.node == NodeID(2))
        #expect(leaders.next(after: at(20), term: 2) == nil)
        #expect(leaders.disputedTerms == 1)
    }
}

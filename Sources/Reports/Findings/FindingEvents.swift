import HistoryModel
import Vocabulary

/// What became of one write at every node, or what the nodes held another one for.
struct FindingEvents {
    /// What a node holds of the key, seen from the write; or what it holds the other node for.
    enum Holding: String {
        case nothing, older, has, newer, down
        case alive, suspect, dead
    }

    /// Something that happened at a node.
    struct Step {
        enum Kind {
            case written, took, told, forgot, lost, down, up, held, answered
        }

        var time: Instant
        var node: NodeID
        var kind: Kind
        /// Which node it came from or went to.
        var other: NodeID?
        /// When what was told was taken; nil if it never was.
        var taken: Instant?
        /// What there is to say, such as `took it from n1`.
        var words: String
    }

    /// The nodes in order.
    private(set) var nodes: [NodeID] = []
    /// By the place of the node: from when on it held what.
    private(set) var holdings: [[(time: Instant, holding: Holding)]] = []
    /// What concerns the write, in the order of time.
    private(set) var steps: [Step] = []

    private var held: [WriteName?] = []
    private var isUp: [Bool] = []
    /// The nodes that had the write, and forgot it as a deletion that all were thought to have.
    private var forgetful: Set<Int> = []
    private var write: WriteName?
    private let key: String

    /// Follows what the nodes noted; nil if the finding is about nothing that they tell of.
    init?(_ finding: CheckerResult.Finding, in all: FindingTraces, faults: [FaultRecord]) {
        key = finding.key ?? ""
        nodes = all.nodes
        let traces = all.traces(of: finding)
        holdings = nodes.map { _ in [] }
        held = nodes.map { _ in nil }
        isUp = nodes.map { _ in false }
        if finding.key != nil {
            write = Self.write(of: finding, in: traces)
            follow(traces, faults)
            if let node = finding.node, let time = finding.time, !steps.isEmpty {
                steps.append(
                    Step(time: time, node: node, kind: .answered, words: "here: \(finding.kind)"))
            }
        } else if let node = finding.node {
            followViews(of: node, in: traces)
        }
        guard !steps.isEmpty else { return nil }
        steps.sort { $0.time < $1.time }
    }

    /// What the nodes hold at the end, as sentences.
    var ending: [String] {
        var groups: [String: [NodeID]] = [:]
        for (place, spans) in holdings.enumerated() {
            guard let last = spans.last?.holding else { continue }
            let what =
                switch last {
                case .has: "hold it"
                case .newer: "hold a later write"
                case .older: held[place].map { "hold version \($0) instead" } ?? "hold nothing"
                case .nothing: "hold nothing"
                case .down: "are down"
                case .alive: "hold it alive"
                case .suspect: "suspect it"
                case .dead: "hold it dead"
                }
            groups[what, default: []].append(nodes[place])
        }
        return groups.sorted { $0.value[0] < $1.value[0] }.map { what, nodes in
            "\(nodes.map(\.description).joined(separator: " ")) \(what)"
        }
    }

    /// The write that the finding names, or what the node held that gave a wrong answer, or else the
    /// greatest of the key.
    private static func write(
        of finding: CheckerResult.Finding, in traces: [NodeTraceEvent]
    ) -> WriteName? {
        if let version = finding.version, let writer = finding.writer {
            return WriteName(version: version, writer: writer)
        }
        guard let key = finding.key else { return nil }
        func notes(_ belongs: (NodeTraceEvent) -> Bool) -> [StoreNote] {
            traces.filter(belongs).compactMap(StoreNote.init).filter { $0.key == key }
        }
        if let node = finding.node, let time = finding.time,
            let held = notes({ $0.node == node && $0.time <= time }).last(where: {
                [.written, .applied, .recovered].contains($0.kind)
            })
        {
            return held.write
        }
        return notes { _ in true }.filter { $0.kind == .written }.map(\.write).max()
    }

    // MARK: - A write

    private mutating func follow(_ traces: [NodeTraceEvent], _ faults: [FaultRecord]) {
        var downs = faults.filter(\.endsProcesses).sorted { $0.start < $1.start }[...]
        for trace in traces {
            while let fault = downs.first, fault.start <= trace.time {
                downs.removeFirst()
                for node in fault.nodes { stop(node, fault.start) }
            }
            guard let place = nodes.firstIndex(of: trace.node) else { continue }
            switch trace.name {
            case "started": start(place, trace, isEmpty: trace.index == 0)
            case "crashed", "not-restarted": stop(trace.node, trace.time)
            default:
                if let note = StoreNote(trace), note.key == key { follow(note, place, trace.time) }
            }
        }
    }

    private mutating func stop(_ node: NodeID, _ time: Instant) {
        guard let place = nodes.firstIndex(of: node), isUp[place] else { return }
        isUp[place] = false
        if held[place] == write { add(.down, place, time, "went down") }
        note(place, time)
    }

    private mutating func start(_ place: Int, _ trace: NodeTraceEvent, isEmpty: Bool) {
        let hadIt = held[place] == write && write != nil
        if isEmpty { held[place] = nil }
        isUp[place] = true
        if hadIt { add(.up, place, trace.time, isEmpty ? "came back with nothing" : "came back") }
        note(place, trace.time)
    }

    private mutating func follow(_ note: StoreNote, _ place: Int, _ time: Instant) {
        let isIt = note.write == write
        let source = note.other.flatMap { node(named: $0) }
        switch note.kind {
        case .told:
            if isIt { tell(place, source, time) }
            return
        case .collected:
            guard isIt, held[place] == write else { return }
            add(.forgot, place, time, "forgot it")
            forgetful.insert(place)
            held[place] = nil
            return self.note(place, time)
        case .written:
            if isIt { add(.written, place, time, "wrote it for a client") }
        case .recovered:
            if isIt, held[place] != write { add(.took, place, time, "found it on its disk") }
        case .applied:
            if isIt {
                let from = source.map { " from \($0)" } ?? ""
                add(.took, place, time, "took it\(from)", other: source)
                arrive(place, source, time)
            }
        }
        if let write, note.write < write, held[place] == write || forgetful.contains(place) {
            add(.lost, place, time, "went back to version \(note.write)")
        }
        forgetful.remove(place)
        held[place] = note.write
        self.note(place, time)
    }

    /// Telling one who has it already is no part of the story.
    private mutating func tell(_ place: Int, _ receiver: NodeID?, _ time: Instant) {
        guard let receiver, let write, let to = nodes.firstIndex(of: receiver),
            held[to].map({ $0 < write }) ?? true
        else { return }
        steps.append(
            Step(
                time: time, node: nodes[place], kind: .told, other: receiver,
                words: "told \(receiver), who did not take it"))
    }

    /// Finds out which telling it was that arrived: the last one, most likely.
    private mutating func arrive(_ place: Int, _ source: NodeID?, _ time: Instant) {
        let telling = steps.lastIndex { step in
            step.kind == .told && step.other == nodes[place] && step.node == source
                && step.taken == nil
        }
        guard let telling else { return }
        steps[telling].taken = time
        steps[telling].words = "told \(nodes[place])"
    }

    private func node(named name: Substring) -> NodeID? {
        nodes.first { $0.description == name }
    }

    private mutating func add(
        _ kind: Step.Kind, _ place: Int, _ time: Instant, _ words: String, other: NodeID? = nil
    ) {
        steps.append(
            Step(time: time, node: nodes[place], kind: kind, other: other, words: words))
    }

    private mutating func note(_ place: Int, _ time: Instant) {
        let holding: Holding =
            if !isUp[place] {
                .down
            } else if let held = held[place], let write {
                held == write ? .has : held > write ? .newer : .older
            } else {
                .nothing
            }
        if holdings[place].last?.holding != holding { holdings[place].append((time, holding)) }
    }

    // MARK: - Membership

    private mutating func followViews(of node: NodeID, in traces: [NodeTraceEvent]) {
        // That all hold it alive at first is no part of the story.
        var isDoubted = false
        for trace in traces {
            guard let place = nodes.firstIndex(of: trace.node) else { continue }
            switch trace.name {
            case "started":
                holdings[place].append((trace.time, .alive))
                if trace.node == node, isDoubted { add(.up, place, trace.time, "came back") }
            case "crashed", "not-restarted":
                holdings[place].append((trace.time, .down))
                if trace.node == node { add(.down, place, trace.time, "went down") }
            case "member":
                let words = trace.detail?.split(separator: " ") ?? []
                guard words.count == 2, words[0] == node.description else { continue }
                let view = Holding(rawValue: String(words[1])) ?? .alive
                holdings[place].append((trace.time, view))
                isDoubted = isDoubted || view != .alive
                guard isDoubted else { continue }
                let incarnation = trace.index.map { ", incarnation \($0)" } ?? ""
                add(.held, place, trace.time, "holds \(node) \(words[1])\(incarnation)")
            default: break
            }
        }
    }
}

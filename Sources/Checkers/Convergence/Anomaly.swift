import HistoryModel
import Vocabulary

/// A broken promise of a store that is to converge.
struct Anomaly {
    /// What was broken; of those that occur in a run the first one stands for it.
    enum Kind: String, CaseIterable {
        /// An acknowledged write is nowhere, and nothing took its place.
        case lostUpdate = "lost update"
        /// A deleted key has an older value again.
        case resurrectedDelete = "resurrected delete"
        /// A write that nobody made.
        case phantom = "phantom value"
        /// A node went back to an older write of a key.
        case regression = "version regression"
        /// A node takes itself for complete in somebody's writes, and lacks one.
        case gap = "gap"
        /// Nodes hold different things although nothing keeps them apart.
        case divergence = "divergence"
        /// A node holds another dead that lives, although nothing keeps them apart.
        case buriedAlive = "buried alive"
        /// Nodes came to agree later than they should.
        case lateConvergence = "late convergence"
        /// A client that stayed with one node saw that node go back.
        case sessionBroken = "session guarantee"
        /// Nodes go on talking when there is nothing new.
        case excessTraffic = "excess traffic"

        /// The kind as a word that groups alike violations, such as `lost-update`.
        var slug: String { rawValue.split(separator: " ").joined(separator: "-") }
    }

    /// A write that an anomaly is about.
    struct Subject: Hashable {
        var key: String
        var stamp: WriteVersion
    }

    /// What else an anomaly can be about.
    enum Theme {
        /// A write, of which it does not matter who was told of it.
        case write(Subject)
        case key(String)
        /// What a node answered at a time about a key.
        case answer(key: String, NodeID?, Instant)
        case node(NodeID)
    }

    var kind: Kind
    /// What happened, in a sentence that names key, write and nodes.
    var explanation: String
    /// The write, where it matters who was told of it.
    var subject: Subject?
    /// What else it is about.
    var theme: Theme?
    /// Whether it is one only if the run came to its planned end: nodes may still agree later, and a
    /// harness that did not live to the end can't vouch for what kept them.
    var needsEnd = false

    /// Whether what clients asked and were answered proves it, whatever is missing in the traces.
    var isProvenDespiteGaps: Bool {
        guard kind == .phantom, case .answer = theme else { return false }
        return true
    }
}

extension CheckerResult.Finding {
    /// An anomaly as a result keeps it, with what was found out about who was told.
    init(_ anomaly: Anomaly, _ propagation: PropagationLog) {
        self.init(
            kind: anomaly.kind.rawValue,
            explanation: anomaly.explanation + propagation.words(about: anomaly.subject))
        if let subject = anomaly.subject { isAbout(subject) }
        switch anomaly.theme {
        case .write(let subject): isAbout(subject)
        case .key(let key): self.key = key
        case .answer(let key, let node, let time):
            self.key = key
            self.node = node
            self.time = time
        case .node(let node): self.node = node
        case nil: break
        }
    }

    private mutating func isAbout(_ subject: Anomaly.Subject) {
        key = subject.key
        version = subject.stamp.version
        writer = subject.stamp.writerName
    }
}

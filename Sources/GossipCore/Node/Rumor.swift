import Vocabulary

/// A write that the node is spreading: it is infective with it.
struct Rumor: Sendable {
    /// Where the write stands in the store.
    var place: Int
    /// Which write it is; if the store has another one there, the rumor is dead.
    var stamp: Stamp
    /// Who knows it already: it came from there, or was sent there.
    var told: [NodeID] = []
    /// Where it came from.
    var source: NodeID?
    /// Contacts or rounds in vain.
    var vainCount = 0
    /// Whether anybody was sent it in this round.
    var wasSent = false
    /// Whether anybody needed it in this round.
    var wasNeeded = false
    /// Whether anybody said in this round that it was known.
    var wasVain = false
}

import Vocabulary

/// Which lives the others are in, as far as one node has heard, and so which mail it takes.
///
/// A message about what is stored was made for what its receiver had then. A receiver that has lost its
/// store since must not take it for an answer of today.
struct GenerationTable: Sendable {
    private let generation: Int
    private var others: [NodeID: Int] = [:]

    /// Makes the book of a node that is in this life.
    init(generation: Int) { self.generation = generation }

    /// Puts the lives on a letter that is about to leave.
    func stamp(_ packet: inout GossipPacket) {
        packet.fromGeneration = generation
        packet.toGeneration = others[packet.to] ?? 0
    }

    /// Notes the life of a letter's sender.
    ///
    /// - Returns: whether the letter is meant for the life that the node is in. Who has not heard of the
    ///   node yet means any, unless there was an earlier one.
    mutating func takes(_ packet: GossipPacket) -> Bool {
        // By far most letters bring no news, and writing to a table costs more than reading.
        if others[packet.from] ?? 0 < packet.fromGeneration {
            others[packet.from] = packet.fromGeneration
        }
        return packet.toGeneration >= generation || packet.toGeneration == 0 && generation == 1
    }
}

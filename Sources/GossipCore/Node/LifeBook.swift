import Vocabulary

/// Which lives the others are in, as far as one node has heard, and so which mail it takes.
///
/// A message about what is stored was made for what its receiver had then. A receiver that has lost its
/// store since must not take it for an answer of today.
struct LifeBook: Sendable {
    private let life: Int
    private var others: [NodeID: Int] = [:]

    /// Makes the book of a node that is in this life.
    init(life: Int) { self.life = life }

    /// Puts the lives on a letter that is about to leave.
    func stamp(_ letter: inout GossipLetter) {
        letter.fromLife = life
        letter.toLife = others[letter.to] ?? 0
    }

    /// Notes the life of a letter's sender.
    ///
    /// - Returns: whether the letter is meant for the life that the node is in. Who has not heard of the
    ///   node yet means any, unless there was an earlier one.
    mutating func takes(_ letter: GossipLetter) -> Bool {
        // By far most letters bring no news, and writing to a table costs more than reading.
        if others[letter.from] ?? 0 < letter.fromLife { others[letter.from] = letter.fromLife }
        return letter.toLife >= life || letter.toLife == 0 && life == 1
    }
}

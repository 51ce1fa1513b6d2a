import Vocabulary

/// The updates that a node still passes on, the least told first.
struct PiggybackBuffer: Sendable {
    private struct Item: Sendable {
        var update: MemberUpdate
        var sentCount = 0
    }

    private var items: [Item] = []

    /// Puts up an update in place of an older one about the same member.
    mutating func add(_ update: MemberUpdate) {
        items.removeAll { $0.update.node == update.node }
        items.insert(Item(update: update), at: 0)
    }

    /// Takes some updates for a message; each is told so many times, then it comes down.
    mutating func take(_ count: Int, retransmissions: Int) -> [MemberUpdate] {
        let taken = min(count, items.count)
        for place in 0..<taken { items[place].sentCount += 1 }
        let updates = items[..<taken].map(\.update)
        items.removeAll { $0.sentCount >= retransmissions }
        items.sort { $0.sentCount < $1.sentCount }
        return updates
    }
}

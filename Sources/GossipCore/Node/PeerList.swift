import Vocabulary

/// The members that a node may turn to.
struct PeerList: Sendable {
    /// Those held alive, in the order of their numbers; may include the node itself.
    ///
    /// In a simulated world the array is shared by all nodes.
    private(set) var alive: [NodeID]
    private(set) var dead: [NodeID] = []
    /// Everyone that was ever known and not taken out, in the order of their numbers.
    private var all: [NodeID]
    private let id: NodeID
    /// Where the node itself stands among the living; their number if it does not.
    private var ownPlace: Int

    init(id: NodeID, members: [NodeID]) {
        self.id = id
        alive = members
        all = members
        ownPlace = Self.place(of: id, in: members) ?? members.count
    }

    /// How many there are besides the node itself.
    var count: Int { ownPlace == alive.count ? alive.count : alive.count - 1 }

    /// All members besides the node itself, whatever they are held for.
    ///
    /// Those that a node was told of at its start count even while it has not met them yet.
    var others: [NodeID] { all.filter { $0 != id } }

    func isMember(_ node: NodeID) -> Bool { Self.place(of: node, in: all) != nil }

    private static func place(of node: NodeID, in nodes: [NodeID]) -> Int? {
        let place = nodes.partitioningIndex { $0 >= node }
        return place < nodes.count && nodes[place] == node ? place : nil
    }

    mutating func change(alive: [NodeID], dead: [NodeID]) {
        self.alive = alive
        self.dead = dead
        ownPlace = Self.place(of: id, in: alive) ?? alive.count
        for node in alive + dead where !isMember(node) {
            all.insert(node, at: all.partitioningIndex { $0 >= node })
        }
    }

    mutating func remove(_ node: NodeID) {
        all.removeAll { $0 == node }
        change(alive: alive.filter { $0 != node }, dead: dead.filter { $0 != node })
    }

    /// Any of the living besides the node itself, all with equal probability.
    func random(using random: inout RandomStream) -> NodeID? {
        guard count > 0 else { return nil }
        let place = Int.random(in: 0..<count, using: &random)
        return alive[place < ownPlace ? place : place + 1]
    }

    /// One of the living that `suits`, all with equal probability; nil if there is none.
    ///
    /// - Complexity: O(1) while most suit, O(n) at worst.
    func random(using random: inout RandomStream, suits: (NodeID) -> Bool) -> NodeID? {
        for _ in 0..<4 {
            guard let peer = self.random(using: &random) else { return nil }
            if suits(peer) { return peer }
        }
        return alive.filter { $0 != id && suits($0) }.randomElement(using: &random)
    }
}

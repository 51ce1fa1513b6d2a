public import HistoryModel
public import Vocabulary

/// Which links a partition cuts.
///
/// All functions take the nodes in the order that the seed has drawn, and return links in order.
public enum Topology {
    /// Cuts every link between nodes of different groups.
    ///
    /// A node in no group keeps all its links.
    public static func separate(_ groups: [[NodeID]]) -> [DirectedLink] {
        var links: [DirectedLink] = []
        for (position, group) in groups.enumerated() {
            for (other, peers) in groups.enumerated() where other != position {
                for from in group {
                    links += peers.map { DirectedLink(from: from, to: $0) }
                }
            }
        }
        return links.sorted()
    }

    /// Leaves each node a majority, itself included, made of its neighbours on a ring.
    ///
    /// With five nodes each keeps the one before and the one after it, so no two see the same
    /// majority. Cuts nothing below four nodes.
    public static func majoritiesRing(_ ring: [NodeID]) -> [DirectedLink] {
        let count = ring.count
        let reach = (count / 2 + 1) / 2
        var links: [DirectedLink] = []
        for (here, from) in ring.enumerated() {
            for (there, to) in ring.enumerated() where here != there {
                let apart = abs(here - there)
                if min(apart, count - apart) > reach {
                    links.append(DirectedLink(from: from, to: to))
                }
            }
        }
        return links.sorted()
    }

    /// All links that begin or end at one of `nodes`.
    public static func around(_ nodes: [NodeID], in all: [NodeID]) -> [DirectedLink] {
        var links: Set<DirectedLink> = []
        for node in nodes {
            for other in all where other != node {
                links.insert(DirectedLink(from: node, to: other))
                links.insert(DirectedLink(from: other, to: node))
            }
        }
        return links.sorted()
    }

    /// Cuts what `node` sends to the others.
    public static func mute(_ node: NodeID, others: [NodeID]) -> [DirectedLink] {
        others.map { DirectedLink(from: node, to: $0) }.sorted()
    }

    /// Cuts what the others send to `node`.
    public static func deafen(_ node: NodeID, others: [NodeID]) -> [DirectedLink] {
        others.map { DirectedLink(from: $0, to: node) }.sorted()
    }
}

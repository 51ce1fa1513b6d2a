import RaftCore
import Vocabulary

extension SimulatedCluster {
    /// Draws a fault, until the time of faults is over; then everything is mended.
    mutating func injectFault() {
        cut = []
        guard now < faultsEnd else { return }
        faultCount += 1
        switch Int.random(in: 0..<8, using: &random) {
        case 0: isolate([Int.random(in: nodes.indices, using: &random)])
        case 1, 2: isolate(nodes.indices.filter { nodes[$0].role == .leader })
        case 3: isolate(Array(nodes.indices.shuffled(using: &random).prefix(nodes.count / 2)))
        case 4: cutRandomLinks()
        case 5: crash(nodes.indices.filter { nodes[$0].role == .leader })
        case 6: crash(Array(nodes.indices.shuffled(using: &random).prefix(nodes.count / 2 + 1)))
        default: crash(Array(nodes.indices))
        }
        queue.push(.fault, at: now + .random(in: 100_000_000...900_000_000, using: &random))
    }

    private mutating func isolate(_ group: [Int]) {
        for node in group {
            for other in nodes.indices where !group.contains(other) {
                cut.formUnion([Link(node, other), Link(other, node)])
            }
        }
    }

    private mutating func cutRandomLinks() {
        for node in nodes.indices {
            for other in nodes.indices where Int.random(in: 0..<3, using: &random) == 0 {
                cut.insert(Link(node, other))
            }
        }
    }

    private mutating func crash(_ group: [Int]) {
        for node in group where isUp[node] {
            isUp[node] = false
            disks[node].losePower()
            for client in clients.indices {
                step(client: client, .disconnected(NodeID(node + 1)))
            }
            let pause = Nanoseconds.random(in: 10_000_000...600_000_000, using: &random)
            queue.push(.restart(node), at: now + pause)
        }
    }

    mutating func restart(_ node: Int) {
        nodes[node] = makeNode(node)
        isUp[node] = true
        step(node, .start)
    }
}

import GossipCore
import Testing
import Vocabulary

/// Between ok, fail and info decides the client alone.
@Suite struct `A client` {
    private struct Driven {
        var core: GossipClientCore
        var now = Instant.zero

        init(nodes: [Int]) {
            core = GossipClientCore(configuration: .init(nodes: nodes.map { NodeID($0) }))
        }

        mutating func step(_ event: GossipClientEvent) -> [GossipClientEffect] {
            var effects: [GossipClientEffect] = []
            core.step(event, now: now, effects: &effects)
            return effects
        }

        mutating func tick() -> [GossipClientEffect] {
            now = core.nextDeadline
            return step(.tick)
        }
    }

    private let stamp = Stamp(version: 5, writer: Writer(NodeID(1)))

    @Test func `a stored write is ok and raises what the client has seen`() {
        var client = Driven(nodes: [1])
        #expect(client.step(.invoked(key: "k", .put("a"))) == [.connect(NodeID(1))])
        #expect(
            client.step(.connected(NodeID(1))) == [
                .send(.put(key: "k", value: "a", seen: 0), id: RequestID(1), to: NodeID(1))
            ])
        #expect(
            client.step(.responded(.stored(stamp), id: RequestID(1), from: NodeID(1))) == [
                .finish(.ok(.stored(stamp), by: NodeID(1)))
            ])
        #expect(
            client.step(.invoked(key: "k", .delete)) == [
                .send(.delete(key: "k", seen: 5), id: RequestID(2), to: NodeID(1))
            ])
    }

    @Test func `a read raises it too`() {
        var client = Driven(nodes: [1])
        _ = client.step(.invoked(key: "k", .get))
        _ = client.step(.connected(NodeID(1)))
        _ = client.step(.responded(.value("x", stamp), id: RequestID(1), from: NodeID(1)))
        #expect(client.core.seen == 5)
    }

    @Test func `a node that cannot be reached is a failure, later`() {
        var client = Driven(nodes: [1])
        _ = client.step(.invoked(key: "k", .put("a")))
        #expect(client.step(.disconnected(NodeID(1))).isEmpty)
        #expect(client.tick() == [.finish(.fail(.unreachable, by: nil))])
    }

    @Test func `a client that is not bound turns to the next node`() {
        var client = Driven(nodes: [1, 2])
        _ = client.step(.invoked(key: "k", .put("a")))
        #expect(client.step(.disconnected(NodeID(1))) == [.connect(NodeID(2))])
        #expect(client.step(.connected(NodeID(2))).count == 1)
    }

    @Test func `once it was sent, silence and a lost connection leave it unknown`() {
        var client = Driven(nodes: [1])
        _ = client.step(.invoked(key: "k", .put("a")))
        _ = client.step(.connected(NodeID(1)))
        #expect(client.tick() == [.finish(.info(.timedOut, by: NodeID(1)))])
        _ = client.step(.invoked(key: "k", .put("b")))
        #expect(
            client.step(.disconnected(NodeID(1)))
                == [.finish(.info(.connectionLost, by: NodeID(1)))])
    }

    @Test func `a late answer to an earlier request says nothing about this one`() {
        var client = Driven(nodes: [1])
        _ = client.step(.invoked(key: "k", .put("a")))
        _ = client.step(.connected(NodeID(1)))
        _ = client.tick()
        _ = client.step(.invoked(key: "k", .put("b")))
        #expect(client.step(.responded(.stored(stamp), id: RequestID(1), from: NodeID(1))).isEmpty)
    }

    @Test func `a refusal is a failure with its reason`() {
        var client = Driven(nodes: [1])
        _ = client.step(.invoked(key: "a b", .put("a")))
        _ = client.step(.connected(NodeID(1)))
        #expect(
            client.step(.responded(.refused(.badKey), id: RequestID(1), from: NodeID(1)))
                == [.finish(.fail(.refused(.badKey), by: NodeID(1)))])
    }
}

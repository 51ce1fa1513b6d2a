import Foundation
import GossipCore
import Logging
import NodeWire
import Testing
import Vocabulary

@testable import NodeRuntime

/// A store in which most records are outdated is rewritten when its node starts.
@Suite struct `Compaction of a gossip store` {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// Stores the same 50 keys again and again, and deletes one of them.
    private func fill(rounds: Int) throws {
        let (storage, _) = try GossipStorage.open(directory.path)
        let writer = Writer(NodeID(1), generation: 1)
        for round in 1...rounds {
            let versions = Version(round * 50)..<Version(round * 50 + 50)
            let entries = versions.map { version in
                let isDeleted = round == rounds && version % 50 == 7
                return StoreRecord.entry(
                    Entry(
                        key: "k\(version % 50)",
                        value: isDeleted ? nil : "\(round) " + String(repeating: "v", count: 200),
                        stamp: Stamp(version: version, writer: writer)))
            }
            try storage.commit(entries + [.complete(Maximum(writer, versions.upperBound - 1))])
        }
    }

    private func runNode() throws {
        let options = GossipNodeOptions(
            configuration: GossipConfiguration(id: NodeID(1), members: [NodeID(1)]),
            membership: nil, host: "127.0.0.1", port: 0, peers: [],
            dataDirectory: directory.path, traceFile: directory.path + "/trace", seed: Seed(1))
        let node = try GossipNode(
            options, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { Issue.record($0) }
        try node.stop()
    }

    private func entries(_ state: GossipDurableState) -> [Entry] {
        GossipCore(
            configuration: GossipConfiguration(id: NodeID(1), members: [NodeID(1)]), state: state,
            seed: Seed(1)
        ).entries
    }

    @Test func `loses nothing, makes the store small, and leaves room for more`() throws {
        try fill(rounds: 120)
        let before = try GossipStorage.open(directory.path).recovery
        #expect(before.bytes > 1 << 20)
        try runNode()
        let (storage, after) = try GossipStorage.open(directory.path)
        #expect(after.bytes < before.bytes / 50)
        #expect(after.state.records.count == 51)
        #expect(entries(after.state) == entries(before.state))
        #expect(entries(after.state).count { $0.isTombstone } == 1)
        #expect(after.state.records.last == before.state.records.last, "how far it is complete")
        #expect(after.generation.generation == 1)
        let later = [StoreRecord.entry(.init(key: "new", value: "1", stamp: stamp(9_000)))]
        try storage.commit(later)
        #expect(try GossipStorage.open(directory.path).recovery.state.records.suffix(1) == later)
    }

    @Test func `is left alone while the store is small`() throws {
        try fill(rounds: 20)
        let before = try directory.bytes(of: "store")
        try runNode()
        #expect(try directory.bytes(of: "store") == before)
    }

    private func stamp(_ version: Version) -> Stamp {
        Stamp(version: version, writer: Writer(NodeID(1), generation: 1))
    }
}

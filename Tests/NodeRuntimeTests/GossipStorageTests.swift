import Foundation
import GossipCore
import NodeWire
import Testing
import Vocabulary

@testable import NodeRuntime

@Suite struct `A gossip node's data directory` {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    static func records(_ versions: ClosedRange<Version>) -> [StoreRecord] {
        let writer = Writer(NodeID(3), generation: 2)
        return versions.map {
            .entry(Entry(key: "k\($0)", value: "v", stamp: Stamp(version: $0, writer: writer)))
        } + [.complete(Maximum(writer, versions.upperBound))]
    }

    private func open() throws -> (storage: GossipStorage, recovery: GossipStorage.Recovery) {
        try GossipStorage.open(directory.path)
    }

    @Test func `is made new, and counts its starts`() throws {
        #expect(try open().recovery.generation == NodeGeneration(generation: 1, incarnation: 1))
        #expect(try open().recovery.generation == NodeGeneration(generation: 1, incarnation: 2))
    }

    @Test func `gives back what was committed, or what replaced it`() throws {
        var (storage, _) = try open()
        try storage.commit(Self.records(1...3))
        try storage.commit(Self.records(4...4))
        #expect(try open().recovery.state.records == Self.records(1...3) + Self.records(4...4))
        try storage.replace(with: GossipDurableState(records: Self.records(2...3)))
        try storage.commit(Self.records(7...7))
        #expect(try open().recovery.state.records == Self.records(2...3) + Self.records(7...7))
    }

    @Test func `without its store begins another generation, however the store was lost`() throws {
        let (storage, _) = try open()
        try storage.commit(Self.records(1...3))
        try storage.remove()
        #expect(try open().recovery.generation == NodeGeneration(generation: 2, incarnation: 2))
        try FileManager.default.moveItem(
            atPath: directory.path + "/store", toPath: directory.path + "/aside")
        let recovery = try open().recovery
        #expect(recovery.generation == NodeGeneration(generation: 3, incarnation: 3))
        #expect(recovery.state.records.isEmpty)
    }

    @Test func `cuts off a torn tail, wherever it was torn`() throws {
        let (storage, _) = try open()
        try storage.commit(Self.records(1...3))
        let first = try directory.bytes(of: "store").count
        try storage.commit(Self.records(4...5))
        let whole = try directory.bytes(of: "store")
        for length in first..<whole.count {
            try directory.write(whole.prefix(length), to: "store")
            let recovery = try open().recovery
            #expect(recovery.state.records == Self.records(1...3))
            #expect(recovery.tornBytes == length - first)
            #expect(recovery.generation.generation == 1)
        }
    }

    @Test func `refuses a damaged record and says how to rejoin empty`() throws {
        let (storage, _) = try open()
        try storage.commit(Self.records(1...3))
        try storage.commit(Self.records(4...5))
        var bytes = try directory.bytes(of: "store")
        bytes[20] ^= 0x40
        try directory.write(bytes, to: "store")
        let error = #expect(throws: StorageError.self) { try open() }
        #expect(error?.description.contains("rejoins empty") == true)
        #expect(error?.description.contains("\(directory.path)/store") == true)
    }

    @Test func `refuses a sound record that makes no sense, and a damaged generation`() throws {
        _ = try open()
        try directory.write(Data(RecordFormat.record(of: [0xff, 0xff])), to: "store")
        #expect(throws: StorageError.self) { try open() }
        try directory.write(Data(), to: "store")
        try directory.write(Data([1, 2, 3]), to: "life")
        #expect(throws: StorageError.self) { try open() }
    }
}

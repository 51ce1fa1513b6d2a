import Foundation
import NodeWire
import RaftCore
import Testing
import Vocabulary

@testable import NodeRuntime

@Suite struct `A data directory` {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    static func entries(_ terms: Int...) -> [LogEntry] {
        terms.map { LogEntry(term: Term($0), payload: .openSession) }
    }

    private func open() throws -> (RaftStorage, RaftStorage.Recovery) {
        let (storage, recovery) = try RaftStorage.open(directory.path)
        return (storage, recovery)
    }

    private func fill() throws {
        let (storage, _) = try open()
        try storage.commit(
            .init(
                hardState: HardState(term: Term(2), vote: NodeID(3)),
                changes: [.append(at: LogIndex(1), Self.entries(1, 1, 1))]))
        try storage.commit(
            .init(changes: [
                .truncate(from: LogIndex(2)), .append(at: LogIndex(2), Self.entries(2, 2)),
            ]))
    }

    @Test func `is made new, and counts its starts`() throws {
        #expect(try open().1.state == RaftDurableState())
        #expect(try open().1.incarnation == 2)
        #expect(try open().1.incarnation == 3)
    }

    @Test func `gives back what was committed`() throws {
        try fill()
        let recovery = try open().1
        #expect(recovery.state.hardState == HardState(term: Term(2), vote: NodeID(3)))
        #expect(recovery.state.log == RaftLog(entries: Self.entries(1, 2, 2)))
        #expect(recovery.tornBytes == 0)
    }

    @Test func `cuts off a torn tail, wherever it was torn`() throws {
        try fill()
        let whole = try directory.bytes(of: "log")
        let first = try #require(whole.dropFirst().range(of: Data("RLB1".utf8))).lowerBound
        for length in first..<whole.count {
            try directory.write(whole.prefix(length), to: "log")
            let recovery = try open().1
            #expect(recovery.state.log == RaftLog(entries: Self.entries(1, 1, 1)))
            #expect(recovery.tornBytes == length - first)
            #expect(try directory.bytes(of: "log").count == first)
        }
    }

    @Test func `goes on behind a torn tail`() throws {
        try fill()
        let whole = try directory.bytes(of: "log")
        try directory.write(whole.dropLast(), to: "log")
        try open().0.commit(.init(changes: [.append(at: LogIndex(4), Self.entries(4))]))
        #expect(try open().1.state.log == RaftLog(entries: Self.entries(1, 1, 1, 4)))
    }

    @Test func `refuses a damaged record that sound ones follow`() throws {
        try fill()
        let whole = try directory.bytes(of: "log")
        let first = try #require(whole.dropFirst().range(of: Data("RLB1".utf8))).lowerBound
        for place in 0..<first {
            var damaged = whole
            damaged[place] ^= 0x40
            try directory.write(damaged, to: "log")
            #expect(throws: StorageError.damagedRecord(path: directory.path + "/log", offset: 0)) {
                try open()
            }
        }
    }

    @Test func `refuses a damaged vote`() throws {
        try fill()
        var bytes = try directory.bytes(of: "hard-state")
        bytes[bytes.count - 1] ^= 1
        try directory.write(bytes, to: "hard-state")
        #expect(throws: StorageError.self) { try open() }
    }

    @Test func `refuses entries that leave a gap`() throws {
        try fill()
        try open().0.commit(.init(changes: [.append(at: LogIndex(9), Self.entries(4))]))
        #expect(throws: StorageError.self) { try open() }
    }

    @Test func `says which directory cannot be made`() {
        #expect {
            try RaftStorage.open("/proc/nowhere/data")
        } throws: {
            "\($0)".contains("/proc/nowhere")
        }
    }
}

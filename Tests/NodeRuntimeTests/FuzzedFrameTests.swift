import Foundation
import FuzzSupport
import GossipCore
import NIOCore
import NodeWire
import RaftCore
import Testing
import Vocabulary

@testable import NodeRuntime

/// What comes over the wire or from the disk, changed by chance.
@Suite struct `Damaged frames and records` {
    private let damage = Damage(pieces: ["\u{a}\u{0}", "RLB1", "\u{8}\u{1}", "\u{7f}", "\u{12}"])

    private static func framed(_ payload: [UInt8]) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeMultipleIntegers(UInt32(payload.count), CRC32C.checksum(of: payload))
        buffer.writeBytes(payload)
        return buffer
    }

    /// Decodes a damaged payload under a sound checksum; whatever is read says the same again.
    private func read<Frame: ProtocolFrame>(_ type: Frame.Type, _ payload: [UInt8]) throws -> String
    {
        let frame: Frame
        do throws(FrameError) {
            frame = try FrameCodec.decodeWhole(type, from: Self.framed(payload))
        } catch {
            #expect(!error.description.isEmpty)
            return "refused"
        }
        #expect(try Frame(payload: frame.payload) == frame)
        return "read"
    }

    @Test func `are messages or errors under a sound checksum`() throws {
        var raft = Tally("damaged frames of Raft")
        var gossip = Tally("damaged frames of gossip")
        for round in 0..<Fuzzing.share(ofLong: 4_000) {
            var random = RandomStream(state: UInt64(round))
            let frames = Frames.all.map(\.payload)
            let changed = damage.apply(
                to: frames[round % frames.count], others: frames, &random)
            try raft.measure { try read(RaftFrame.self, changed) }
            let others = [GossipFrame.drawn(&random).payload]
            let payload = damage.apply(
                to: GossipFrame.drawn(&random).payload, others: others, &random)
            try gossip.measure { try read(GossipFrame.self, payload) }
        }
        for tally in [raft, gossip] {
            tally.tell()
            #expect(tally["read"] > 0 && tally["refused"] > 0)
            #expect(tally.longest < .seconds(5))
        }
    }

    @Test func `of a stream end it at the first that is not sound`() {
        var tally = Tally("damaged streams of frames")
        var stream = ByteBuffer()
        for frame in Frames.all { FrameCodec.encode(frame, into: &stream) }
        let bytes = Array(stream.readableBytesView)
        for round in 0..<Fuzzing.share(ofLong: 1_000) {
            var random = RandomStream(state: UInt64(round))
            var received = ByteBuffer(bytes: damage.apply(to: bytes, &random))
            tally.measure {
                var frames: [RaftFrame] = []
                do throws(FrameError) {
                    while let frame = try FrameCodec.decode(RaftFrame.self, from: &received) {
                        frames.append(frame)
                    }
                    return frames == Frames.all ? "whole" : "waiting for more"
                } catch {
                    #expect(Frames.all.starts(with: frames) || !frames.isEmpty)
                    return "refused"
                }
            }
        }
        tally.tell()
        #expect(tally["refused"] > 0)
        #expect(tally.longest < .seconds(5))
    }

    @Test func `on disk are read, cut off at the end, or refused by name`() throws {
        var tally = Tally("damaged data directories")
        for round in 0..<Fuzzing.share(ofLong: 600) {
            var random = RandomStream(state: UInt64(round))
            let directory = try TemporaryDirectory()
            let isRaft = round % 2 == 0
            try isRaft ? fillRaft(directory) : fillGossip(directory)
            let names = isRaft ? ["log", "hard-state"] : ["store", "life"]
            let name = names[random.draws(perMille: 250) ? 1 : 0]
            let bytes = [UInt8](try directory.bytes(of: name))
            try directory.write(Data(damage.apply(to: bytes, &random)), to: name)
            tally.measure { isRaft ? openRaft(directory) : openGossip(directory) }
        }
        tally.tell()
        #expect(tally["whole"] > 0 && tally["refused"] > 0 && tally["torn"] > 0)
        #expect(tally.longest < .seconds(10))
    }

    private func fillRaft(_ directory: TemporaryDirectory) throws {
        let (storage, _) = try RaftStorage.open(directory.path)
        for index in 1...4 {
            let entry = LogEntry(term: Term(index), payload: .openSession)
            try storage.commit(
                .init(
                    hardState: HardState(term: Term(index), vote: NodeID(3)),
                    changes: [.append(at: LogIndex(index), [entry])]))
        }
    }

    private func openRaft(_ directory: TemporaryDirectory) -> String {
        do throws(StorageError) {
            let recovery = try RaftStorage.open(directory.path).recovery
            return recovery.tornBytes == 0 ? "whole" : "torn"
        } catch { return refusal(error, directory) }
    }

    private func fillGossip(_ directory: TemporaryDirectory) throws {
        let (storage, _) = try GossipStorage.open(directory.path)
        for version in 1...4 as ClosedRange<Version> {
            let stamp = Stamp(version: version, writer: Writer(NodeID(3), generation: 2))
            try storage.commit([.entry(Entry(key: "k", value: "v\(version)", stamp: stamp))])
        }
    }

    private func openGossip(_ directory: TemporaryDirectory) -> String {
        do throws(StorageError) {
            let recovery = try GossipStorage.open(directory.path).recovery
            return recovery.tornBytes == 0 ? "whole" : "torn"
        } catch { return refusal(error, directory) }
    }

    private func refusal(_ error: StorageError, _ directory: TemporaryDirectory) -> String {
        #expect(error.description.contains(directory.path))
        return "refused"
    }
}

import NIOCore
import NodeWire
import Objects
import RaftCore
import Testing
import Vocabulary

@Suite struct `Frames` {
    static let command = Command(
        session: SessionID(3), sequence: 4, key: "x",
        operation: .compareAndSet(expected: 0, new: -7))
    static let entries = [
        LogEntry(term: Term(1), payload: .noOp), LogEntry(term: Term(2), payload: .openSession),
        LogEntry(term: Term(2), payload: .command(command)),
        LogEntry(
            term: Term(3),
            payload: .command(
                Command(
                    session: SessionID(3), sequence: 5, key: "", operation: .write(.min)))),
        LogEntry(
            term: Term(3),
            payload: .command(
                Command(
                    session: SessionID(3), sequence: 6, key: "ключ",
                    operation: .compareAndSet(expected: nil, new: .max)))),
    ]
    static let objectEntries = operations.map { operation in
        LogEntry(
            term: Term(4),
            payload: .command(
                Command(session: SessionID(3), sequence: 7, key: "x", operation: operation)))
    }
    static let operations: [ObjectOperation] = [
        .enqueue(0), .enqueue(-1), .dequeue, .addElement(.min), .acquire(holder: 0),
        .acquire(holder: 3), .release(holder: .max), .addNumber(-4), .append(0), .writeList([]),
        .writeList([0, -1, .max, .min]), .nextID, .read, .readSet, .readCounter, .readList,
    ]

    static let messages: [RaftMessage] = [
        .requestVote(
            RequestVote(
                term: Term(3), isPreVote: true, lastIndex: LogIndex(2), lastTerm: Term(1))),
        .voteReply(
            VoteReply(term: Term(1), electionTerm: Term(2), isPreVote: false, granted: true)),
        .appendEntries(
            AppendEntries(
                term: Term(9), previousIndex: LogIndex(0), previousTerm: Term(0),
                entries: entries + objectEntries, commitIndex: LogIndex(4), round: 77)),
        .appendReply(
            AppendReply(term: Term(1), outcome: .accepted(match: LogIndex(0)), round: 1)),
        .appendReply(
            AppendReply(
                term: Term(1),
                outcome: .rejected(previous: LogIndex(4), conflict: nil, retry: LogIndex(3)),
                round: 1)),
        .appendReply(
            AppendReply(
                term: Term(1),
                outcome: .rejected(previous: LogIndex(4), conflict: Term(0), retry: LogIndex(3)),
                round: 1)),
    ]
    static let requests: [ClientRequest] =
        [.openSession, .execute(command)]
        + operations.filter(\.isRead).map { .read($0, key: "k") }
    static let results: [ObjectResult] = [
        .done, .value(nil), .value(0), .value(-1), .elements([]), .elements([0, .min, 5]),
        .refused(.mismatch(found: nil)), .refused(.mismatch(found: 0)), .refused(.held),
        .refused(.notHeld), .refused(.overflow), .refused(.wrongObject),
    ]
    static let responses: [ClientResponse] =
        [
            .opened(SessionID(1)), .notLeader(hint: nil), .notLeader(hint: NodeID(2)),
            .leadershipLost, .sessionExpired, .outdated,
        ] + results.map { .answered($0) }
    static let all: [RaftFrame] =
        messages.map { .peer($0, from: NodeID(1), to: NodeID(5)) }
        + requests.map { .request($0, id: RequestID(8)) }
        + responses.map { .response($0, id: RequestID(.max)) }
        + [.ping(nonce: .max), .pong(nonce: 0, node: NodeID(3))]

    static func bytes(_ frame: RaftFrame) -> ByteBuffer {
        var buffer = ByteBuffer()
        FrameCodec.encode(frame, into: &buffer)
        return buffer
    }

    @Test(arguments: all)
    func `every frame survives the way`(frame: RaftFrame) throws {
        var buffer = Self.bytes(frame)
        #expect(try FrameCodec.decode(from: &buffer) == frame)
        #expect(buffer.readableBytes == 0)
    }

    @Test func `frames come out one by one, however their bytes are cut`() throws {
        var stream = ByteBuffer()
        for frame in Self.all { FrameCodec.encode(frame, into: &stream) }
        var received = ByteBuffer()
        var frames: [RaftFrame] = []
        while let byte = stream.readSlice(length: 1) {
            received.writeImmutableBuffer(byte)
            while let frame = try FrameCodec.decode(RaftFrame.self, from: &received) {
                frames.append(frame)
            }
        }
        #expect(frames == Self.all)
    }

    @Test func `a changed byte anywhere in the payload is noticed`() {
        let frame = Self.bytes(Self.all[2])
        for place in 8..<frame.readableBytes {
            var broken = frame
            let byte = frame.getInteger(at: place, as: UInt8.self) ?? 0
            broken.setInteger(byte ^ 0x10, at: place)
            #expect(throws: FrameError.self) {
                try FrameCodec.decode(RaftFrame.self, from: &broken)
            }
        }
    }

    @Test func `a frame that claims too much is refused before it is read`() {
        var buffer = ByteBuffer(integer: UInt32(FrameCodec.payloadMax + 1))
        buffer.writeInteger(UInt32(0))
        #expect(throws: FrameError.tooLong(length: FrameCodec.payloadMax + 1)) {
            try FrameCodec.decode(RaftFrame.self, from: &buffer)
        }
    }

    @Test(arguments: [[], [0xff, 0xff], [0x0a, 0x00], [0x12, 0x02, 0x08, 0x01]] as [[UInt8]])
    func `a sound frame that says nothing is refused`(payload: [UInt8]) {
        var buffer = ByteBuffer()
        buffer.writeMultipleIntegers(UInt32(payload.count), CRC32C.checksum(of: payload))
        buffer.writeBytes(payload)
        #expect(throws: FrameError.self) { try FrameCodec.decode(RaftFrame.self, from: &buffer) }
    }

    @Test(arguments: operations.filter { !$0.isRead })
    func `a request to read that would change something is refused`(change: ObjectOperation) {
        var bytes = Self.bytes(.request(.read(change, key: "k"), id: RequestID(1)))
        #expect(throws: FrameError.malformed(field: "read")) {
            try FrameCodec.decode(RaftFrame.self, from: &bytes)
        }
    }

    @Test func `a read of a key that is too long is refused`() {
        let key = String(repeating: "k", count: 4_097)
        var bytes = Self.bytes(.request(.read(.read, key: key), id: RequestID(1)))
        #expect(throws: FrameError.malformed(field: "key")) {
            try FrameCodec.decode(RaftFrame.self, from: &bytes)
        }
    }

    /// RFC 3720, appendix B.4.
    @Test func `the checksum is CRC-32C`() {
        #expect(CRC32C.checksum(of: [UInt8](repeating: 0, count: 32)) == 0x8a91_36aa)
        #expect(CRC32C.checksum(of: [UInt8](repeating: 0xff, count: 32)) == 0x62a8_ab43)
        #expect(CRC32C.checksum(of: Array(0..<32)) == 0x46dd_794e)
        #expect(CRC32C.checksum(of: Array("123456789".utf8)) == 0xe306_9283)
    }
}

import GossipCore
import NIOCore
import NodeWire
import Testing
import Vocabulary

@Suite struct `Gossip frames` {
    @Test(arguments: 0..<300)
    func `every frame and every record survives the way`(seed: UInt64) throws {
        var random = RandomStream(state: seed)
        let frame = GossipFrame.drawn(&random)
        var buffer = ByteBuffer()
        FrameCodec.encode(frame, into: &buffer)
        #expect(try FrameCodec.decodeWhole(GossipFrame.self, from: buffer) == frame)
        let records = random.some(6) { StoreRecord.drawn(&$0) }
        #expect(try StoreForm.decodeRecords(StoreForm.encode(records)) == records)
        let generation = NodeGeneration(generation: random.number(5), incarnation: random.number(9))
        #expect(try StoreForm.decodeGeneration(StoreForm.encode(generation)) == generation)
    }

    @Test(arguments: 0..<300)
    func `what is said to fit a datagram fits it`(seed: UInt64) {
        var random = RandomStream(state: seed)
        let message = GossipMessage.drawn(&random)
        var buffer = ByteBuffer()
        FrameCodec.encode(
            GossipFrame.packet(
                GossipPacket(
                    .store(message), from: NodeID(25), to: NodeID(24), fromGeneration: 200,
                    toGeneration: 201)),
            into: &buffer)
        // The bound counts on versions below 2^48, the greatest that can be honest.
        #expect(buffer.readableBytes <= message.bytes + 8)
    }

    @Test(arguments: 0..<400)
    func `garbage is an error, whatever it looks like`(seed: UInt64) {
        var random = RandomStream(state: seed)
        var payload = GossipFrame.drawn(&random).payload
        for _ in 0...random.number(8) where !payload.isEmpty {
            let place = Int.random(in: 0..<payload.count, using: &random)
            switch random.number(3) {
            case 0: payload[place] = UInt8.random(in: 0...255, using: &random)
            case 1: payload.remove(at: place)
            case 2: payload.insert(.random(in: 0...255, using: &random), at: place)
            default: payload.removeLast(payload.count - place)
            }
        }
        // Sound by its checksum, so that the message itself is looked at.
        var buffer = ByteBuffer()
        buffer.writeMultipleIntegers(UInt32(payload.count), CRC32C.checksum(of: payload))
        buffer.writeBytes(payload)
        if let frame = try? FrameCodec.decodeWhole(GossipFrame.self, from: buffer) {
            #expect(throws: Never.self) { try GossipFrame(payload: frame.payload) }
        }
        _ = try? StoreForm.decodeRecords(payload)
        _ = try? StoreForm.decodeGeneration(payload)
    }

    @Test func `a datagram that holds more or less than a frame is refused`() {
        var buffer = ByteBuffer()
        FrameCodec.encode(GossipFrame.ping(nonce: 3), into: &buffer)
        var more = buffer
        more.writeInteger(UInt8(0))
        #expect(throws: FrameError.malformed(field: "length")) {
            try FrameCodec.decodeWhole(GossipFrame.self, from: more)
        }
        for count in 0..<buffer.readableBytes {
            guard let less = buffer.getSlice(at: 0, length: count) else { continue }
            #expect(throws: FrameError.self) {
                try FrameCodec.decodeWhole(GossipFrame.self, from: less)
            }
        }
    }

    @Test func `a ping is the same in all protocols`() {
        #expect(GossipFrame.ping(nonce: 77).payload == RaftFrame.ping(nonce: 77).payload)
        let pong = GossipFrame.pong(nonce: 7, node: NodeID(3))
        #expect(pong.payload == RaftFrame.pong(nonce: 7, node: NodeID(3)).payload)
    }

    @Test func `maxima out of order are refused, since they are searched by halves`() {
        let maxima = [Maximum(Writer(NodeID(2)), 1), Maximum(Writer(NodeID(1)), 1)]
        let digest = Digest(hash: 1, maxima: maxima, pulls: true, pushes: true)
        let frame = GossipFrame.packet(
            GossipPacket(.store(.digest(digest)), from: NodeID(1), to: NodeID(2)))
        #expect(throws: FrameError.malformed(field: "order of the maxima")) {
            try GossipFrame(payload: frame.payload)
        }
    }
}
